namespace Kalm.App.Pipeline;

/// <summary>Says nothing: for tests and embedding.</summary>
public sealed class SilentProgress : IProgressSink
{
    /// <summary>The one instance.</summary>
    public static SilentProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void Begin(string title, long total, string unit = "")
    {
    }

    /// <inheritdoc/>
    public void Report(long done, string? text = null)
    {
    }

    /// <inheritdoc/>
    public void End()
    {
    }

    /// <inheritdoc/>
    public void Message(string text)
    {
    }
}

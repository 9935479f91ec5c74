using Kalm.App.Pipeline;

namespace Kalm.App.Cli;

/// <summary>Progress for people: live bars on a terminal, a line now and then elsewhere.</summary>
internal abstract class CliProgress : IProgressSink, IDisposable
{
    /// <summary>The kind of progress a writer can show.</summary>
    /// <param name="writer">Where it is shown.</param>
    public static CliProgress Create(TextWriter writer) =>
        Terminal.IsLive(writer) ? new LiveProgress(writer) : new LineProgress(writer, TimeProvider.System);

    /// <inheritdoc/>
    public abstract void Begin(string title, long total, string unit = "");

    /// <inheritdoc/>
    public abstract void Report(long done, string? text = null);

    /// <inheritdoc/>
    public void End() => Finish(complete: true);

    /// <inheritdoc/>
    public abstract void Message(string text);

    /// <summary>Takes down what is still shown; work that has not ended was given up.</summary>
    public void Dispose()
    {
        Finish(complete: false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the piece of work, if there is one.</summary>
    /// <param name="complete">Whether it came to its end.</param>
    protected abstract void Finish(bool complete);
}

using Kalm.App.Pipeline;

namespace Kalm.App.Tests.Pipeline;

/// <summary>Asks to stop once enough is done.</summary>
internal sealed class StopAfter(CancellationTokenSource stop, long done) : IProgressSink
{
    public void Begin(string title, long total, string unit = "")
    {
    }

    public void Report(long count, string? text = null)
    {
        if (count >= done) stop.Cancel();
    }

    public void End()
    {
    }

    public void Message(string text)
    {
    }
}

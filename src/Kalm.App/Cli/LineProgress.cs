namespace Kalm.App.Cli;

/// <summary>Progress in a file or pipe: a line when work begins and ends, and every ten seconds in between.</summary>
/// <param name="writer">Where it is written.</param>
/// <param name="time">The clock.</param>
internal sealed class LineProgress(TextWriter writer, TimeProvider time) : CliProgress
{
    private const double Interval = 10;
    private readonly Lock _gate = new();
    private ProgressClock? _clock;
    private double _nextLine;
    private long _done;
    private string? _text;

    /// <inheritdoc/>
    public override void Begin(string title, long total, string unit = "")
    {
        lock (_gate)
        {
            Finish(complete: true);
            _clock = new ProgressClock(time, title, total, unit);
            (_done, _text, _nextLine) = (0, null, Interval);
            writer.WriteLine(title);
        }
    }

    /// <inheritdoc/>
    public override void Report(long done, string? text = null)
    {
        lock (_gate)
        {
            if (_clock is null) return;
            (_done, _text) = (done, text ?? _text);
            string line = _clock.Line(_done, _text);
            if (_clock.Seconds < _nextLine) return;
            _nextLine = _clock.Seconds + Interval;
            writer.WriteLine($"  {_clock.Title}: {line}");
        }
    }

    /// <inheritdoc/>
    public override void Message(string text)
    {
        lock (_gate)
        {
            writer.WriteLine(text);
        }
    }

    /// <inheritdoc/>
    protected override void Finish(bool complete)
    {
        lock (_gate)
        {
            if (_clock is null) return;
            if (complete) writer.WriteLine($"  {_clock.Title}: {_clock.Summary(_done, _text)}");
            _clock = null;
        }
    }
}

using Spectre.Console;

namespace Kalm.App.Cli;

/// <summary>Progress on a terminal: one bar per piece of work, drawn by Spectre.Console.</summary>
internal sealed class LiveProgress : CliProgress
{
    private readonly IAnsiConsole _console;
    private readonly Lock _gate = new();
    private ProgressClock? _clock;
    private ProgressTask? _task;
    private TaskCompletionSource? _ended;
    private Task _drawing = Task.CompletedTask;
    private long _done;
    private string? _text;

    /// <summary>Progress on a console.</summary>
    /// <param name="writer">The terminal.</param>
    public LiveProgress(TextWriter writer) => _console = Terminal.Create(writer);

    /// <inheritdoc/>
    public override void Begin(string title, long total, string unit = "")
    {
        lock (_gate)
        {
            Finish(complete: true);
            _clock = new ProgressClock(TimeProvider.System, title, total, unit);
            (_done, _text) = (0, null);
            var ended = new TaskCompletionSource();
            var begun = new TaskCompletionSource<ProgressTask>();
            _drawing = _console.Progress().AutoClear(true)
                .Columns(
                    new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn())
                .StartAsync(async progress =>
                {
                    ProgressTask task = progress.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1));
                    task.IsIndeterminate = total <= 0;
                    begun.SetResult(task);
                    await ended.Task.ConfigureAwait(false);
                });
            _task = begun.Task.GetAwaiter().GetResult();
            _ended = ended;
        }
    }

    /// <inheritdoc/>
    public override void Report(long done, string? text = null)
    {
        lock (_gate)
        {
            if (_clock is null || _task is null) return;
            (_done, _text) = (done, text ?? _text);
            _task.Value = done;
            _task.Description = Markup.Escape($"{_clock.Title}  {_clock.Line(_done, _text)}");
        }
    }

    /// <inheritdoc/>
    public override void Message(string text) => _console.MarkupLineInterpolated($"[grey]{text}[/]");

    /// <inheritdoc/>
    protected override void Finish(bool complete)
    {
        lock (_gate)
        {
            if (_clock is null) return;
            _ended!.SetResult();
            _drawing.GetAwaiter().GetResult();
            if (complete)
                _console.MarkupLineInterpolated($"[green]✓[/] {_clock.Title}  {_clock.Summary(_done, _text)}");
            _clock = null;
            _task = null;
        }
    }
}

using Kalm.App.Formats;
using Kalm.App.Pipeline;

namespace Kalm.App.Tests.Pipeline;

/// <summary>A small collection in KALM's ten tasks, made once for the tests that look at it.</summary>
public sealed class CollectedMetaWorld : IDisposable
{
    private readonly TestRun _run = new();

    public CollectedMetaWorld()
    {
        StageContext context = _run.Open(seed: 7);
        Result = Collect.Run(Options, context);
        Kalm.App.Pipeline.Report.Run(new ReportOptions { Rollouts = 10 }, context);
        Set = RolloutSet.Load(_run.File("collect"));
        Page = File.ReadAllText(_run.File("report.html"));
    }

    internal static CollectOptions Options => new() { Env = "metaworld/kalm", Rollouts = 20, Noise = 0.1 };

    internal CollectResult Result { get; }

    internal RolloutSet Set { get; }

    internal string Page { get; }

    internal StageContext Context => _run.Open(seed: 7);

    internal RunFolder Folder => Context.Folder;

    public void Dispose() => _run.Dispose();
}

using System.Diagnostics;

namespace Kalm.App.Pipeline;

/// <summary>The whole method: collect, ground, imagine, train, evaluate, report.</summary>
public static class WholeRun
{
    /// <summary>Runs every stage that is not done yet.</summary>
    /// <param name="options">Options of all stages.</param>
    /// <param name="context">The run.</param>
    /// <exception cref="Kalm.Kernels.Memory.KalmException">Nothing learns in the environment.</exception>
    public static RunResult Run(PipelineOptions options, StageContext context)
    {
        CollectedRollouts.Check("collect", options.Collect.Env);
        Evaluate.Check(options.Evaluate);
        var clock = Stopwatch.StartNew();
        Collect.Run(options.Collect, context);
        Ground.Run(options.Ground, context);
        Imagine.Run(options.Imagine, context);
        Train.Run(options.Train, context);
        EvaluateResult evaluated = Evaluate.Run(options.Evaluate, context);
        ReportResult report = Report.Run(options.Report, context);
        return new RunResult(
            Path.GetFullPath(context.Folder.Path), report.Report,
            Math.Round(clock.Elapsed.TotalSeconds, 1), evaluated.Levels);
    }
}

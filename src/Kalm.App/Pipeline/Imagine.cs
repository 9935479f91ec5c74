using Kalm.App.Formats;
using Kalm.App.Grounding;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Lets the grounded model imagine rollouts for the goals of each level, into <c>imagine/LEVEL</c>. Batches that are
/// done are kept: the stage continues after the last one.
/// </summary>
public static class Imagine
{
    /// <summary>Runs the stage.</summary>
    /// <param name="options">What to imagine.</param>
    /// <param name="context">The run, whose <c>ground</c> folder holds the model.</param>
    /// <exception cref="KalmException">The model cannot be read, or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop; it can be continued.</exception>
    public static ImagineResult Run(ImagineOptions options, StageContext context)
    {
        foreach (string level in options.Levels)
            ClevrLevels.Parse(level);
        return StageRunner.Run("imagine", ["ground"], options, context, ImagineAll);
    }

    private static ImagineResult ImagineAll(ImagineOptions options, StageContext context)
    {
        using GroundedModel model = GroundedModel.Load(Path.Combine(context.Folder.Ground, "model"));
        var dreamer = new Dreamer(model, model.Decoder(context.Threads), options.Reward, options.Temperature);
        ImaginedLevel[] levels =
            [.. options.Levels.Select(name => ImagineLevel(options, context, dreamer, ClevrLevels.Parse(name)))];

        // the batches are in the levels' folders by now
        foreach (string name in options.Levels)
            AtomicFile.DeleteFolder(Parts(context, name));
        return new ImagineResult(levels);
    }

    private static string Parts(StageContext context, string level) =>
        Path.Combine(context.Folder.Imagine(level), "parts");

    private static ImaginedLevel ImagineLevel(
        ImagineOptions options, StageContext context, Dreamer dreamer, ClevrLevel level)
    {
        int rollouts = options.Count(level);
        string folder = context.Folder.Imagine(level.Name());
        context.Progress.Begin($"imagine, {level.Name()}", rollouts, "rollouts");
        var parts = new List<RolloutSet>();
        for (int first = 0; first < rollouts; first += options.Batch)
        {
            context.Cancel.ThrowIfCancellationRequested();
            int count = Math.Min(options.Batch, rollouts - first);
            string part = Path.Combine(Parts(context, level.Name()), $"{first}");
            if (!File.Exists(Path.Combine(part, RolloutSet.InfoFile)))
                dreamer.Imagine(DreamTask.Draw(level, context.Seed, first, count), level, options.Steps).Save(part);
            parts.Add(RolloutSet.Load(part));
            context.Progress.Report(first + count, $"{parts.Sum(p => p.Success.Count(s => s))} reach their goal");
        }

        RolloutSet all = RolloutMerge.Join(parts, "imagined");
        HallucinationReport judged = Hallucination.Judge(all, context.Threads);
        RolloutSet kept = options.RejectInvalid ? RolloutMerge.Keep(all, judged.Valid) : all;
        if (options.RejectFailed && kept.Success.Any(success => success)) kept = RolloutMerge.Keep(kept, kept.Success);
        kept.Save(folder);
        return new ImaginedLevel
        {
            Level = level.Name(),
            Rollouts = kept.Count,
            Transitions = kept.Lengths.Sum(),
            MatchRate = all.Success.Count(success => success) / (double)all.Count,
            LeftTable = judged.LeftTable,
            Overlapping = judged.Overlapping,
            ExceedsDynamics = judged.ExceedsDynamics,
            MeanError = judged.MeanError,
            Rejected = all.Count - kept.Count,
        };
    }
}

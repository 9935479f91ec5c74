using Kalm.App.Formats;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Collects offline data: episodes of a scripted, fallible player, of which the successful ones are kept.
/// </summary>
public static class Collect
{
    /// <summary>Runs the stage.</summary>
    /// <param name="options">How much and how.</param>
    /// <param name="context">The run it belongs to.</param>
    /// <exception cref="KalmException">The environment has no scripted player.</exception>
    public static CollectResult Run(CollectOptions options, StageContext context)
    {
        if (options.Env != ClevrEnv.Id)
            throw new KalmException(
                $"env: found '{options.Env}', expected '{ClevrEnv.Id}': no other has a scripted player");
        return StageRunner.Run("collect", [], options, context, CollectAll);
    }

    private static CollectResult CollectAll(CollectOptions options, StageContext context)
    {
        string parts = Path.Combine(context.Folder.Collect, "parts");
        int count = (options.Rollouts + options.Checkpoint - 1) / options.Checkpoint;
        context.Progress.Begin("collect", options.Rollouts, "rollouts");
        var sets = new List<RolloutSet>();
        var tallies = new List<CollectTally>();
        for (int part = 0; part < count; part++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            int first = part * options.Checkpoint;
            int size = Math.Min(options.Checkpoint, options.Rollouts - first);
            string folder = Path.Combine(parts, $"{part}");
            string tally = Path.Combine(folder, "tally.json");
            if (!File.Exists(tally))
            {
                var collector = new Collector(options, context, part, first, size);
                collector.Run().Save(folder);
                JsonFile.Write(tally, collector.Tally);
            }

            sets.Add(RolloutSet.Load(folder));
            tallies.Add(JsonFile.Read<CollectTally>(tally));
            context.Progress.Report(first + size);
        }

        RolloutSet all = Join(sets, options);
        all.Save(context.Folder.Collect);
        AtomicFile.DeleteFolder(parts);
        return Summarize(all, tallies);
    }

    private static RolloutSet Join(List<RolloutSet> sets, CollectOptions options)
    {
        var all = new RolloutSet(
            sets.Sum(set => set.Count), ClevrEnv.Horizon, ClevrRules.ObservationSize, ClevrGoal.Size, sets[0].StateSize)
        {
            Origin = $"scripted player, {options.Mistakes:0.##} mistakes",
        };
        int at = 0;
        foreach (RolloutSet set in sets)
        {
            set.CopyTo(all, at);
            at += set.Count;
        }

        return all;
    }

    private static CollectResult Summarize(RolloutSet all, List<CollectTally> tallies)
    {
        int[] lengths = [.. all.Lengths.Order()];
        return new CollectResult
        {
            Rollouts = all.Count,
            Transitions = lengths.Sum(),
            MeanLength = Math.Round(lengths.Average(), 3),
            MedianLength = lengths[lengths.Length / 2],
            SuccessRate = Math.Round((double)tallies.Sum(t => t.Successes) / tallies.Sum(t => t.Episodes), 4),
            Overflows = tallies.Sum(t => t.Overflows),
        };
    }
}

/// <summary>Counts of a part of a collection.</summary>
internal sealed record CollectTally
{
    /// <summary>Episodes played.</summary>
    public int Episodes { get; init; }

    /// <summary>Episodes that reached their goal.</summary>
    public int Successes { get; init; }

    /// <summary>Episodes in which the simulation had no room for a contact or had to be reset.</summary>
    public int Overflows { get; init; }
}

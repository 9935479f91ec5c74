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
        if (MetaWorldTasks.Holds(options.Env))
        {
            MetaWorldTasks.Of(options.Env);
            return StageRunner.Run("collect", [], options, context, CollectMetaWorld);
        }

        if (options.Env != ClevrEnv.Id)
            throw new KalmException(
                $"env: found '{options.Env}'{Suggestion.Hint(options.Env, [ClevrEnv.Id])}, expected {ClevrEnv.Id}, "
                + "metaworld/TASK or metaworld/kalm: no other has a scripted player");
        return StageRunner.Run("collect", [], options, context, CollectClevr);
    }

    private static CollectResult CollectClevr(CollectOptions options, StageContext context) =>
        CollectAll(options, context, ClevrRoom, (part, first, size) =>
        {
            var collector = new Collector(options, context, part, first, size);
            return (collector.Run(), collector.Tally);
        });

    private static CollectResult CollectMetaWorld(CollectOptions options, StageContext context)
    {
        using var collector = new MetaWorldCollector(options, context);
        return CollectAll(options, context, MetaWorldCollector.Room, collector.Run);
    }

    private static RolloutSet ClevrRoom(CollectOptions options, int count) => new(
        count, ClevrEnv.Horizon, ClevrRules.ObservationSize, ClevrGoal.Size, options.States ? 69 : 0)
    {
        Origin = $"scripted player, {options.Mistakes:0.##} mistakes",
    };

    private static CollectResult CollectAll(
        CollectOptions options, StageContext context, Func<CollectOptions, int, RolloutSet> room,
        Func<int, int, int, (RolloutSet Set, CollectTally Tally)> play)
    {
        string parts = Path.Combine(context.Folder.Collect, "parts");
        int count = (options.Rollouts + options.Checkpoint - 1) / options.Checkpoint;
        context.Progress.Begin("collect", options.Rollouts, "rollouts");
        RolloutSet all = room(options, options.Rollouts);
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
                (RolloutSet set, CollectTally played) = play(part, first, size);
                set.Save(folder);
                JsonFile.Write(tally, played);
            }

            RolloutSet.Load(folder).CopyTo(all, first);
            tallies.Add(JsonFile.Read<CollectTally>(tally));
            context.Progress.Report(first + size);
        }

        all.Save(context.Folder.Collect);
        AtomicFile.DeleteFolder(parts);
        return Summarize(all, tallies);
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

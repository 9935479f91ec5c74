using Kalm.App.Formats;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Pipeline;

/// <summary>Picks rollouts of a run to play in the report.</summary>
internal static class ReportRollouts
{
    /// <summary>Name of the folder in <c>evaluate</c> that keeps episodes of policies.</summary>
    public const string PolicyFolder = "rollouts";

    /// <summary>Real, imagined and policy rollouts of a run, up to <paramref name="count"/> of each.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="count">Rollouts of a kind.</param>
    public static List<ReportRollout> Pick(RunFolder folder, int count)
    {
        var rollouts = new List<ReportRollout>();
        rollouts.AddRange(Spread("real", "", [folder.Collect], count));
        rollouts.AddRange(Spread("imagined", "", PaperFigures.Levels.Select(level => folder.Imagine(level)), count));
        List<(string Method, string Path)> policies =
        [
            .. from level in PaperFigures.Levels
               from method in PaperFigures.Methods.Reverse()
               select (method, Path.Combine(folder.Evaluate, PolicyFolder, level, method)),
        ];
        int present = policies.Count(policy => Exists(policy.Path));
        foreach ((string method, string path) in policies)
            rollouts.AddRange(Spread("policy", method, [path], present == 0 ? 0 : Math.Max(1, count / present)));
        return rollouts;
    }

    private static bool Exists(string path) => File.Exists(Path.Combine(path, RolloutSet.InfoFile));

    private static List<ReportRollout> Spread(string kind, string method, IEnumerable<string> paths, int count)
    {
        var rollouts = new List<ReportRollout>();
        List<string> present = [.. paths.Where(Exists)];
        foreach (string path in present)
        {
            RolloutSet set = RolloutSet.Load(path);
            if (set.ActionSize > 0) continue;
            List<int> usable =
                [.. Enumerable.Range(0, set.Count).Where(i => set.Lengths[i] > 0 && set.Sentences[i].Length > 0)];
            int wanted = Math.Min((count + present.Count - 1) / present.Count, usable.Count);
            for (int k = 0; k < wanted; k++)
                rollouts.Add(Convert(kind, method, set, usable[(int)((long)k * usable.Count / wanted)]));
        }
        return rollouts;
    }

    private static ReportRollout Convert(string kind, string method, RolloutSet set, int index)
    {
        int length = set.Lengths[index];
        var states = new List<int>((length + 1) * set.ObservationSize);
        for (int step = 0; step <= length; step++)
        {
            // an imagined ball may be anywhere; a kilometer is far enough to be off the picture
            foreach (float meters in set.Observation(index, step))
                states.Add((int)Math.Round(1000 * Math.Clamp(float.IsNaN(meters) ? 0 : meters, -1000, 1000)));
        }
        return new ReportRollout
        {
            Kind = kind,
            Level = set.Level,
            Method = method,
            Goal = set.Sentences[index][index % set.Sentences[index].Length],
            Code = [.. set.Goal(index)[..ClevrGoal.Size]],
            Success = set.Success[index],
            Length = length,
            States = states,
            Actions = set.ActionsOf(index).ToArray(),
        };
    }
}

using Kalm.App.Formats;

namespace Kalm.App.Grounding;

/// <summary>Joins and thins out rollout sets of one form.</summary>
public static class RolloutMerge
{
    /// <summary>All rollouts of several sets, in order.</summary>
    /// <param name="parts">Sets of equal sizes.</param>
    /// <param name="origin">Where they come from, in words.</param>
    public static RolloutSet Join(IReadOnlyList<RolloutSet> parts, string origin)
    {
        RolloutSet all = Empty(parts[0], parts.Sum(part => part.Count), origin);
        int to = 0;
        foreach (RolloutSet part in parts)
        {
            for (int i = 0; i < part.Count; i++)
                Copy(part, i, all, to++);
        }

        return all;
    }

    /// <summary>The rollouts that are marked.</summary>
    public static RolloutSet Keep(RolloutSet set, IReadOnlyList<bool> marks)
    {
        RolloutSet kept = Empty(set, marks.Count(mark => mark), set.Origin);
        int to = 0;
        for (int i = 0; i < set.Count; i++)
        {
            if (marks[i])
                Copy(set, i, kept, to++);
        }

        return kept;
    }

    private static RolloutSet Empty(RolloutSet like, int count, string origin) =>
        new(count, like.Capacity, like.ObservationSize, like.GoalSize)
        {
            Env = like.Env,
            Level = like.Level,
            Origin = origin,
        };

    private static void Copy(RolloutSet from, int i, RolloutSet to, int k)
    {
        to.Lengths[k] = from.Lengths[i];
        to.Success[k] = from.Success[i];
        to.Sentences[k] = from.Sentences[i];
        from.Goal(i).CopyTo(to.Goal(k));
        from.ActionsOf(i).CopyTo(to.ActionsOf(k));
        from.RewardsOf(i).CopyTo(to.RewardsOf(k));
        for (int t = 0; t <= from.Lengths[i]; t++)
            from.Observation(i, t).CopyTo(to.Observation(k, t));
    }
}

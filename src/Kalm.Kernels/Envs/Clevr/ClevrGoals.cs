namespace Kalm.Kernels.Envs.Clevr;

/// <summary>The goals of each level.</summary>
public static class ClevrGoals
{
    private static readonly ClevrGoal[] Steps =
    [
        .. from ball in Enumerable.Range(0, ClevrGoal.BallCount)
           from direction in Enum.GetValues<ClevrDirection>()
           select ClevrGoal.Step(ball, direction),
    ];

    /// <summary>
    /// The goals of a level that can be listed: 80 configurations on offline and rephrase, 20 pushes on easy, the row
    /// and
    /// the ring on hard, whose combined relations are drawn (<see cref="Sample"/>).
    /// </summary>
    /// <param name="level">The level.</param>
    public static IReadOnlyList<ClevrGoal> Listed(ClevrLevel level) => level switch
    {
        ClevrLevel.Offline or ClevrLevel.Rephrase => ClevrGoal.Configurations,
        ClevrLevel.Easy => Steps,
        _ => [ClevrGoal.LineUp(), ClevrGoal.Gather()],
    };

    /// <summary>
    /// A random goal of a level. On hard the four kinds are equally frequent; the relations of a combined goal can hold
    /// at
    /// once, since no chain of them leads back to where it began.
    /// </summary>
    /// <param name="level">The level.</param>
    /// <param name="draws">Random numbers.</param>
    public static ClevrGoal Sample(ClevrLevel level, ref DrawSequence draws)
    {
        IReadOnlyList<ClevrGoal> listed = Listed(level);
        if (level != ClevrLevel.Hard) return listed[draws.NextBelow(listed.Count)];
        int kind = draws.NextBelow(4);
        return kind < 2 ? ClevrGoal.All(SampleRelations(kind + 2, ref draws)) : listed[kind - 2];
    }

    private static ClevrRelation[] SampleRelations(int count, ref DrawSequence draws)
    {
        // balls joined by relations bear the same mark
        Span<int> marks = [0, 1, 2, 3, 4];
        var relations = new ClevrRelation[count];
        for (int k = 0; k < count;)
        {
            ClevrRelation next = ClevrGoal.Configurations[draws.NextBelow(ClevrGoal.Configurations.Count)].Relations[0];
            int from = marks[next.Source];
            int to = marks[next.Destination];
            if (from == to) continue;
            foreach (ref int mark in marks)
            {
                if (mark == from) mark = to;
            }

            relations[k++] = next;
        }

        return relations;
    }
}

using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>The sentences that name a goal on each level, made from <see cref="ClevrPatterns"/>.</summary>
public static class ClevrSentences
{
    /// <summary>Sentences of a goal on the offline level: 18 patterns x 3 phrases.</summary>
    public const int OfflineCount = 54;

    /// <summary>All sentences that name a goal on a level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="goal">A goal of that level.</param>
    /// <returns>
    /// 54 on the offline level, 10 on rephrase, 20 on easy; on hard 20 for the row and the ring, 6 for relations.
    /// </returns>
    /// <exception cref="KalmException">The level has no goals of this kind.</exception>
    public static IReadOnlyList<string> For(ClevrLevel level, ClevrGoal goal) => (level, goal.Kind) switch
    {
        (ClevrLevel.Offline, ClevrGoalKind.Relation) => Offline(goal.Relations[0]),
        (ClevrLevel.Rephrase, ClevrGoalKind.Relation) =>
            [.. ClevrPatterns.Rephrase[(int)goal.Relations[0].Direction].Select(text => Fill(text, goal.Relations[0]))],
        (ClevrLevel.Easy, ClevrGoalKind.Step) => Easy(goal.Relations[0]),
        (ClevrLevel.Hard, ClevrGoalKind.LineUp) => ClevrPatterns.LineUp,
        (ClevrLevel.Hard, ClevrGoalKind.Gather) => ClevrPatterns.Gather,
        (ClevrLevel.Hard, ClevrGoalKind.TwoRelations or ClevrGoalKind.ThreeRelations) => Combined(goal.Relations),
        _ => throw new KalmException($"level {level.Name()} has no goals of the kind {goal.Kind}"),
    };

    /// <summary>One of the sentences that name a goal.</summary>
    /// <param name="level">The level.</param>
    /// <param name="goal">A goal of that level.</param>
    /// <param name="draws">Random numbers.</param>
    public static string Sample(ClevrLevel level, ClevrGoal goal, ref DrawSequence draws)
    {
        IReadOnlyList<string> all = For(level, goal);
        return all[draws.NextBelow(all.Count)];
    }

    private static string[] Offline(ClevrRelation relation) =>
    [
        .. from pattern in ClevrPatterns.Offline
           from phrase in ClevrPatterns.OfflineDirections[(int)relation.Direction]
           select Fill(pattern, relation, phrase),
    ];

    private static string[] Easy(ClevrRelation push)
    {
        IReadOnlyList<string> phrases = ClevrPatterns.EasyDirections[(int)push.Direction];
        return
        [
            .. ClevrPatterns.Easy.Select((pattern, k) =>
                Fill(pattern, push).Replace("{m}", phrases[k % phrases.Count], StringComparison.Ordinal)),
        ];
    }

    private static string[] Combined(IReadOnlyList<ClevrRelation> relations)
    {
        string[] sentences = new string[ClevrPatterns.HardRelations.Count];
        for (int k = 0; k < sentences.Length; k++)
        {
            string pattern = ClevrPatterns.HardRelations[k];
            string text = string.Join(
                " and ",
                relations.Select(relation => Fill(
                    pattern, relation, ClevrPatterns.OfflineDirections[(int)relation.Direction][0])));
            sentences[k] = char.ToUpperInvariant(text[0]) + text[1..];
        }

        return sentences;
    }

    private static string Fill(string pattern, ClevrRelation relation, string phrase = "") => pattern
        .Replace("{s}", ClevrGoal.BallNames[relation.Source], StringComparison.Ordinal)
        .Replace("{d}", ClevrGoal.BallNames[relation.Destination], StringComparison.Ordinal)
        .Replace("{r}", phrase, StringComparison.Ordinal);
}

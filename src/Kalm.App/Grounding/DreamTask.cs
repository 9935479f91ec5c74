using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Grounding;

/// <summary>A rollout to be imagined.</summary>
/// <param name="Goal">Its goal.</param>
/// <param name="Sentence">The goal in words.</param>
/// <param name="Start">Ball positions at the start.</param>
public sealed record DreamTask(ClevrGoal Goal, string Sentence, float[] Start)
{
    private const ulong Stream = 0xd2ea_0000_0000_0000;

    /// <summary>Random numbers for the actions of the rollout.</summary>
    public DrawSequence Draws { get; init; }

    /// <summary>Tasks of a level: goals and sentences in turn, starts from the environment's distribution.</summary>
    /// <param name="level">The level.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="first">Number of the first task.</param>
    /// <param name="count">Number of tasks.</param>
    public static DreamTask[] Draw(ClevrLevel level, ulong seed, int first, int count)
    {
        var tasks = new DreamTask[count];
        for (int i = 0; i < count; i++)
        {
            var draws = new DrawSequence(seed, Stream | ((ulong)level << 32) | (uint)(first + i));
            ClevrGoal goal = Choose(level, first + i, ref draws);
            string sentence = ClevrSentences.Sample(level, goal, ref draws);
            tasks[i] = new DreamTask(goal, sentence, Starts(goal, ref draws)) { Draws = draws };
        }

        return tasks;
    }

    // listed goals come in turn, so that each is imagined equally often
    private static ClevrGoal Choose(ClevrLevel level, int number, ref DrawSequence draws)
    {
        if (level == ClevrLevel.Hard)
            return ClevrGoals.Sample(level, ref draws);
        IReadOnlyList<ClevrGoal> listed = ClevrGoals.Listed(level);
        return listed[number % listed.Count];
    }

    private static float[] Starts(ClevrGoal goal, ref DrawSequence draws)
    {
        int[] code = goal.ToCode();
        float[] positions = new float[ClevrRules.ObservationSize];
        do ClevrReset.Sample(positions, ref draws);
        while (goal.Kind != ClevrGoalKind.Step && ClevrRules.Success(code, positions));
        return positions;
    }
}

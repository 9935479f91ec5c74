using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// Judges and rewards for single states on the host: the same kernels the environment runs, one world at a time, so
/// that an imagined rollout is judged exactly as a simulated one.
/// </summary>
public static unsafe class ClevrRules
{
    /// <summary>Numbers of an observation: x and y of five balls.</summary>
    public const int ObservationSize = 2 * ClevrGoal.BallCount;

    private const int CurrentRow = ObservationSize;
    private const int GoalRow = 2 * ObservationSize;
    private const int ActionRow = GoalRow + ClevrGoal.Size;
    private const int RowCount = ActionRow + 1;

    /// <summary>Whether a goal is reached.</summary>
    /// <param name="goal">Goal code.</param>
    /// <param name="observation">Ball positions after the step.</param>
    /// <param name="action">The step's action; only step goals look at it.</param>
    public static bool Success(ReadOnlySpan<int> goal, ReadOnlySpan<float> observation, int action = 0)
    {
        Lane1* memory = stackalloc Lane1[RowCount];
        BundleRows<Lane1> rows = Fill(memory, goal, observation, observation, action);
        return Lane1.Any(ClevrJudge.Success<Lane1, BundleRows<Lane1>>(rows, Rows));
    }

    /// <summary>Reward of a step.</summary>
    /// <param name="goal">Goal code.</param>
    /// <param name="before">Ball positions before the step.</param>
    /// <param name="after">Ball positions after the step.</param>
    /// <param name="action">The step's action.</param>
    /// <param name="form">Form of the relation reward.</param>
    public static float Reward(
        ReadOnlySpan<int> goal, ReadOnlySpan<float> before, ReadOnlySpan<float> after, int action, ClevrRewardForm form)
    {
        Lane1* memory = stackalloc Lane1[RowCount];
        BundleRows<Lane1> rows = Fill(memory, goal, before, after, action);
        Lane1 success = ClevrJudge.Success<Lane1, BundleRows<Lane1>>(rows, Rows);
        return ClevrReward.Step(rows, Rows, success, ClevrReward.Offset(form)).Value;
    }

    /// <summary>How many sub-goals of a hard goal hold, or 1 and 0 for a relation.</summary>
    /// <param name="goal">Goal code.</param>
    /// <param name="observation">Ball positions.</param>
    public static int SatisfiedCount(ReadOnlySpan<int> goal, ReadOnlySpan<float> observation)
    {
        Lane1* memory = stackalloc Lane1[RowCount];
        BundleRows<Lane1> rows = Fill(memory, goal, observation, observation, 0);
        return (int)ClevrJudge.SatisfiedCount<Lane1, BundleRows<Lane1>>(rows, CurrentRow, GoalRow).Value;
    }

    private static ClevrRows Rows => new(0, CurrentRow, GoalRow, ActionRow);

    private static BundleRows<Lane1> Fill(
        Lane1* memory, ReadOnlySpan<int> goal, ReadOnlySpan<float> before, ReadOnlySpan<float> after, int action)
    {
        for (int i = 0; i < ObservationSize; i++)
        {
            memory[i] = new Lane1(before[i]);
            memory[CurrentRow + i] = new Lane1(after[i]);
        }

        for (int i = 0; i < ClevrGoal.Size; i++) memory[GoalRow + i] = new Lane1(goal[i]);
        memory[ActionRow] = new Lane1(action);
        return new BundleRows<Lane1>(memory, null, null);
    }
}

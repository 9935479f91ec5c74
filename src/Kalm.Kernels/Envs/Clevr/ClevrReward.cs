using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// Rewards of steps. Source: LAMDA-RL/ImagineBench, imagine_bench/envs/ball/utils/clevr_utils.py, and, for the offset
/// form, the rewards of the recorded data of CharlieBrown-v1/KALM.
/// </summary>
internal static class ClevrReward
{
    /// <summary>Reward of the step that reaches a goal; it replaces the step's own.</summary>
    public const double SuccessReward = 100;

    /// <summary>Where the source ball is wanted in the offset form: this far from the destination ball, m.</summary>
    private const double OffsetDistance = 0.195;

    private const double Scale = 10;

    /// <summary>The reward of each world's step.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="at">What lies where.</param>
    /// <param name="success">Mask: the step reached the goal.</param>
    /// <param name="offset">
    /// Distance beside the destination ball the reward measures to, m: <see cref="Offset"/>.
    /// </param>
    public static TLane Step<TLane, TRows>(TRows rows, in ClevrRows at, TLane success, double offset)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane kind = rows.Load(at.Goal);
        TLane reward = TLane.Const(0);

        // relations: decrease of the distance
        TLane relation = TLane.Same(kind, TLane.Const((int)ClevrGoalKind.Relation));
        if (TLane.Any(relation))
        {
            TLane before = Distance<TLane, TRows>(rows, at.Previous, at.Goal + 1, offset);
            TLane after = Distance<TLane, TRows>(rows, at.Current, at.Goal + 1, offset);
            reward = TLane.Select(relation, (before - after) * TLane.Const(Scale), reward);
        }

        // hard goals: change of the number of sub-goals that hold
        TLane hard = kind >= TLane.Const((int)ClevrGoalKind.TwoRelations);
        if (TLane.Any(hard))
        {
            TLane before = ClevrJudge.SatisfiedCount<TLane, TRows>(rows, at.Previous, at.Goal);
            TLane after = ClevrJudge.SatisfiedCount<TLane, TRows>(rows, at.Current, at.Goal);
            reward = TLane.Select(hard, (after - before) * TLane.Const(Scale), reward);
        }

        TLane step = TLane.Same(kind, TLane.Const((int)ClevrGoalKind.Step));
        TLane reached = TLane.Select(step, TLane.Const(1), TLane.Const(SuccessReward));
        return TLane.Select(success, reached, reward);
    }

    /// <summary>The offset of a reward form, m.</summary>
    public static double Offset(ClevrRewardForm form) => form == ClevrRewardForm.Offset ? OffsetDistance : 0;

    /// <summary>Distance of the source ball from the point beside the destination ball, m.</summary>
    private static TLane Distance<TLane, TRows>(TRows rows, int positions, int relation, double offset)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        ClevrJudge.Difference<TLane, TRows>(rows, positions, relation, out TLane dx, out TLane dy);
        TLane direction = rows.Load(relation + 2);
        TLane zero = TLane.Const(0);
        TLane away = TLane.Const(offset);
        dy -= TLane.Select(TLane.Same(direction, zero), away, zero);
        dx += TLane.Select(TLane.Same(direction, TLane.Const(1)), away, zero);
        dy += TLane.Select(TLane.Same(direction, TLane.Const(2)), away, zero);
        dx -= TLane.Select(TLane.Same(direction, TLane.Const(3)), away, zero);
        return TLane.Sqrt((dx * dx) + (dy * dy));
    }
}

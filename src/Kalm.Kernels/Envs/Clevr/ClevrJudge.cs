using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// Success of goals on ball positions. Source: the judges of LAMDA-RL/ImagineBench, imagine_bench/envs/ball/utils/
/// clevr_utils.py (tau_level, step_level_a, task_level); their angles are compared here as cosines.
/// </summary>
internal static class ClevrJudge
{
    /// <summary>Two balls are beside each other below this distance of their centers, m: 3 radii and a slack.</summary>
    public const double NearDistance = (0.13 * 3) + 1e-3;

    /// <summary>Balls are gathered below this distance from the green one, m.</summary>
    public const double GatherDistance = 0.13 * 2.5;

    /// <summary>Components of a difference below this count as zero when its angle is taken, m.</summary>
    private const double AngleDeadZone = 1e-3;

    private const double HalfRoot = 0.70710678118654752;
    private const double Cos30 = 0.86602540378443865;
    private const int GreenBall = 2;

    /// <summary>Mask: the goal of each world is reached.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="at">What lies where.</param>
    public static TLane Success<TLane, TRows>(TRows rows, in ClevrRows at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane kind = rows.Load(at.Goal);
        TLane wanted = WantedCount(kind);
        TLane count = SatisfiedCount<TLane, TRows>(rows, at.Current, at.Goal);
        TLane push = StepSuccess<TLane, TRows>(rows, at);
        return TLane.Select(TLane.Same(kind, TLane.Const((int)ClevrGoalKind.Step)), push, count >= wanted);
    }

    /// <summary>How many of each world's sub-goals hold: relations, neighbors in the row, or gathered balls.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="positions">First row of the ball positions.</param>
    /// <param name="goal">First row of the goal code.</param>
    public static TLane SatisfiedCount<TLane, TRows>(TRows rows, int positions, int goal)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane kind = rows.Load(goal);
        TLane relations = RelationCount(kind);
        TLane count = TLane.Const(0);
        for (int k = 0; k < 3; k++)
        {
            TLane used = relations > TLane.Const(k);
            if (!TLane.Any(used)) break;
            TLane holds = RelationHolds<TLane, TRows>(rows, positions, goal + 1 + (3 * k));
            count += TLane.Select(used & holds, TLane.Const(1), TLane.Const(0));
        }

        // most batches hold no such goal
        TLane lineUp = TLane.Same(kind, TLane.Const((int)ClevrGoalKind.LineUp));
        if (TLane.Any(lineUp)) count = TLane.Select(lineUp, LinedUpCount<TLane, TRows>(rows, positions), count);
        TLane gather = TLane.Same(kind, TLane.Const((int)ClevrGoalKind.Gather));
        if (TLane.Any(gather)) count = TLane.Select(gather, GatheredCount<TLane, TRows>(rows, positions), count);
        return count;
    }

    /// <summary>Mask: the source ball lies in the right quadrant seen from the destination ball, and near it.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="positions">First row of the ball positions.</param>
    /// <param name="relation">First of the three rows source, destination, direction.</param>
    public static TLane RelationHolds<TLane, TRows>(TRows rows, int positions, int relation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Difference<TLane, TRows>(rows, positions, relation, out TLane dx, out TLane dy);
        TLane near = TLane.Sqrt((dx * dx) + (dy * dy)) < TLane.Const(NearDistance);

        // the angle's cosine, small components dropped and the quotient guarded as in the source
        TLane zero = TLane.Const(0);
        dx = TLane.Select(TLane.Abs(dx) >= TLane.Const(AngleDeadZone), dx, zero);
        dy = TLane.Select(TLane.Abs(dy) >= TLane.Const(AngleDeadZone), dy, zero);
        TLane cosine = dx / (TLane.Sqrt((dx * dx) + (dy * dy)) + TLane.Const(1e-6));
        TLane plus = TLane.Const(HalfRoot);
        TLane minus = TLane.Const(-HalfRoot);
        TLane upper = dy >= zero;

        // half-open quadrants [45, 135), [135, 225), [225, 315), [315, 45) degrees
        TLane behind = upper & (cosine <= plus) & (cosine > minus);
        TLane left = (upper & (cosine <= minus)) | (~upper & (cosine < minus));
        TLane front = ~upper & (cosine >= minus) & (cosine < plus);
        TLane right = (upper & (cosine > plus)) | (~upper & (cosine >= plus));

        TLane direction = rows.Load(relation + 2);
        TLane inside = TLane.Select(TLane.Same(direction, zero), behind, right);
        inside = TLane.Select(TLane.Same(direction, TLane.Const(1)), left, inside);
        inside = TLane.Select(TLane.Same(direction, TLane.Const(2)), front, inside);
        return inside & near;
    }

    /// <summary>Position of the source ball relative to the destination ball, m.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="positions">First row of the ball positions.</param>
    /// <param name="relation">First of the three rows source, destination, direction.</param>
    /// <param name="dx">Difference in x.</param>
    /// <param name="dy">Difference in y.</param>
    public static void Difference<TLane, TRows>(TRows rows, int positions, int relation, out TLane dx, out TLane dy)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane first = TLane.Const(positions);
        TLane source = TLane.MulAdd(TLane.Const(2), rows.Load(relation), first);
        TLane destination = TLane.MulAdd(TLane.Const(2), rows.Load(relation + 1), first);
        dx = rows.Gather(source) - rows.Gather(destination);
        dy = rows.Gather(source + TLane.Const(1)) - rows.Gather(destination + TLane.Const(1));
    }

    /// <summary>Relations the goals of each kind have, 0 for those that name none.</summary>
    private static TLane RelationCount<TLane>(TLane kind)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one =
            TLane.Select(TLane.Same(kind, TLane.Const((int)ClevrGoalKind.Relation)), TLane.Const(1), TLane.Const(0));
        TLane several = (kind >= TLane.Const((int)ClevrGoalKind.TwoRelations))
            & (kind <= TLane.Const((int)ClevrGoalKind.ThreeRelations));
        return TLane.Select(several, kind, one);
    }

    /// <summary>Sub-goals that have to hold.</summary>
    private static TLane WantedCount<TLane>(TLane kind)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.Select(kind > TLane.Const((int)ClevrGoalKind.ThreeRelations), TLane.Const(4), RelationCount(kind));

    /// <summary>Mask: the action pushes the named ball, with a component in the named direction.</summary>
    private static TLane StepSuccess<TLane, TRows>(TRows rows, in ClevrRows at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane action = rows.Load(at.Action);
        TLane ball = ClevrActions.BallLane(action);
        TLane push = action - (ball * TLane.Const(ClevrActions.DirectionCount));
        TLane x = ClevrActions.DirectionXLane(push);
        TLane y = ClevrActions.DirectionYLane(push);
        TLane direction = rows.Load(at.Goal + 3);
        TLane zero = TLane.Const(0);
        TLane along = TLane.Select(TLane.Same(direction, zero), y, x);
        along = TLane.Select(TLane.Same(direction, TLane.Const(1)), -x, along);
        along = TLane.Select(TLane.Same(direction, TLane.Const(2)), -y, along);
        return TLane.Same(ball, rows.Load(at.Goal + 1)) & (along > zero);
    }

    /// <summary>Neighbors in the order of the balls whose difference is within 30 degrees of +x.</summary>
    private static TLane LinedUpCount<TLane, TRows>(TRows rows, int positions)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane count = TLane.Const(0);
        for (int ball = 1; ball < ClevrGoal.BallCount; ball++)
        {
            TLane dx = rows.Load(positions + (2 * ball)) - rows.Load(positions + (2 * ball) - 2);
            TLane dy = rows.Load(positions + (2 * ball) + 1) - rows.Load(positions + (2 * ball) - 1);
            TLane holds = dx / TLane.Sqrt((dx * dx) + (dy * dy)) >= TLane.Const(Cos30);
            count += TLane.Select(holds, TLane.Const(1), TLane.Const(0));
        }

        return count;
    }

    /// <summary>Balls near the green one, itself not counted.</summary>
    private static TLane GatheredCount<TLane, TRows>(TRows rows, int positions)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane count = TLane.Const(-1);
        for (int ball = 0; ball < ClevrGoal.BallCount; ball++)
        {
            TLane dx = rows.Load(positions + (2 * GreenBall)) - rows.Load(positions + (2 * ball));
            TLane dy = rows.Load(positions + (2 * GreenBall) + 1) - rows.Load(positions + (2 * ball) + 1);
            TLane holds = TLane.Sqrt((dx * dx) + (dy * dy)) < TLane.Const(GatherDistance);
            count += TLane.Select(holds, TLane.Const(1), TLane.Const(0));
        }

        return count;
    }
}

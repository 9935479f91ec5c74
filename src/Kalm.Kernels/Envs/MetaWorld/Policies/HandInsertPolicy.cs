using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of hand-insert (sawyer_hand_insert_v3_policy.py).</summary>
internal readonly struct HandInsertPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> puck = observation.Object;
        Vec3<TLane> goal = observation.Goal;

        // above the puck, down on it, across to the hole, down
        TLane away = RewardTools.LengthXY(hand - puck) > TLane.Const(0.02);
        TLane high = TLane.Abs(hand.Z - puck.Z) > TLane.Const(0.05);
        TLane far = RewardTools.LengthXY(hand - goal) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(far, new(goal.X, goal.Y, hand.Z), goal);
        to = Vec3<TLane>.Select(high, puck + RewardTools.Constant<TLane>(0, 0, 0.03), to);
        to = Vec3<TLane>.Select(away, puck + RewardTools.Constant<TLane>(0, 0, 0.1), to);
        TLane open = away | (TLane.Abs(hand.Z - puck.Z) > TLane.Const(0.1));
        return new(TLane.Const(10) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.65)));
    }
}

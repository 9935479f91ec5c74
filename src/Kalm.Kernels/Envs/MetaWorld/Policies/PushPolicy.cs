using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of push (sawyer_push_v3_policy.py).</summary>
internal readonly struct PushPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> puck = observation.Object;
        Vec3<TLane> side = puck + RewardTools.Constant<TLane>(-0.005, 0, 0);

        // above the puck, down on it, then to the goal
        TLane away = RewardTools.LengthXY(hand - side) > TLane.Const(0.02);
        TLane above = TLane.Abs(hand.Z - side.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, side + RewardTools.Constant<TLane>(0, 0, 0.2), Vec3<TLane>.Select(
                above, side + RewardTools.Constant<TLane>(0, 0, 0.03), observation.Goal));
        TLane open = (RewardTools.LengthXY(hand - puck) > TLane.Const(0.02))
            | (TLane.Abs(hand.Z - puck.Z) > TLane.Const(0.1));
        return new(TLane.Const(10) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.6)));
    }
}

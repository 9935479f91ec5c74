using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of pick-place (sawyer_pick_place_v3_policy.py).</summary>
internal readonly struct PickPlacePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> puck = observation.Object;
        Vec3<TLane> side = puck + RewardTools.Constant<TLane>(-0.005, 0, 0);

        // above the puck, down on it, wait for the fingers, to the goal
        TLane away = RewardTools.LengthXY(hand - side) > TLane.Const(0.02);
        TLane above = (TLane.Abs(hand.Z - side.Z) > TLane.Const(0.05)) & (side.Z < TLane.Const(0.04));
        TLane waiting = observation.Gripper > TLane.Const(0.73);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, side + RewardTools.Constant<TLane>(0, 0, 0.1), Vec3<TLane>.Select(
                above, side + RewardTools.Constant<TLane>(0, 0, 0.03), Vec3<TLane>.Select(
                    waiting, hand, observation.Goal)));
        TLane close = Vec3<TLane>.Length(hand - puck) < TLane.Const(0.07);
        return new(TLane.Const(10) * (to - hand), TLane.Select(close, TLane.Const(1), TLane.Const(0)));
    }
}

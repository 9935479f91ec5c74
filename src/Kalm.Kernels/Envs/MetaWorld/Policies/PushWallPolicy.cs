using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of push-wall (sawyer_push_wall_v3_policy.py).</summary>
internal readonly struct PushWallPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> puck = observation.Object;
        Vec3<TLane> side = puck + RewardTools.Constant<TLane>(-0.005, 0, 0);

        // in front of the wall to the left, beside it straight on, then to the goal
        TLane front = RewardTools.Within(side.X, -0.1, 0.3) & RewardTools.Within(side.Y, 0.65, 0.75);
        TLane left = (side.X > TLane.Const(-0.15)) & (side.X < TLane.Const(0.05));
        TLane right = (side.X > TLane.Const(0.15)) & (side.X < TLane.Const(0.35));
        TLane beside = (left | right) & RewardTools.Within(side.Y, 0.695, 0.755);
        Vec3<TLane> push = Vec3<TLane>.Select(
            front, hand + RewardTools.Constant<TLane>(-1, 0, 0), Vec3<TLane>.Select(
                beside, hand + RewardTools.Constant<TLane>(0, 1, 0), observation.Goal));

        // above the puck, down on it
        TLane away = RewardTools.LengthXY(hand - side) > TLane.Const(0.02);
        TLane above = TLane.Abs(hand.Z - side.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, side + RewardTools.Constant<TLane>(0, 0, 0.2), Vec3<TLane>.Select(
                above, side + RewardTools.Constant<TLane>(0, 0, 0.03), push));
        TLane open = (RewardTools.LengthXY(hand - puck) > TLane.Const(0.02))
            | (TLane.Abs(hand.Z - puck.Z) > TLane.Const(0.1));
        return new(TLane.Const(10) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.6)));
    }
}

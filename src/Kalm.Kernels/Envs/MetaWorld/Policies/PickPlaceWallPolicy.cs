using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of pick-place-wall (sawyer_pick_place_wall_v3_policy.py).</summary>
internal readonly struct PickPlaceWallPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> puck = observation.Object;
        Vec3<TLane> side = puck + RewardTools.Constant<TLane>(-0.005, 0, 0);
        Vec3<TLane> goal = observation.Goal;

        // near the wall: up, then over it at that height; after it to the goal's height, then to the goal
        TLane wall = RewardTools.Within(hand.X, -0.15, 0.35) & RewardTools.Within(hand.Y, 0.6, 0.8);
        TLane apart = TLane.Abs(hand.Z - goal.Z) > TLane.Const(0.01);
        Vec3<TLane> carry = Vec3<TLane>.Select(
            wall & (hand.Z < TLane.Const(0.25)), hand + RewardTools.Constant<TLane>(0, 0, 1), Vec3<TLane>.Select(
                wall & (hand.Z < TLane.Const(0.35)), new(goal.X, goal.Y, hand.Z), Vec3<TLane>.Select(
                    apart, new(hand.X, hand.Y, goal.Z), goal)));

        // above the puck, down on it
        TLane away = RewardTools.LengthXY(hand - side) > TLane.Const(0.015);
        TLane above = (TLane.Abs(hand.Z - side.Z) > TLane.Const(0.04)) & (side.Z < TLane.Const(0.03));
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, side + RewardTools.Constant<TLane>(0, 0, 0.1), Vec3<TLane>.Select(
                above, side + RewardTools.Constant<TLane>(0, 0, 0.03), carry));
        TLane open = (RewardTools.LengthXY(hand - puck) > TLane.Const(0.015))
            | (TLane.Abs(hand.Z - puck.Z) > TLane.Const(0.1));
        return new(TLane.Const(10) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.9)));
    }
}

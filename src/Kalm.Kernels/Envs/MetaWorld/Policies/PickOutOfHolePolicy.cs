using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of pick-out-of-hole (sawyer_pick_out_of_hole_v3_policy.py).</summary>
internal readonly struct PickOutOfHolePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> puck = observation.Object + RewardTools.Constant<TLane>(0, 0, 0.02);
        Vec3<TLane> goal = observation.Goal;

        // above the puck, down on it, up to the goal's height, to the goal
        TLane away = RewardTools.LengthXY(hand - puck) > TLane.Const(0.02);
        TLane height = TLane.Abs(hand.Z - puck.Z);
        TLane low = TLane.Abs(hand.Z - goal.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, puck + RewardTools.Constant<TLane>(0, 0, 0.15), Vec3<TLane>.Select(
                height > TLane.Const(0.01), puck, Vec3<TLane>.Select(
                    low, new(hand.X, hand.Y, goal.Z), goal)));
        TLane open = away | (height > TLane.Const(0.15));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.1)));
    }
}

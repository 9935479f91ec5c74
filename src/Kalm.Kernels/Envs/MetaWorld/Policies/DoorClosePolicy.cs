using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of door-close (sawyer_door_close_v3_policy.py).</summary>
/// <remarks>The original adds its offset to the observation in place; nobody reads that part again.</remarks>
internal readonly struct DoorClosePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> door = observation.Object + RewardTools.Constant<TLane>(0.05, 0.12, 0.1);

        // right of the handle: up and over it; else down at its outer edge; then to the goal
        TLane right = hand.X > door.X;
        TLane low = hand.Z < door.Z + TLane.Const(0.2);
        TLane high = TLane.Abs(hand.Z - door.Z) > TLane.Const(0.04);
        Vec3<TLane> over = Vec3<TLane>.Select(
            low, new(hand.X, hand.Y, door.Z + TLane.Const(0.25)), new(door.X - TLane.Const(0.02), door.Y, hand.Z));
        Vec3<TLane> to = Vec3<TLane>.Select(high, door + RewardTools.Constant<TLane>(-0.02, 0, 0), observation.Goal);
        to = Vec3<TLane>.Select(right, over, to);
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

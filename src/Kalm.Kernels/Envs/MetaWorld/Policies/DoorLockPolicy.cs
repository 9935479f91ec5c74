using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of door-lock (sawyer_door_lock_v3_policy.py).</summary>
internal readonly struct DoorLockPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> latch = observation.Object + RewardTools.Constant<TLane>(-0.02, -0.02, 0);

        // up, above the lock, down on it, aside and down
        TLane away = RewardTools.LengthXY(hand - latch) > TLane.Const(0.02);
        TLane low = hand.Z < TLane.Const(0.25);
        TLane high = TLane.Abs(hand.Z - latch.Z) > TLane.Const(0.02);
        Vec3<TLane> above = Vec3<TLane>.Select(low, hand + RewardTools.Constant<TLane>(0, -0.1, 0.1), latch
            + RewardTools.Constant<TLane>(0, 0, 0.3));
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, above, Vec3<TLane>.Select(high, latch, latch + RewardTools.Constant<TLane>(-0.1, 0, -0.1)));
        return new(TLane.Const(25) * (to - hand), TLane.Const(-1));
    }
}

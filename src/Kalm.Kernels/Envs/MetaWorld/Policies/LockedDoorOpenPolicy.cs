using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>
/// Scripted expert of locked-door-open. KALM has none: the lock comes to both goals when the door turns, so this one
/// pulls the handle as the expert of door-open does.
/// </summary>
internal readonly struct LockedDoorOpenPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> handle = observation.Object2 + RewardTools.Constant<TLane>(-0.05, 0, 0);

        // above the front edge of the handle, down, against it
        TLane away = RewardTools.LengthXY(hand - handle) > TLane.Const(0.12);
        TLane high = TLane.Abs(hand.Z - handle.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(high, handle + RewardTools.Constant<TLane>(0.06, 0.02, 0), handle);
        to = Vec3<TLane>.Select(away, handle + RewardTools.Constant<TLane>(0.06, 0.02, 0.2), to);
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>
/// Scripted expert of locked-door-open. KALM has none: this one turns the lock as the expert of door-unlock does, then
/// rises, comes down behind the bar of the handle, and pulls.
/// </summary>
internal readonly struct LockedDoorOpenPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the second stage's goal is seen at the edge of the first stage's box
        TLane locked = observation.Goal.Y > TLane.Const(0.641);
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> to = Vec3<TLane>.Select(locked, Unlock(hand, observation.Object), Open(hand, observation.Object2));
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }

    private static Vec3<TLane> Unlock<TLane>(Vec3<TLane> hand, Vec3<TLane> place)
        where TLane : unmanaged, ILane<TLane>
    {
        // down, to the lock, push it over
        Vec3<TLane> latch = place + RewardTools.Constant<TLane>(-0.04, -0.02, -0.03);
        TLane away = RewardTools.LengthXY(hand - latch) > TLane.Const(0.02);
        Vec3<TLane> down = hand + RewardTools.Constant<TLane>(0, -0.1, -0.1);
        Vec3<TLane> there = Vec3<TLane>.Select(hand.Z > TLane.Const(0.15), down, latch);
        return Vec3<TLane>.Select(away, there, latch + RewardTools.Constant<TLane>(0.1, 0, 0.01));
    }

    private static Vec3<TLane> Open<TLane>(Vec3<TLane> hand, Vec3<TLane> handle)
        where TLane : unmanaged, ILane<TLane>
    {
        // beside the handle the hand must rise, over its hook it comes down, low at the hook it pulls
        Vec3<TLane> hook = handle + RewardTools.Constant<TLane>(0.01, 0.02, 0);
        TLane high = hand.Z >= handle.Z + TLane.Const(0.15);
        Vec3<TLane> over = Vec3<TLane>.Select(
            high, hook + RewardTools.Constant<TLane>(0, 0, 0.2), hand + RewardTools.Constant<TLane>(0, 0, 0.2));
        Vec3<TLane> to = Vec3<TLane>.Select(RewardTools.LengthXY(hand - hook) < TLane.Const(0.03), hook, over);
        TLane low = hand.Z < handle.Z + TLane.Const(0.04);
        TLane beside = hand.X < handle.X - TLane.Const(0.06);
        return Vec3<TLane>.Select(low & ~beside, handle + RewardTools.Constant<TLane>(-0.05, 0, 0), to);
    }
}

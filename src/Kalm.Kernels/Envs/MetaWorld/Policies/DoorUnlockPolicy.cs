using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of door-unlock (sawyer_door_unlock_v3_policy.py).</summary>
internal readonly struct DoorUnlockPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> latch = observation.Object + RewardTools.Constant<TLane>(-0.04, -0.02, -0.03);

        // down, to the lock, push it over
        TLane away = RewardTools.LengthXY(hand - latch) > TLane.Const(0.02);
        Vec3<TLane> there = Vec3<TLane>.Select(hand.Z > TLane.Const(0.15), hand
            + RewardTools.Constant<TLane>(0, -0.1, -0.1), latch);
        Vec3<TLane> to = Vec3<TLane>.Select(away, there, latch + RewardTools.Constant<TLane>(0.1, 0, 0.01));
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of door-open (sawyer_door_open_v3_policy.py).</summary>
/// <remarks>The original changes x of the door in the observation; nobody reads that number again.</remarks>
internal readonly struct DoorOpenPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> door = observation.Object - RewardTools.Constant<TLane>(0.05, 0, 0);

        // above the handle, down in front of it, pull
        TLane away = RewardTools.LengthXY(hand - door) > TLane.Const(0.12);
        TLane high = TLane.Abs(hand.Z - door.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(high, door + RewardTools.Constant<TLane>(0.06, 0.02, 0), door);
        to = Vec3<TLane>.Select(away, door + RewardTools.Constant<TLane>(0.06, 0.02, 0.2), to);
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

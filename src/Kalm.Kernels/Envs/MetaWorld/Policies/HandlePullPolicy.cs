using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of handle-pull (sawyer_handle_pull_v3_policy.py).</summary>
internal readonly struct HandlePullPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> handle = observation.Object + RewardTools.Constant<TLane>(0, -0.04, 0);

        // in front of the handle, under it, then up; quirk: on the way down all three coordinates aim at its height
        TLane away = RewardTools.LengthXY(hand - handle) > TLane.Const(0.02);
        TLane apart = TLane.Abs(hand.Z - handle.Z) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, handle, Vec3<TLane>.Select(
                apart, new(handle.Z, handle.Z, handle.Z), handle + RewardTools.Constant<TLane>(0, 0, 0.1)));
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

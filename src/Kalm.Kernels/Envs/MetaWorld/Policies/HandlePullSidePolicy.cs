using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of handle-pull-side (sawyer_handle_pull_side_v3_policy.py).</summary>
internal readonly struct HandlePullSidePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> handle = observation.Object;

        // above the handle, down on it, then up
        TLane away = RewardTools.LengthXY(hand - handle) > TLane.Const(0.04);
        TLane height = TLane.Abs(hand.Z - handle.Z);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, handle + RewardTools.Constant<TLane>(0, 0, 0.1), Vec3<TLane>.Select(
                height > TLane.Const(0.03), handle, handle + RewardTools.Constant<TLane>(0, 0, 1)));
        TLane open = away | (height > TLane.Const(0.04));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.6)));
    }
}

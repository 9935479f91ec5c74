using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of window-open (sawyer_window_open_v3_policy.py).</summary>
internal readonly struct WindowOpenPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> handle = observation.Object + RewardTools.Constant<TLane>(-0.03, -0.03, -0.08);

        // above the handle, down beside it, to the right
        TLane away = RewardTools.LengthXY(hand - handle) > TLane.Const(0.04);
        TLane apart = TLane.Abs(hand.Z - handle.Z) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, handle + RewardTools.Constant<TLane>(0, 0, 0.3), Vec3<TLane>.Select(
                apart, handle, handle + RewardTools.Constant<TLane>(0.1, 0, 0)));
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

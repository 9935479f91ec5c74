using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of drawer-close (sawyer_drawer_close_v3_policy.py).</summary>
internal readonly struct DrawerClosePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> drawer = observation.Object + RewardTools.Constant<TLane>(0, 0, -0.02);

        // behind the handle: up and in front of it; else down; then push
        TLane behind = hand.Y > drawer.Y;
        TLane low = hand.Z < drawer.Z + TLane.Const(0.23);
        TLane high = TLane.Abs(hand.Z - drawer.Z) > TLane.Const(0.04);
        Vec3<TLane> front = Vec3<TLane>.Select(low, new(hand.X, hand.Y, drawer.Z + TLane.Const(0.5)), drawer
            + RewardTools.Constant<TLane>(0, -0.075, 0.23));
        Vec3<TLane> to = Vec3<TLane>.Select(
            behind, front, Vec3<TLane>.Select(high, drawer + RewardTools.Constant<TLane>(0, -0.075, 0), drawer));
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

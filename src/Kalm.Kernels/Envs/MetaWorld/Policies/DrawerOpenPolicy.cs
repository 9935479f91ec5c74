using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of drawer-open (sawyer_drawer_open_v3_policy.py).</summary>
internal readonly struct DrawerOpenPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> drawer = observation.Object + RewardTools.Constant<TLane>(0, 0, -0.02);

        // above the handle, down behind it, pull; more force for the pull
        TLane away = RewardTools.LengthXY(hand - drawer) > TLane.Const(0.06);
        TLane high = TLane.Abs(hand.Z - drawer.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(high, drawer, drawer + RewardTools.Constant<TLane>(0, -0.06, 0));
        to = Vec3<TLane>.Select(away, drawer + RewardTools.Constant<TLane>(0, 0, 0.3), to);
        return new(TLane.Select(away | high, TLane.Const(4), TLane.Const(50)) * (to - hand), TLane.Const(-1));
    }
}

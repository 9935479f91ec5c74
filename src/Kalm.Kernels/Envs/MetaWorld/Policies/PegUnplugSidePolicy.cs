using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of peg-unplug-side (sawyer_peg_unplug_side_v3_policy.py).</summary>
internal readonly struct PegUnplugSidePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> plug = observation.Object + RewardTools.Constant<TLane>(-0.02, 0, 0.035);

        // above the plug, down on it, back
        TLane away = RewardTools.LengthXY(hand - plug) > TLane.Const(0.04);
        TLane apart = TLane.Abs(hand.Z - TLane.Const(0.15)) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, plug + RewardTools.Constant<TLane>(0, 0, 0.2), Vec3<TLane>.Select(
                apart, new(plug.X, plug.Y, TLane.Const(0.15)), hand + RewardTools.Constant<TLane>(0.01, 0, 0)));
        TLane open = away | (TLane.Abs(hand.Z - plug.Z) > TLane.Const(0.15));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(-1), TLane.Const(0.1)));
    }
}

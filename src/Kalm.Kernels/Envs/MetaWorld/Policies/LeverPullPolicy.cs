using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of lever-pull (sawyer_lever_pull_v3_policy.py).</summary>
internal readonly struct LeverPullPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> lever = observation.Object + RewardTools.Constant<TLane>(0, -0.055, 0);

        // below the lever, up to it, then on
        TLane away = RewardTools.LengthXY(hand - lever) > TLane.Const(0.02);
        TLane apart = TLane.Abs(hand.Z - lever.Z) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, lever + RewardTools.Constant<TLane>(0, 0, -0.1), Vec3<TLane>.Select(
                apart, lever, lever + RewardTools.Constant<TLane>(0, 0.08, 0.02)));
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of sweep-into (sawyer_sweep_into_v3_policy.py).</summary>
internal readonly struct SweepIntoPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> block = observation.Object;
        Vec3<TLane> grip = block + RewardTools.Constant<TLane>(-0.005, 0, 0.01);

        // over the block, down, to the hole
        TLane away = RewardTools.LengthXY(hand - grip) > TLane.Const(0.04);
        TLane apart = TLane.Abs(hand.Z - grip.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, grip + RewardTools.Constant<TLane>(0, 0, 0.3), Vec3<TLane>.Select(
                apart, grip, observation.Goal));
        TLane open = (RewardTools.LengthXY(hand - block) > TLane.Const(0.04))
            | (TLane.Abs(hand.Z - block.Z) > TLane.Const(0.15));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(-1), TLane.Const(0.7)));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of sweep (sawyer_sweep_v3_policy.py).</summary>
internal readonly struct SweepPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> block = observation.Object;
        Vec3<TLane> grip = block + RewardTools.Constant<TLane>(0, 0, 0.015);

        // over the block, down; then, and from x = 0.2 on at any rate, above the goal
        TLane away = RewardTools.LengthXY(hand - grip) > TLane.Const(0.04);
        TLane apart = TLane.Abs(hand.Z - grip.Z) > TLane.Const(0.04);
        TLane begin = hand.X < TLane.Const(0.2);
        Vec3<TLane> to = Vec3<TLane>.Select(
            begin & away, grip + RewardTools.Constant<TLane>(0, 0, 0.3), Vec3<TLane>.Select(
                begin & apart, grip, observation.Goal + RewardTools.Constant<TLane>(0, 0, 0.1)));
        TLane open = away | (TLane.Abs(hand.Z - block.Z) > TLane.Const(0.15)) | ~(block.X < TLane.Const(0.4));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(-1), TLane.Const(0.7)));
    }
}

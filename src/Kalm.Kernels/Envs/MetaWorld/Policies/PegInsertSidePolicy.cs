using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of peg-insert-side (sawyer_peg_insertion_side_v3_policy.py).</summary>
internal readonly struct PegInsertSidePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> peg = observation.Object;

        // the hole: farther in than any, at a known height
        Vec3<TLane> hole = new(TLane.Const(-0.35), observation.Goal.Y, TLane.Const(0.16));
        Vec3<TLane> way = peg - hole;
        TLane across = TLane.Sqrt((way.Y * way.Y) + (way.Z * way.Z));

        // above the peg, down on it, in front of the hole, in
        TLane away = RewardTools.LengthXY(hand - peg) > TLane.Const(0.04);
        TLane height = TLane.Abs(hand.Z - peg.Z);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, peg + RewardTools.Constant<TLane>(0, 0, 0.3), Vec3<TLane>.Select(
                height > TLane.Const(0.025), peg, Vec3<TLane>.Select(
                    across > TLane.Const(0.03), hole + RewardTools.Constant<TLane>(0.4, 0, 0), hole)));
        TLane open = away | (height > TLane.Const(0.15));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(-1), TLane.Const(0.6)));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of assembly (sawyer_assembly_v3_policy.py).</summary>
internal readonly struct AssemblyPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> wrench = observation.Object + RewardTools.Constant<TLane>(-0.02, 0, 0);
        Vec3<TLane> peg = observation.Goal + RewardTools.Constant<TLane>(0.12, 0, 0.14);

        // above the wrench; over the peg let it down; onto the wrench; up; to the peg
        TLane away = RewardTools.LengthXY(hand - wrench) > TLane.Const(0.02);
        TLane overPeg = RewardTools.LengthXY(hand - peg) <= TLane.Const(0.02);
        TLane high = TLane.Abs(hand.Z - wrench.Z) > TLane.Const(0.05);
        TLane low = TLane.Abs(hand.Z - peg.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(low, new(hand.X, hand.Y, peg.Z), peg);
        to = Vec3<TLane>.Select(high, wrench + RewardTools.Constant<TLane>(0, 0, 0.03), to);
        to = Vec3<TLane>.Select(overPeg, peg + RewardTools.Constant<TLane>(0, 0, -0.2), to);
        to = Vec3<TLane>.Select(away, wrench + RewardTools.Constant<TLane>(0, 0, 0.1), to);
        TLane open = away | (TLane.Abs(hand.Z - wrench.Z) > TLane.Const(0.12));
        return new(TLane.Const(10) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.6)));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of disassemble (sawyer_disassemble_v3_policy.py).</summary>
internal readonly struct DisassemblePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> wrench = observation.Object + RewardTools.Constant<TLane>(-0.02, 0, 0.01);

        // above the wrench, down on it, up
        TLane away = RewardTools.LengthXY(hand - wrench) > TLane.Const(0.02);
        TLane high = TLane.Abs(hand.Z - wrench.Z) > TLane.Const(0.03);
        Vec3<TLane> to = Vec3<TLane>.Select(high, wrench, hand + RewardTools.Constant<TLane>(0, 0, 0.1));
        to = Vec3<TLane>.Select(away, wrench + RewardTools.Constant<TLane>(0, 0, 0.1), to);
        TLane open = away | (TLane.Abs(hand.Z - wrench.Z) > TLane.Const(0.07));
        return new(TLane.Const(10) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.8)));
    }
}

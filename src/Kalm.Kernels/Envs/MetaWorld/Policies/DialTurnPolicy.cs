using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of dial-turn (sawyer_dial_turn_v3_policy.py).</summary>
internal readonly struct DialTurnPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> dial = observation.Object + RewardTools.Constant<TLane>(0.05, 0.02, 0.09);

        // above the dial, down beside it, across
        TLane away = RewardTools.LengthXY(hand - dial) > TLane.Const(0.02);
        TLane high = TLane.Abs(hand.Z - dial.Z) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(high, dial, dial + RewardTools.Constant<TLane>(-0.05, 0.005, 0));
        to = Vec3<TLane>.Select(away, new(dial.X, dial.Y, TLane.Const(0.2)), to);
        return new(TLane.Const(10) * (to - hand), TLane.Const(1));
    }
}

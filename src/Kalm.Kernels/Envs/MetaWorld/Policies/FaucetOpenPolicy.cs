using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of faucet-open (sawyer_faucet_open_v3_policy.py).</summary>
internal readonly struct FaucetOpenPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Turn(observation, -1);

    /// <summary>Turns the faucet from the side <paramref name="side"/> (1 or -1) of its handle to the other.</summary>
    public static PolicyAction<TLane> Turn<TLane, TRows>(in ObservationView<TLane, TRows> observation, double side)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> faucet = observation.Object + RewardTools.Constant<TLane>(side * 0.04, 0, 0.03);

        // above the side of the handle, down, across
        TLane away = RewardTools.LengthXY(hand - faucet) > TLane.Const(0.04);
        TLane high = TLane.Abs(hand.Z - faucet.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(high, faucet, faucet + RewardTools.Constant<TLane>(side * -0.1, 0.05, 0));
        to = Vec3<TLane>.Select(away, faucet + RewardTools.Constant<TLane>(0, 0, 0.1), to);
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of coffee-pull (sawyer_coffee_pull_v3_policy.py).</summary>
internal readonly struct CoffeePullPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> mug = observation.Object + RewardTools.Constant<TLane>(-0.005, 0, 0.05);

        // above the mug, down on it, to the goal
        TLane away = RewardTools.LengthXY(hand - mug) > TLane.Const(0.06);
        TLane high = TLane.Abs(hand.Z - mug.Z) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(away, mug
            + RewardTools.Constant<TLane>(0, 0, 0.15), Vec3<TLane>.Select(high, mug, observation.Goal));
        return new(TLane.Const(10) * (to - hand), Grip(hand, observation.Object, 0.7));
    }

    /// <summary>Opens the fingers away from the mug, closes them with an effort at the mug.</summary>
    public static TLane Grip<TLane>(Vec3<TLane> hand, Vec3<TLane> mug, double effort)
        where TLane : unmanaged, ILane<TLane>
    {
        Vec3<TLane> grip = mug + RewardTools.Constant<TLane>(0.01, 0, 0.05);
        TLane open = (RewardTools.LengthXY(hand - grip) > TLane.Const(0.06))
            | (TLane.Abs(hand.Z - grip.Z) > TLane.Const(0.1));
        return TLane.Select(open, TLane.Const(-1), TLane.Const(effort));
    }
}

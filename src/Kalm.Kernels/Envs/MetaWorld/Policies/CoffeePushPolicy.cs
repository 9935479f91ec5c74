using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of coffee-push (sawyer_coffee_push_v3_policy.py).</summary>
internal readonly struct CoffeePushPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> mug = observation.Object + RewardTools.Constant<TLane>(0.01, 0, 0.05);

        // above the mug, down on it, to the goal
        TLane away = RewardTools.LengthXY(hand - mug) > TLane.Const(0.06);
        TLane high = TLane.Abs(hand.Z - mug.Z) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(high, mug, new(observation.Goal.X, observation.Goal.Y, TLane.Const(0.1)));
        to = Vec3<TLane>.Select(away, mug + RewardTools.Constant<TLane>(0, 0, 0.2), to);
        return new(TLane.Const(10) * (to - hand), CoffeePullPolicy.Grip(hand, observation.Object, 0.5));
    }
}

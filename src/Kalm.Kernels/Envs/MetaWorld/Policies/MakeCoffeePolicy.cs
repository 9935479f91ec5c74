using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>
/// Scripted expert of make-coffee. KALM has none: this one pushes the mug as that of coffee-push does, on to the goal
/// of
/// the second stage, which lies 3 cm behind the button.
/// </summary>
internal readonly struct MakeCoffeePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> mug = observation.Object + RewardTools.Constant<TLane>(0.01, 0, 0.05);
        Vec3<TLane> goal = new(
            observation.Object2.X, observation.Object2.Y + TLane.Const(0.03), TLane.Const(0.1));

        // above the mug, down on it, to the goal
        TLane away = RewardTools.LengthXY(hand - mug) > TLane.Const(0.06);
        TLane high = TLane.Abs(hand.Z - mug.Z) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(high, mug, goal);
        to = Vec3<TLane>.Select(away, mug + RewardTools.Constant<TLane>(0, 0, 0.2), to);
        return new(TLane.Const(10) * (to - hand), CoffeePullPolicy.Grip(hand, observation.Object, 0.5));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of coffee-button (sawyer_coffee_button_v3_policy.py).</summary>
internal readonly struct CoffeeButtonPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> button = observation.Object + RewardTools.Constant<TLane>(0, 0, -0.07);

        // in line with the button, then push through it
        TLane away = RewardTools.LengthXZ(hand - button) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(away, new(button.X, hand.Y, button.Z), button
            + RewardTools.Constant<TLane>(0, 0.2, 0));
        return new(TLane.Const(10) * (to - hand), TLane.Const(-1));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of button-press-wall (sawyer_button_press_wall_v3_policy.py).</summary>
internal readonly struct ButtonPressWallPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> button = observation.Object + RewardTools.Constant<TLane>(0, 0, 0.04);

        // up in line with the button, over the wall, down behind it, push
        TLane aside = TLane.Abs(hand.X - button.X) > TLane.Const(0.02);
        TLane far = button.Y - hand.Y > TLane.Const(0.09);
        TLane high = TLane.Abs(hand.Z - button.Z) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(high, button + RewardTools.Constant<TLane>(0, -0.05, 0), button
            + RewardTools.Constant<TLane>(0, -0.02, 0));
        to = Vec3<TLane>.Select(far, new(button.X, button.Y, TLane.Const(0.3)), to);
        to = Vec3<TLane>.Select(aside, new(button.X, hand.Y, TLane.Const(0.3)), to);
        return new(TLane.Const(15) * (to - hand), TLane.Select(aside | far | high, TLane.Const(1), TLane.Const(-1)));
    }
}

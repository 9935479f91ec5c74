using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of button-press (sawyer_button_press_v3_policy.py).</summary>
internal readonly struct ButtonPressPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> button = observation.Object + RewardTools.Constant<TLane>(0, 0, -0.07);

        // in line with the button while backing off, then push
        TLane aligned = Close(hand.X, button.X) & Close(hand.Z, button.Z);
        TLane y = TLane.Select(aligned, button.Y + TLane.Const(0.02), hand.Y - TLane.Const(0.1));
        Vec3<TLane> to = new(button.X, y, button.Z);
        return new(TLane.Const(25) * (to - hand), TLane.Const(0));
    }

    // numpy.isclose with an absolute tolerance of 0.02 and its usual relative one
    private static TLane Close<TLane>(TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.Abs(a - b) <= TLane.Const(0.02) + (TLane.Const(1e-5) * TLane.Abs(b));
}

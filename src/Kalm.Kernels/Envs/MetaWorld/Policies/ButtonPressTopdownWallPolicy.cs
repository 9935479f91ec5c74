using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of button-press-topdown-wall (sawyer_button_press_topdown_wall_v3_policy.py).</summary>
internal readonly struct ButtonPressTopdownWallPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> button = observation.Object + RewardTools.Constant<TLane>(0, -0.06, 0);

        // above the near edge of the button, down on it
        TLane away = RewardTools.LengthXY(hand - button) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(away, button + RewardTools.Constant<TLane>(0, 0, 0.1), button);
        return new(TLane.Const(25) * (to - hand), TLane.Const(-1));
    }
}

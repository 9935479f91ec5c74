using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of handle-press (sawyer_handle_press_v3_policy.py).</summary>
internal readonly struct HandlePressPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Press(observation, -0.02, -1);

    /// <summary>Above a point of the handle, then down through it.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="inFront">Where the point is, seen from the handle along y, m.</param>
    /// <param name="effort">Effort of the gripper.</param>
    public static PolicyAction<TLane> Press<TLane, TRows>(
        in ObservationView<TLane, TRows> observation, double inFront, double effort)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> handle = observation.Object + RewardTools.Constant<TLane>(0, inFront, 0);
        TLane away = RewardTools.LengthXY(hand - handle) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(away, handle + RewardTools.Constant<TLane>(0, 0, 0.2), handle
            + RewardTools.Constant<TLane>(0, 0, -0.5));
        return new(TLane.Const(25) * (to - hand), TLane.Const(effort));
    }
}

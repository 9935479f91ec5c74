using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// The second caging reward, which measures each pad on its own side of the object and has no effort in it:
/// _gripper_caging_reward as push-back, soccer, sweep and sweep-into override it, and its first half in pick-place.
/// </summary>
/// <remarks>
/// What the original calls init_left_pad and init_right_pad are live views of the simulation (body(…).xpos without a
/// copy), so that the margins follow the pads of now, not those of the reset.
/// </remarks>
/// <param name="objectRadius">Least distance of a pad from the object's center (obj_radius), m.</param>
/// <param name="gripRadius">Greatest distance of a gripping pad (grip_success_margin), m.</param>
/// <param name="xzThreshold">Distance in x and z that counts as caged (x_z_success_margin), m.</param>
internal readonly struct PadCaging(double objectRadius, double gripRadius, double xzThreshold)
{
    private const double PadThreshold = 0.05;

    /// <summary>Mean of caging and gripping, 0 … 1; only pads that cage can grip.</summary>
    /// <param name="view">The task's view.</param>
    /// <param name="position">Position of the object, m.</param>
    public TLane Reward<TLane, TRows>(in TaskView<TLane, TRows> view, Vec3<TLane> position)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane caging = Caged(view, position);
        TLane gripping = (caging > TLane.Const(0.95)) & BothSides(view, position, gripRadius);
        return (caging + gripping) / TLane.Const(2);
    }

    /// <summary>Whether the object is between the pads, in all three directions, 0 … 1.</summary>
    /// <param name="view">The task's view.</param>
    /// <param name="position">Position of the object, m.</param>
    public TLane Caged<TLane, TRows>(in TaskView<TLane, TRows> view, Vec3<TLane> position)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane cagingY = BothSides(view, position, PadThreshold);
        TLane margin = RewardTools.LengthXZ(view.ObjectInit - view.TcpInit) - TLane.Const(xzThreshold);
        TLane cagingXZ = RewardTools.LongTail(RewardTools.LengthXZ(view.Tcp - position), xzThreshold, margin);
        return RewardTools.Hamacher(cagingY, cagingXZ);
    }

    private TLane BothSides<TLane, TRows>(in TaskView<TLane, TRows> view, Vec3<TLane> position, double upper)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane left = Side(view.LeftPad.Y - position.Y, upper);
        TLane right = Side(position.Y - view.RightPad.Y, upper);
        return RewardTools.Hamacher(right, left);
    }

    private TLane Side<TLane>(TLane gap, double upper)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane margin = TLane.Abs(TLane.Abs(gap) - TLane.Const(PadThreshold));
        return RewardTools.LongTail(gap, TLane.Const(objectRadius), TLane.Const(upper), margin);
    }
}

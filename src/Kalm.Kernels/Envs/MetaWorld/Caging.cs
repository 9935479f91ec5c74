using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Parameters of the caging reward; names and defaults as in _gripper_caging_reward.</summary>
/// <param name="objectRadius">Radius of the object's bounding sphere (obj_radius), m.</param>
/// <param name="padThreshold">Distance of a pad that counts as success (pad_success_thresh), m.</param>
/// <param name="reachRadius">Distance of the gripper that counts as reached (object_reach_radius), m.</param>
/// <param name="xzThreshold">Distance in x and z that counts as caged (xz_thresh), m.</param>
/// <param name="effort">Gripper effort that counts as closed (desired_gripper_effort).</param>
/// <param name="highDensity">Mean with the caging alone (high_density).</param>
/// <param name="mediumDensity">Mean with a reach reward (medium_density).</param>
internal readonly struct Caging(
    double objectRadius, double padThreshold, double reachRadius, double xzThreshold, double effort = 1,
    bool highDensity = false, bool mediumDensity = false)
{
    /// <summary>Reward for having the object between the pads and closing them, 0 … 1.</summary>
    /// <param name="view">The task's view.</param>
    /// <param name="position">Position of the object, m.</param>
    public TLane Reward<TLane, TRows>(in TaskView<TLane, TRows> view, Vec3<TLane> position)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Reward(view, position, view.ObjectInit);

    /// <summary>The same for an object that is not the one obj_init_pos tells of.</summary>
    /// <param name="view">The task's view.</param>
    /// <param name="position">Position of the object, m.</param>
    /// <param name="initial">Its position after the reset, m.</param>
    public TLane Reward<TLane, TRows>(in TaskView<TLane, TRows> view, Vec3<TLane> position, Vec3<TLane> initial)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane left = Side(view.LeftPad.Y, position.Y, initial.Y);
        TLane right = Side(view.RightPad.Y, position.Y, initial.Y);
        TLane cagingY = RewardTools.Hamacher(left, right);

        // in x and z the margin is the way the gripper had at the start
        Vec3<TLane> tcp = view.Tcp;
        TLane margin = RewardTools.LengthXZ(initial - view.TcpInit) - TLane.Const(xzThreshold);
        TLane cagingXZ = RewardTools.LongTail(RewardTools.LengthXZ(tcp - position), xzThreshold, margin);

        TLane closed = TLane.Min(TLane.Max(TLane.Const(0), view.Action(3)), TLane.Const(effort)) / TLane.Const(effort);
        TLane caging = RewardTools.Hamacher(cagingY, cagingXZ);
        TLane gripping = (caging > TLane.Const(0.97)) & closed;
        TLane result = RewardTools.Hamacher(caging, gripping);
        if (highDensity) result = (result + caging) / TLane.Const(2);
        if (mediumDensity)
        {
            TLane start = Vec3<TLane>.Length(initial - view.TcpInit);
            TLane reachMargin = TLane.Abs(start - TLane.Const(reachRadius));
            TLane reach = RewardTools.LongTail(Vec3<TLane>.Length(position - tcp), reachRadius, reachMargin);
            result = (result + reach) / TLane.Const(2);
        }

        return result;
    }

    private TLane Side<TLane>(TLane pad, TLane y, TLane initialY)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane margin = TLane.Abs(TLane.Abs(pad - initialY) - TLane.Const(padThreshold));
        return RewardTools.LongTail(
            TLane.Abs(pad - y), TLane.Const(objectRadius), TLane.Const(padThreshold), margin);
    }
}

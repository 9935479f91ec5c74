using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>What the four tasks that slide a plate have in common; the plate is their first handle.</summary>
internal static class PlateReward
{
    /// <summary>The geom of the plate among the handles.</summary>
    public const int Plate = 0;

    /// <summary>Greatest distance from the goal in the plane, among the memory.</summary>
    public const int MaxDistance = 0;

    private const double Radius = 0.05;

    /// <summary>Position and orientation of the plate.</summary>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        RewardTools.SciPyQuaternion(view.Matrix(Plate), out TLane x, out TLane y, out TLane z, out TLane w);
        view.SetObject(0, view.Position(Plate), x, y, z, w);
    }

    /// <summary>Version 2 as plate-slide has it: reach and way at once, margins from the first distances.</summary>
    public static Evaluation<TLane> EvaluateForward<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Evaluation<TLane> result = Terms(view, 0);
        TLane reward = TLane.Const(8) * RewardTools.Hamacher(result.GraspReward, result.InPlaceReward);
        result.Reward = TLane.Select(result.ObjToTarget < TLane.Const(Radius), TLane.Const(10), reward);
        return result;
    }

    /// <summary>
    /// Version 2 as the other three have it: reach, then from a gripper that is down beside the plate the way; margins
    /// smaller by the radius.
    /// </summary>
    public static Evaluation<TLane> EvaluateDown<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Evaluation<TLane> result = Terms(view, Radius);
        Vec3<TLane> tcp = view.Tcp;
        TLane tcpToObject = Vec3<TLane>.Length(tcp - view.Observation.Object);
        TLane down = (tcp.Z <= TLane.Const(0.03)) & (tcpToObject < TLane.Const(0.07));
        TLane way = TLane.Const(2) + (TLane.Const(7) * result.InPlaceReward);
        TLane reward = TLane.Select(down, way, TLane.Const(1.5) * result.GraspReward);
        result.Reward = TLane.Select(result.ObjToTarget < TLane.Const(Radius), TLane.Const(10), reward);
        return result;
    }

    /// <summary>Version 1.</summary>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> plate = view.Observation.Object;
        TLane reach = Vec3<TLane>.Length(plate - view.Tcp);
        TLane pull = FirstRewards.Approach(view.Memory(MaxDistance), RewardTools.LengthXY(plate - view.Target));
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), pull);
    }

    private static Evaluation<TLane> Terms<TLane, TRows>(in TaskView<TLane, TRows> view, double less)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> plate = view.Observation.Object;
        TLane distance = Vec3<TLane>.Length(plate - view.Target);
        TLane tcpToObject = Vec3<TLane>.Length(view.Tcp - plate);
        TLane wayMargin = Vec3<TLane>.Length(view.ObjectInit - view.Target) - TLane.Const(less);
        TLane reachMargin = Vec3<TLane>.Length(view.TcpInit - view.ObjectInit) - TLane.Const(less);
        return new()
        {
            Success = distance <= TLane.Const(0.07),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = TLane.Const(0),
            GraspReward = RewardTools.LongTail(tcpToObject, Radius, reachMargin),
            InPlaceReward = RewardTools.LongTail(distance, Radius, wayMargin),
            ObjToTarget = distance,
        };
    }
}

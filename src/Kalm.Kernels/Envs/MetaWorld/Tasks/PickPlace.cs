using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Carry the puck to the goal in the air (sawyer_pick_place_v3.py).</summary>
internal readonly struct PickPlace : ITask
{
    private const int Object = 0;
    private const int ObjectGeom = 1;
    private const int RestHeight = 0;
    private const int CarryHeight = 1;
    private const int MaxPlacing = 2;
    private const double Radius = 0.05;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "pick-place",
        Scene = "pick_place_v3",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.1, 0.6, 0.02, -0.1, 0.8, 0.05],
        RandomHigh = [0.1, 0.7, 0.02, 0.1, 0.9, 0.3],
        GoalLow = new(-0.1, 0.8, 0.05),
        GoalHigh = new(0.1, 0.9, 0.3),
        Handles = ["body:obj", "geom:objGeom"],
        MovedSites = ["goal"],
        MainObject = "objGeom",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();
        scene.Target = new(goal[3], goal[4], goal[5]);
        scene.ObjectInit = new(goal[0], goal[1], goal[2]);
        scene.SetObject(scene.ObjectInit);
        scene.SetSitePosition("goal", scene.Target);

        double rest = scene.Position("geom:objGeom").Z;
        double carry = rest + 0.04;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(CarryHeight, carry);
        Point above = scene.ObjectInit with { Z = carry };
        scene.SetMemory(MaxPlacing, (above - scene.Target).Length + carry);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        RewardTools.SciPyQuaternion(
            view.Matrix(ObjectGeom), out TLane x, out TLane y, out TLane z, out TLane w);
        view.SetObject(0, view.Position(Object), x, y, z, w);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> puck = view.Observation.Object;
        TLane open = view.Observation.Gripper > TLane.Const(0);
        TLane distance = Vec3<TLane>.Length(puck - view.Target);
        TLane tcpToObject = Vec3<TLane>.Length(puck - view.Tcp);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - view.Target));

        // caged by the pads, closed by the action
        TLane closed = RewardTools.Clip(view.Action(3), 0, 1);
        TLane caging = new PadCaging(0.015, 0.05, 0.005).Caged(view, puck);
        TLane grasp = RewardTools.Hamacher(caging, (caging > TLane.Const(0.97)) & closed);
        grasp = (grasp + caging) / TLane.Const(2);

        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        TLane held = (tcpToObject < TLane.Const(0.02)) & open & (puck.Z - TLane.Const(0.01) > view.ObjectInit.Z);
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(5) * inPlace)), reward);
        reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward);
        TLane lifted = puck.Z - TLane.Const(0.02) > view.ObjectInit.Z;
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(0.07),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Touching & open & lifted),
            GraspReward = grasp,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> puck = view.Observation.Object;
        TLane rest = view.Memory(RestHeight);
        TLane carry = view.Memory(CarryHeight);
        TLane reach = Vec3<TLane>.Length(puck - view.Tcp);
        TLane distance = Vec3<TLane>.Length(puck - view.Target);
        TLane reachReward = FirstRewards.ReachFromAbove(view, puck, view.TcpInit.Z, 2);
        TLane picked = FirstRewards.Picked(puck.Z, rest, carry, distance, reach);
        TLane lift = FirstRewards.Lift(puck.Z, rest, carry, picked, reach);
        TLane place = FirstRewards.Approach(view.Memory(MaxPlacing), distance);
        return (reachReward + lift) + FirstRewards.PositiveWhere(picked & (reach < TLane.Const(0.1)), place);
    }
}

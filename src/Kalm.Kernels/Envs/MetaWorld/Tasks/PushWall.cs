using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Push the puck around the wall to the goal (sawyer_push_wall_v3.py).</summary>
internal readonly struct PushWall : ITask
{
    private const int ObjectGeom = 0;
    private const int MaxPushDistance = 0;
    private const double Radius = 0.05;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "push-wall",
        Scene = "push_wall_v3",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.05, 0.6, 0.015, -0.05, 0.85, 0.01],
        RandomHigh = [0.05, 0.65, 0.015, 0.05, 0.9, 0.02],
        GoalLow = new(-0.05, 0.85, 0.01),
        GoalHigh = new(0.05, 0.9, 0.02),
        Handles = ["geom:objGeom"],
        MovedSites = ["goal"],
        MainObject = "objGeom",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        double height = scene.Position("geom:objGeom").Z;
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();
        scene.Target = new(goal[3], goal[4], height);
        scene.ObjectInit = new(goal[0], goal[1], height);
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(MaxPushDistance, (scene.ObjectInit - scene.Target).LengthXY);
        scene.SetObject(scene.ObjectInit);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        RewardTools.SciPyQuaternion(
            view.Matrix(ObjectGeom), out TLane x, out TLane y, out TLane z, out TLane w);
        view.SetObject(0, view.Position(ObjectGeom), x, y, z, w);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> puck = view.Observation.Object;
        TLane open = view.Observation.Gripper > TLane.Const(0);
        TLane tcpToObject = Vec3<TLane>.Length(puck - view.Tcp);

        // first beside the wall, then to the goal
        Vec3<TLane> middle = new(TLane.Const(-0.05), TLane.Const(0.77), puck.Z);
        TLane toMiddle = Vec3<TLane>.Length(RewardTools.Scaled(puck - middle, 3, 1, 1));
        TLane margin = Vec3<TLane>.Length(RewardTools.Scaled(view.ObjectInit - middle, 3, 1, 1));
        TLane besideWall = RewardTools.LongTail(toMiddle, Radius, margin);
        TLane distance = Vec3<TLane>.Length(puck - view.Target);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - view.Target));

        TLane grasp = new Caging(0.015, 0.05, 0.01, 0.005, highDensity: true).Reward(view, puck);
        TLane reach = TLane.Const(2) * grasp;
        TLane before = (reach + TLane.Const(1)) + (TLane.Const(4) * besideWall);
        TLane after = ((reach + TLane.Const(1)) + TLane.Const(4)) + (TLane.Const(3) * inPlace);
        TLane held = (tcpToObject < TLane.Const(0.02)) & open;
        TLane reward = TLane.Select(held, TLane.Select(puck.Y > TLane.Const(0.75), after, before), reach);
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
        TLane reach = Vec3<TLane>.Length(view.Tcp - puck);
        TLane push = FirstRewards.Approach(view.Memory(MaxPushDistance), RewardTools.LengthXY(puck - view.Target));
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), push);
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Push the puck to the goal (sawyer_push_v3.py).</summary>
internal readonly struct Push : ITask
{
    private const int Object = 0;
    private const int ObjectGeom = 1;
    private const int MaxPushDistance = 0;
    private const double Radius = 0.05;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "push",
        Scene = "push_v3",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.1, 0.6, 0.02, -0.1, 0.8, 0.01],
        RandomHigh = [0.1, 0.7, 0.02, 0.1, 0.9, 0.02],
        GoalLow = new(-0.1, 0.8, 0.01),
        GoalHigh = new(0.1, 0.9, 0.02),
        Handles = ["body:obj", "geom:objGeom"],
        MovedSites = ["goal"],
        MainObject = "objGeom",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        double height = scene.Position("body:obj").Z;
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();
        scene.Target = new(goal[3], goal[4], height);
        scene.ObjectInit = new(goal[0], goal[1], height);
        scene.SetObject(scene.ObjectInit);
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(MaxPushDistance, (scene.ObjectInit - scene.Target).LengthXY);
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
        TLane opening = view.Observation.Gripper;
        TLane tcpToObject = Vec3<TLane>.Length(puck - view.Tcp);
        TLane distance = Vec3<TLane>.Length(puck - view.Target);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - view.Target));
        TLane grasp = new Caging(0.015, 0.05, 0.01, 0.005, highDensity: true).Reward(view, puck);

        TLane reward = TLane.Const(2) * grasp;
        TLane held = (tcpToObject < TLane.Const(0.02)) & (opening > TLane.Const(0));
        reward = TLane.Select(
            held, reward + (TLane.Const(1) + reward + (TLane.Const(5) * inPlace)), reward);
        reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward);
        TLane lifted = puck.Z - TLane.Const(0.02) > view.ObjectInit.Z;
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(Radius),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Touching & (opening > TLane.Const(0)) & lifted),
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
        TLane distance = RewardTools.LengthXY(puck - view.Target);
        TLane push = FirstRewards.Approach(view.Memory(MaxPushDistance), distance);
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), push);
    }
}

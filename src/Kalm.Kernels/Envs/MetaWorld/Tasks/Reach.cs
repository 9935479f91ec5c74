using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Move the gripper to the goal (sawyer_reach_v3.py).</summary>
internal readonly struct Reach : ITask
{
    private const int Object = 0;
    private const int ObjectGeom = 1;
    private const int MaxReachDistance = 0;
    private const double Radius = 0.05;
    private const double StartY = 0.6;
    private const double StartZ = 0.2;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "reach",
        Scene = "reach_v3",
        HandInit = new(0, StartY, StartZ),
        RandomLow = [-0.1, 0.6, 0.02, -0.1, 0.8, 0.05],
        RandomHigh = [0.1, 0.7, 0.02, 0.1, 0.9, 0.3],
        GoalLow = new(-0.1, 0.8, 0.05),
        GoalHigh = new(0.1, 0.9, 0.3),
        Handles = ["body:obj", "geom:objGeom"],
        MovedSites = ["goal"],
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
        scene.SetMemory(MaxReachDistance, (scene.TcpInit - scene.Target).Length);
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
    /// <remarks>Quirk: near_object and grasp_reward are the distance, grasp_success is always 1.</remarks>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane distance = Vec3<TLane>.Length(view.Tcp - view.Target);
        Vec3<TLane> start = RewardTools.Constant<TLane>(0, StartY, StartZ);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(start - view.Target));
        return new()
        {
            Reward = TLane.Const(10) * inPlace,
            Success = distance <= TLane.Const(Radius),
            NearObject = distance,
            GraspSuccess = TLane.Const(1),
            GraspReward = distance,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane distance = Vec3<TLane>.Length(view.Tcp - view.Target);
        return TLane.Max(FirstRewards.Approach(view.Memory(MaxReachDistance), distance), TLane.Const(0));
    }
}

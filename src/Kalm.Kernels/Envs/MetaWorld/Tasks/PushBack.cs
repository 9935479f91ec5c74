using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Pull the block back to the goal (sawyer_push_back_v3.py).</summary>
internal readonly struct PushBack : ITask
{
    private const int ObjectGeom = 0;
    private const int MaxPushDistance = 0;
    private const double Radius = 0.05;
    private const double BlockRadius = 0.007;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "push-back",
        Scene = "push_back_v3",

        // the original stores it in single precision
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [-0.1, 0.8, 0.02, -0.1, 0.6, 0.0199],
        RandomHigh = [0.1, 0.85, 0.02, 0.1, 0.7, 0.0201],
        GoalLow = new(-0.1, 0.6, 0.0199),
        GoalHigh = new(0.1, 0.7, 0.0201),
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
        view.SetObject(0, view.Position(ObjectGeom), x, y, z, w);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> block = view.Observation.Object;
        TLane opening = view.Observation.Gripper;
        TLane open = opening > TLane.Const(0);
        TLane tcpToObject = Vec3<TLane>.Length(block - view.Tcp);
        TLane distance = Vec3<TLane>.Length(block - view.Target);
        TLane firstDistance = Vec3<TLane>.Length(view.ObjectInit - view.Target);
        TLane inPlace = RewardTools.LongTail(distance, Radius, firstDistance);
        TLane grasp = new PadCaging(BlockRadius, BlockRadius + 0.003, 0.01).Reward(view, block);

        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        TLane held = (tcpToObject < TLane.Const(0.01)) & open & (opening < TLane.Const(0.55))
            & (firstDistance - distance > TLane.Const(0.01));
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(5) * inPlace)), reward);
        reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward);
        TLane lifted = block.Z - TLane.Const(0.02) > view.ObjectInit.Z;
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
        Vec3<TLane> block = view.Observation.Object;
        TLane reach = Vec3<TLane>.Length(view.Tcp - block);
        TLane push = FirstRewards.Approach(view.Memory(MaxPushDistance), RewardTools.LengthXY(block - view.Target));
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), push);
    }
}

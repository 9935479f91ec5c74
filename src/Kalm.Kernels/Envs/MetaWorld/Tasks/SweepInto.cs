using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Sweep the block into the hole (sawyer_sweep_into_goal_v3.py).</summary>
internal readonly struct SweepInto : ITask
{
    private const int Object = 0;
    private const int ObjectGeom = 1;
    private const int MaxPushDistance = 0;
    private const double Radius = 0.05;
    private const double BlockRadius = 0.02;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "sweep-into",
        Scene = "table_with_hole",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.1, 0.6, 0.02, -0.001, 0.8399, 0.0199],
        RandomHigh = [0.1, 0.7, 0.02, 0.001, 0.8401, 0.0201],
        GoalLow = new(-0.001, 0.8399, 0.0199),
        GoalHigh = new(0.001, 0.8401, 0.0201),
        Handles = ["body:obj", "geom:objGeom"],
        MovedSites = ["goal"],
        MainObject = "objGeom",
    };

    /// <inheritdoc/>
    /// <remarks>Quirk: the goal's part of the random vector is drawn and not used.</remarks>
    public static void Reset(ResetScene scene)
    {
        double height = scene.Position("body:obj").Z;
        scene.Target = new(0, 0.84, 0.02);
        IReadOnlyList<double> block = scene.RandomVector();
        while ((new Point(block[0], block[1], 0) - scene.Target).LengthXY < 0.15) block = scene.RandomVector();
        scene.ObjectInit = new(block[0], block[1], height);
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
        // the goal at the block's height
        Vec3<TLane> block = view.Observation.Object;
        Vec3<TLane> target = new(view.Target.X, view.Target.Y, block.Z);
        TLane distance = Vec3<TLane>.Length(block - target);
        TLane tcpToObject = Vec3<TLane>.Length(block - view.Tcp);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - target));
        TLane grasp = new PadCaging(BlockRadius, BlockRadius + 0.005, 0.01).Reward(view, block);
        TLane reward = (TLane.Const(2) * grasp) + (TLane.Const(6) * RewardTools.Hamacher(grasp, inPlace));
        return new()
        {
            Reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward),
            Success = distance <= TLane.Const(0.05),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Touching & (view.Observation.Gripper > TLane.Const(0))),
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

        // a block in the hole counts as pushed all the way
        TLane stays = ~((block.Z < view.ObjectInit.Z - TLane.Const(0.05))
            & (block.Y > TLane.Const(0.4)) & (block.Y < TLane.Const(1)));
        TLane distance = stays & RewardTools.LengthXY(block - view.Target);
        TLane push = FirstRewards.Approach(view.Memory(MaxPushDistance), distance);
        return (stays & -reach) + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), push);
    }
}

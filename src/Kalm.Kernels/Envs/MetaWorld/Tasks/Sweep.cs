using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Sweep the block off the table (sawyer_sweep_v3.py).</summary>
internal readonly struct Sweep : ITask
{
    private const int Object = 0;
    private const int MaxPushDistance = 0;
    private const double Radius = 0.05;
    private const double BlockRadius = 0.02;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "sweep",
        Scene = "sweep_v3",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.1, 0.6, 0.02],
        RandomHigh = [0.1, 0.7, 0.02],
        GoalLow = new(0.49, 0.6, 0),
        GoalHigh = new(0.51, 0.7, 0.02),
        Handles = ["body:obj"],
        MovedSites = ["goal"],
        MainObject = "objGeom",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> block = scene.RandomVector();
        scene.ObjectInit = new(block[0], block[1], 0.02);
        scene.Target = new(0.5, block[1], 0.01);
        scene.SetObject(scene.ObjectInit);
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(MaxPushDistance, (scene.ObjectInit - scene.Target).LengthXY);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(0, view.Position(Object), view.Quaternion(Object));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> block = view.Observation.Object;
        TLane distance = Vec3<TLane>.Length(block - view.Target);
        TLane tcpToObject = Vec3<TLane>.Length(block - view.Tcp);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - view.Target));
        TLane grasp = new PadCaging(BlockRadius, BlockRadius + 0.01, 0.005).Reward(view, block);
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
        TLane reach = Vec3<TLane>.Length(block - view.Tcp);

        // a block that fell counts as pushed all the way
        TLane stays = ~(block.Z < view.ObjectInit.Z - TLane.Const(0.05));
        TLane distance = stays & RewardTools.LengthXY(block - view.Target);
        TLane push = FirstRewards.Approach(view.Memory(MaxPushDistance), distance);
        return (stays & -reach) + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), push);
    }
}

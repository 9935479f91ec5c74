using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Push a drawer shut (sawyer_drawer_close_v3.py).</summary>
internal readonly struct DrawerClose : ITask
{
    private const int Drawer = 0;
    private const double MaxDistance = 0.15;
    private const double Radius = 0.05;
    private const double ReachRadius = 0.005;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "drawer-close",
        Scene = "drawer",
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [-0.1, 0.9, 0],
        RandomHigh = [0.1, 0.9, 0],
        GoalLow = new(-0.5, 0.4, 0.05),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = ["body:drawer_link"],
        MovedBodies = ["drawer"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> drawer = scene.RandomVector();
        Point closed = new(drawer[0], drawer[1], drawer[2]);
        scene.SetBodyPosition("drawer", closed);
        scene.Target = closed + new Point(0, -0.16, 0.09);

        // pulled out, with the speed it has
        scene.SetCoordinate(9, -MaxDistance);
        scene.Forward();
        scene.ObjectInit = scene.Position("body:drawer_link") + new Point(0, -0.16, 0.05);
        scene.SetSitePosition("goal", scene.Target);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        view.SetObject(0, view.Position(Drawer) + RewardTools.Constant<TLane>(0, -0.16, 0.05), zero, zero, zero, zero);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Observation.Object;
        TLane distance = Vec3<TLane>.Length(handle - view.Target);
        TLane margin = TLane.Abs(Vec3<TLane>.Length(view.ObjectInit - view.Target) - TLane.Const(Radius));
        TLane inPlace = RewardTools.LongTail(distance, Radius, margin);
        TLane tcpToObject = Vec3<TLane>.Length(handle - view.Tcp);
        TLane reachMargin = TLane.Abs(Vec3<TLane>.Length(view.ObjectInit - view.TcpInit) - TLane.Const(ReachRadius));
        TLane reach = RewardTools.Gaussian(tcpToObject, ReachRadius, reachMargin);
        TLane grasp = RewardTools.Hamacher(reach, RewardTools.Clip(view.Action(3), 0, 1));
        TLane success = distance <= TLane.Const(Radius + 0.015);
        TLane reward = TLane.Select(success, TLane.Const(1), RewardTools.Hamacher(grasp, inPlace));
        return new()
        {
            Reward = reward * TLane.Const(10),
            Success = success,
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.01)),
            GraspSuccess = TLane.Const(1),
            GraspReward = grasp,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => DrawerOpen.FirstReward(view, MaxDistance);
}

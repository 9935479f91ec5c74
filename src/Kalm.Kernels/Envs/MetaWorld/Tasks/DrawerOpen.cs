using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Pull a drawer open (sawyer_drawer_open_v3.py).</summary>
internal readonly struct DrawerOpen : ITask
{
    private const int Drawer = 0;
    private const double MaxDistance = 0.2;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "drawer-open",
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
    /// <remarks>Quirk: no forward after the drawer was moved, so the first observation shows its old place.</remarks>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> drawer = scene.RandomVector();
        scene.ObjectInit = new(drawer[0], drawer[1], drawer[2]);
        scene.SetBodyPosition("drawer", scene.ObjectInit);
        scene.Target = scene.ObjectInit + new Point(0, -0.16 - MaxDistance, 0.09);
        scene.SetSitePosition("goal", scene.Target);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        view.SetObject(0, view.Position(Drawer) + RewardTools.Constant<TLane>(0, -0.16, 0), view.Quaternion(Drawer));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = view.Observation.Hand;
        Vec3<TLane> handle = view.Observation.Object;
        TLane distance = Vec3<TLane>.Length(handle - view.Target);
        TLane opened = RewardTools.LongTail(distance, 0.02, TLane.Const(MaxDistance));

        // x and y count three times, so that the hand comes down around the handle
        Vec3<TLane> handleInit = view.Target + RewardTools.Constant<TLane>(0, MaxDistance, 0);
        TLane error = Vec3<TLane>.Length(RewardTools.Scaled(handle - hand, 3, 3, 1));
        TLane caged = RewardTools.LongTail(
            error, 0.01, Vec3<TLane>.Length(RewardTools.Scaled(handleInit - view.TcpInit, 3, 3, 1)));
        return new()
        {
            Reward = (caged + opened) * TLane.Const(5),
            Success = distance <= TLane.Const(0.03),
            NearObject = RewardTools.Flag(Vec3<TLane>.Length(handle - hand) <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Observation.Gripper > TLane.Const(0)),
            GraspReward = caged,
            InPlaceReward = opened,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => FirstReward(view, MaxDistance);

    /// <summary>Reward version 1 of both drawer tasks.</summary>
    public static TLane FirstReward<TLane, TRows>(in TaskView<TLane, TRows> view, double farthest)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Observation.Object;
        TLane distance = TLane.Abs(handle.Y - view.Target.Y);
        TLane reach = Vec3<TLane>.Length(handle - view.Tcp);
        return -reach + FirstRewards.PositiveWhere(
            reach < TLane.Const(0.05), FirstRewards.Approach(TLane.Const(farthest), distance));
    }
}

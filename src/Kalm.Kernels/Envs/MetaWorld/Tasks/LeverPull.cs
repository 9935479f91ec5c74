using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Turn the lever up (sawyer_lever_pull_v3.py).</summary>
internal readonly struct LeverPull : ITask
{
    private const int Lever = 0;
    private const int LeverGeom = 1;
    private const int LeverAxis = 2;
    private const int LeverInit = 0;
    private const int MaxPullDistance = 3;
    private const double LeverRadius = 0.2;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "lever-pull",
        Scene = "lever_pull",

        // the original stores it in single precision
        HandInit = new(0, 0.4f, 0.2f),
        MocapLow = new(-0.5, 0.4, -0.15),
        RandomLow = [-0.1, 0.7, 0],
        RandomHigh = [0.1, 0.8, 0],
        GoalLow = new(-0.5, 0.4, -0.15),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = ["site:leverStart", "geom:objGeom", "joint:LeverAxis"],
        MovedBodies = ["lever"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    /// <remarks>Quirk: the lever is moved without a forward.</remarks>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> lever = scene.RandomVector();
        scene.ObjectInit = new(lever[0], lever[1], lever[2]);
        scene.SetBodyPosition("lever", scene.ObjectInit);
        scene.SetMemory(LeverInit, scene.ObjectInit + new Point(0.12, -LeverRadius, 0.25));
        scene.Target = scene.ObjectInit + new Point(0.12, 0, 0.25 + LeverRadius);
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(MaxPullDistance, (scene.Target - scene.ObjectInit).Length);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        RewardTools.SciPyQuaternion(
            view.Matrix(LeverGeom), out TLane x, out TLane y, out TLane z, out TLane w);
        view.SetObject(0, view.Position(Lever), x, y, z, w);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the arm's shoulder under the lever; an error in y counts less
        Vec3<TLane> lever = view.Observation.Object;
        Vec3<TLane> offset = RewardTools.Constant<TLane>(0, 0.055, 0.07);
        Vec3<TLane> way = RewardTools.Scaled(view.Observation.Hand + offset - lever, 4, 1, 4);
        Vec3<TLane> firstWay = RewardTools.Scaled(view.TcpInit + offset - view.MemoryPoint(LeverInit), 4, 1, 4);
        TLane shoulderToLever = Vec3<TLane>.Length(way);
        TLane ready = RewardTools.LongTail(shoulderToLever, 0.02, Vec3<TLane>.Length(firstWay));

        // the lever's angle from upright
        TLane error = TLane.Abs(-view.Coordinate(LeverAxis) - TLane.Const(Math.PI / 2));
        TLane engagement = RewardTools.LongTail(
            error, Math.PI / 48, TLane.Const((Math.PI / 2) - (Math.PI / 12)));

        TLane distance = Vec3<TLane>.Length(lever - view.Target);
        TLane margin = Vec3<TLane>.Length(view.MemoryPoint(LeverInit) - view.Target);
        TLane inPlace = RewardTools.LongTail(distance, 0.04, margin);
        return new()
        {
            Reward = TLane.Const(10) * RewardTools.Hamacher(ready, inPlace),
            Success = error <= TLane.Const(Math.PI / 24),
            NearObject = RewardTools.Flag(shoulderToLever < TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(ready > TLane.Const(0.9)),
            GraspReward = ready,
            InPlaceReward = engagement,
            ObjToTarget = shoulderToLever,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> lever = view.Observation.Object;
        TLane reach = Vec3<TLane>.Length(lever - view.Tcp);
        TLane pull = FirstRewards.Approach(view.Memory(MaxPullDistance), Vec3<TLane>.Length(lever - view.Target));
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), pull);
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Turn a faucet open (sawyer_faucet_open_v3.py).</summary>
internal readonly struct FaucetOpen : ITask
{
    /// <summary>Length of the faucet's handle, m.</summary>
    public const double HandleLength = 0.175;

    private const int Handle = 0;
    private const int Base = 1;
    private const int MaxDistance = 0;
    private const double Radius = 0.07;
    private const double ReachRadius = 0.01;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "faucet-open",
        Scene = "faucet",
        HandInit = new(0, 0.4, 0.2),
        MocapLow = new(-0.5, 0.4, -0.15),
        RandomLow = [-0.05, 0.8, 0],
        RandomHigh = [0.05, 0.85, 0],
        GoalLow = new(-0.5, 0.4, -0.15),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = ["site:handleStartOpen", "body:faucetBase"],
        MovedBodies = ["faucetBase"],
        MovedSites = ["goal_open"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        Place(scene, HandleLength);
        scene.SetSitePosition("goal_open", scene.Target);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        view.SetObject(0, view.Position(Handle) + RewardTools.Constant<TLane>(0, 0, -0.01), view.Quaternion(Base));

    /// <inheritdoc/>
    /// <remarks>Opening is judged at a point beside the observed one, closing at that itself.</remarks>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        Judge(view, view.Observation.Object + RewardTools.Constant<TLane>(-0.04, 0, 0.03));

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => FirstReward(view);

    /// <summary>The reset of both faucet tasks up to the goal's site.</summary>
    /// <param name="scene">The world.</param>
    /// <param name="turned">Where the goal is, seen from the faucet along x, m.</param>
    public static void Place(ResetScene scene, double turned)
    {
        IReadOnlyList<double> faucet = scene.RandomVector();
        scene.ObjectInit = new(faucet[0], faucet[1], faucet[2]);
        scene.SetBodyPosition("faucetBase", scene.ObjectInit);
        scene.Target = scene.ObjectInit + new Point(turned, 0, 0.125);
        scene.SetMemory(MaxDistance, (scene.Target - scene.ObjectInit).Length);
    }

    /// <summary>Evaluates both faucet tasks by a point of the handle.</summary>
    public static Evaluation<TLane> Judge<TLane, TRows>(in TaskView<TLane, TRows> view, Vec3<TLane> point)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane distance = Vec3<TLane>.Length(point - view.Target);
        TLane margin = TLane.Abs(Vec3<TLane>.Length(view.ObjectInit - view.Target) - TLane.Const(Radius));
        TLane inPlace = RewardTools.LongTail(distance, Radius, margin);
        TLane tcpToObject = Vec3<TLane>.Length(point - view.Tcp);
        TLane reachMargin = TLane.Abs(Vec3<TLane>.Length(view.ObjectInit - view.TcpInit) - TLane.Const(ReachRadius));
        TLane reach = RewardTools.Gaussian(tcpToObject, ReachRadius, reachMargin);
        TLane success = distance <= TLane.Const(Radius);
        TLane reward = ((TLane.Const(2) * reach) + (TLane.Const(3) * inPlace)) * TLane.Const(2);
        return new()
        {
            Reward = TLane.Select(success, TLane.Const(10), reward),
            Success = success,
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.01)),
            GraspSuccess = TLane.Const(1),
            GraspReward = reach,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <summary>Reward version 1 of both faucet tasks, at the observed point.</summary>
    public static TLane FirstReward<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Observation.Object;
        TLane distance = Vec3<TLane>.Length(handle - view.Target);
        TLane reach = Vec3<TLane>.Length(handle - view.Tcp);
        return -reach + FirstRewards.PositiveWhere(
            reach < TLane.Const(0.05), FirstRewards.Approach(view.Memory(MaxDistance), distance));
    }
}

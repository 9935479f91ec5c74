using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Push the window shut (sawyer_window_close_v3.py).</summary>
internal readonly struct WindowClose : ITask
{
    private const int Handle = 0;
    private const int HandleInit = 0;
    private const double Radius = 0.05;
    private const double HandleRadius = 0.02;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "window-close",
        Scene = "window_horizontal",

        // the original stores it in single precision
        HandInit = new(0, 0.4f, 0.2f),
        RandomLow = [0, 0.75, 0.2],
        RandomHigh = [0, 0.9, 0.2],
        GoalLow = new(-0.5, 0.4, 0.05),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = ["site:handleCloseStart"],
        MovedBodies = ["window"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    /// <remarks>
    /// Quirks: window and slide are moved without a forward, so that the handle's first place and the first observation
    /// are those of the scene before.
    /// </remarks>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> window = scene.RandomVector();
        scene.ObjectInit = new(window[0], window[1], window[2]);
        scene.Target = scene.ObjectInit;
        scene.SetBodyPosition("window", scene.ObjectInit);
        scene.SetMemory(HandleInit, scene.Position("site:handleCloseStart") + new Point(0.2, 0, 0));
        scene.SetCoordinate(scene.CoordinateOf("window_slide"), 0.2);
        scene.SetSitePosition("goal", scene.Target);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        view.SetObject(0, view.Position(Handle), zero, zero, zero, zero);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Position(Handle);
        Vec3<TLane> handleInit = view.MemoryPoint(HandleInit);
        TLane distance = TLane.Abs(handle.X - view.Target.X);
        TLane margin = TLane.Abs(TLane.Abs(handleInit.X - view.Target.X) - TLane.Const(Radius));
        TLane inPlace = RewardTools.LongTail(distance, Radius, margin);
        TLane tcpToObject = Vec3<TLane>.Length(handle - view.Tcp);
        TLane reachMargin = TLane.Abs(Vec3<TLane>.Length(handleInit - view.TcpInit) - TLane.Const(HandleRadius));
        TLane reach = RewardTools.Gaussian(tcpToObject, TLane.Const(0), TLane.Const(HandleRadius), reachMargin);
        return new()
        {
            Reward = TLane.Const(10) * RewardTools.Hamacher(reach, inPlace),
            Success = distance <= TLane.Const(Radius),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.05)),
            GraspSuccess = TLane.Const(1),
            GraspReward = reach,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Observation.Object;
        TLane reach = Vec3<TLane>.Length(handle - view.Tcp);
        TLane pull = FirstRewards.Approach(TLane.Const(0.2), TLane.Abs(handle.X - view.Target.X));
        return -reach + ((reach < TLane.Const(0.05)) & pull);
    }
}

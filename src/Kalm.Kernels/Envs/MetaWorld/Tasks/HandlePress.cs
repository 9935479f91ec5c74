using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Press a handle down (sawyer_handle_press_v3.py).</summary>
internal readonly struct HandlePress : ITask
{
    private const int Handle = 0;
    private const int HandleInit = 0;
    private const int MaxDistance = 3;
    private const double Radius = 0.02;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "handle-press",
        Scene = "handle_press",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.1, 0.8, -0.001],
        RandomHigh = [0.1, 0.9, 0.001],
        GoalLow = new(-0.1, 0.55, 0.04),
        GoalHigh = new(0.1, 0.7, 0.08),
        Handles = ["site:handleStart"],
        MovedBodies = ["box"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene) => Place(scene);

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Look(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Judge(view);

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => FirstReward(view);

    /// <summary>The reset of both press tasks.</summary>
    public static void Place(ResetScene scene)
    {
        IReadOnlyList<double> box = scene.RandomVector();
        scene.ObjectInit = new(box[0], box[1], box[2]);
        scene.SetBodyPosition("box", scene.ObjectInit);
        scene.SetObjectJoint(-0.001);
        scene.Target = scene.Position("site:goalPress");
        Point handle = scene.Position("site:handleStart");
        scene.SetMemory(HandleInit, handle);
        scene.SetMemory(MaxDistance, Math.Abs(handle.Z - scene.Target.Z));
    }

    /// <summary>Observes the handle, without an orientation.</summary>
    public static void Look<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        view.SetObject(0, view.Position(Handle), zero, zero, zero, zero);
    }

    /// <summary>Evaluates both press tasks.</summary>
    public static Evaluation<TLane> Judge<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Observation.Object;
        Vec3<TLane> handleInit = view.MemoryPoint(HandleInit);

        // height alone counts
        TLane distance = TLane.Abs(handle.Z - view.Target.Z);
        TLane margin = TLane.Abs(TLane.Abs(handleInit.Z - view.Target.Z) - TLane.Const(Radius));
        TLane inPlace = RewardTools.LongTail(distance, Radius, margin);
        TLane tcpToObject = Vec3<TLane>.Length(handle - view.Tcp);
        TLane reachMargin = TLane.Abs(Vec3<TLane>.Length(handleInit - view.TcpInit) - TLane.Const(Radius));
        TLane reach = RewardTools.LongTail(tcpToObject, Radius, reachMargin);
        TLane success = distance <= TLane.Const(Radius);
        TLane reward = TLane.Select(success, TLane.Const(1), RewardTools.Hamacher(reach, inPlace));
        return new()
        {
            Reward = reward * TLane.Const(10),
            Success = success,
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.05)),
            GraspSuccess = TLane.Const(1),
            GraspReward = reach,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <summary>Reward version 1 of both press tasks: of the left finger alone.</summary>
    public static TLane FirstReward<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Observation.Object;
        TLane distance = TLane.Abs(handle.Z - view.Target.Z);
        return Buttons.FirstReward(view.LeftFinger, handle, view.Memory(MaxDistance), distance);
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Pull the handle up from the side (sawyer_handle_pull_side_v3.py).</summary>
internal readonly struct HandlePullSide : ITask
{
    private const int Handle = 0;
    private const int MaxDistance = 0;
    private const double Radius = 0.05;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "handle-pull-side",
        Scene = "handle_press_sideways",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.35, 0.65, 0],
        RandomHigh = [-0.25, 0.75, 0],
        GoalLow = new(-0.5, 0.4, 0.05),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = ["site:handleCenter"],
        MovedBodies = ["box"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> box = scene.RandomVector();
        scene.SetBodyPosition("box", new(box[0], box[1], box[2]));
        scene.SetObjectJoint(-0.1);
        scene.Target = scene.Position("site:goalPull");
        scene.SetMemory(MaxDistance, Math.Abs(scene.Position("site:handleStart").Z - scene.Target.Z));
        scene.ObjectInit = scene.Position("site:handleCenter");
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
        Vec3<TLane> handle = view.Observation.Object;
        TLane opening = view.Observation.Gripper;
        TLane tcpToObject = Vec3<TLane>.Length(handle - view.Tcp);
        TLane distance = Vec3<TLane>.Length(handle - view.Target);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - view.Target));
        TLane grasp = new Caging(0.032, 0.06, 0.01, 0.01, highDensity: true).Reward(view, handle);

        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        TLane held = (tcpToObject < TLane.Const(0.035)) & (opening > TLane.Const(0))
            & (handle.Z - TLane.Const(0.01) > view.ObjectInit.Z);
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(5) * inPlace)), reward);
        reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward);
        TLane lifted = handle.Z - TLane.Const(0.03) > view.ObjectInit.Z;
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(0.08),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.05)),
            GraspSuccess = RewardTools.Flag((opening > TLane.Const(0)) & lifted),
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
        Vec3<TLane> handle = view.Observation.Object;
        TLane reach = Vec3<TLane>.Length(handle - view.LeftFinger);
        TLane pull = FirstRewards.Approach(view.Memory(MaxDistance), TLane.Abs(handle.Z - view.Target.Z));
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), pull);
    }
}

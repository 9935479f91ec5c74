using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Pull the handle up from the front (sawyer_handle_pull_v3.py).</summary>
internal readonly struct HandlePull : ITask
{
    private const int Handle = 0;
    private const int MaxDistance = 0;
    private const double Radius = 0.05;

    /// <summary>Height of the site handleStart in its body, m.</summary>
    private const double HandleStartZ = 0.022;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "handle-pull",
        Scene = "handle_press",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.1, 0.8, -0.001],
        RandomHigh = [0.1, 0.9, 0.001],
        GoalLow = new(-0.1, 0.55, 0.04),
        GoalHigh = new(0.1, 0.7, 0.18),
        Handles = ["site:handleRight"],
        MovedBodies = ["box"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> box = scene.RandomVector();
        scene.ObjectInit = new(box[0], box[1], box[2]);
        scene.SetBodyPosition("box", scene.ObjectInit);
        scene.SetObjectJoint(-0.1);
        scene.Target = scene.Position("site:goalPull");

        // quirk: a height in the handle's body is compared with one in the world
        scene.SetMemory(MaxDistance, Math.Abs(HandleStartZ - scene.Target.Z));
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
        TLane distance = TLane.Abs(view.Target.Z - handle.Z);
        TLane inPlace = RewardTools.LongTail(distance, Radius, TLane.Abs(view.Target.Z - view.ObjectInit.Z));
        TLane grasp = new Caging(0.022, 0.05, 0.01, 0.01, highDensity: true).Reward(view, handle);

        // quirk: the handle's y is compared with the box's z, so that it always counts as lifted
        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        TLane held = (tcpToObject < TLane.Const(0.035)) & (opening > TLane.Const(0))
            & (handle.Y - TLane.Const(0.01) > view.ObjectInit.Z);
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(5) * inPlace)), reward);
        reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward);
        TLane lifted = handle.Z - TLane.Const(0.03) > view.ObjectInit.Z;
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(Radius),
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

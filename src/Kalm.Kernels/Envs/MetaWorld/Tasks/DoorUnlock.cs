using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Turn a lock open (sawyer_door_unlock_v3.py).</summary>
internal readonly struct DoorUnlock : ITask
{
    private const int Lock = 0;
    private const int Link = 1;
    private const int LockLink = 2;
    private const int MaxDistance = 0;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "door-unlock",
        Scene = "door_lock",
        HandInit = new(0, 0.6f, 0.2f),
        MocapLow = new(-0.5, 0.4, -0.15),
        RandomLow = [-0.1, 0.8, 0.15],
        RandomHigh = [0.1, 0.85, 0.15],
        GoalLow = new(0, 0.64, 0.21),
        GoalHigh = new(0.2, 0.7, 0.2111),
        Handles = ["site:lockStartUnlock", "body:door_link", "body:lock_link"],
        MovedBodies = ["door"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> door = scene.RandomVector();
        scene.SetBodyPosition("door", new(door[0], door[1], door[2]));
        scene.SetObjectJoint(1.5708);
        scene.ObjectInit = scene.Position("body:lock_link");
        scene.Target = scene.ObjectInit + new Point(0.1, -0.04, 0);
        scene.SetMemory(MaxDistance, (scene.Target - scene.ObjectInit).Length);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(0, view.Position(Lock), view.Quaternion(Link));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> latch = view.Observation.Object;

        // the gripper's shoulder pushes, not the fingers
        Vec3<TLane> shoulder = RewardTools.Constant<TLane>(0, 0.055, 0.07);
        TLane tcpToObject =
            Vec3<TLane>.Length(RewardTools.Scaled(view.Observation.Hand + shoulder - latch, 0.25, 1, 0.5));

        // quirk: obj_init_pos is a live view of the lock, so that the margin follows it
        Vec3<TLane> initial = view.TcpInit + shoulder - view.Position(LockLink);
        TLane ready =
            RewardTools.LongTail(tcpToObject, 0.02, Vec3<TLane>.Length(RewardTools.Scaled(initial, 0.25, 1, 0.5)));
        TLane distance = TLane.Abs(view.Target.X - latch.X);
        TLane pushed = RewardTools.LongTail(distance, 0.005, TLane.Const(0.1));
        return new()
        {
            Reward = (TLane.Const(2) * ready) + (TLane.Const(8) * pushed),
            Success = distance <= TLane.Const(0.02),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.05)),
            GraspSuccess = RewardTools.Flag(view.Observation.Gripper > TLane.Const(0)),
            GraspReward = ready,
            InPlaceReward = pushed,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => DoorLock.FirstReward(view, view.Memory(MaxDistance));
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Turn a lock shut (sawyer_door_lock_v3.py).</summary>
internal readonly struct DoorLock : ITask
{
    private const int Lock = 0;
    private const int Link = 1;
    private const int MaxDistance = 0;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "door-lock",
        Scene = "door_lock",
        HandInit = new(0, 0.6f, 0.2f),
        MocapLow = new(-0.5, 0.4, -0.15),
        RandomLow = [-0.1, 0.8, 0.15],
        RandomHigh = [0.1, 0.85, 0.15],
        GoalLow = new(-0.5, 0.4, -0.15),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = ["site:lockStartLock", "body:door_link"],
        MovedBodies = ["door"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> door = scene.RandomVector();
        scene.SetBodyPosition("door", new(door[0], door[1], door[2]));
        scene.Step(5);

        // a live view of the lock in the original, of which the rewards only use its distance from the target now
        scene.ObjectInit = scene.Position("body:lock_link");
        scene.Target = scene.ObjectInit + new Point(0, -0.04, -0.1);
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
        TLane tcpToObject = Vec3<TLane>.Length(RewardTools.Scaled(latch - view.LeftPad, 0.25, 1, 0.5));
        TLane distance = TLane.Abs(view.Target.Z - latch.Z);

        // quirk: init_left_pad is a live view of the pad, so that the margin is the distance itself
        TLane near = RewardTools.LongTail(tcpToObject, 0.01, tcpToObject);
        TLane pressed = RewardTools.LongTail(distance, 0.005, TLane.Const(0.1));
        TLane reward = TLane.Const(2) * RewardTools.Hamacher(TLane.Max(view.Observation.Gripper, TLane.Const(0)), near);
        return new()
        {
            Reward = reward + (TLane.Const(8) * pressed),
            Success = distance <= TLane.Const(0.02),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.05)),
            GraspSuccess = RewardTools.Flag(view.Observation.Gripper > TLane.Const(0)),
            GraspReward = near,
            InPlaceReward = pressed,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => FirstReward(view, view.Memory(MaxDistance));

    /// <summary>Reward version 1 of both lock tasks.</summary>
    public static TLane FirstReward<TLane, TRows>(in TaskView<TLane, TRows> view, TLane farthest)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> latch = view.Observation.Object;
        TLane distance = Vec3<TLane>.Length(latch - view.Target);
        TLane reach = Vec3<TLane>.Length(latch - view.Tcp);
        return -reach
            + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), FirstRewards.Approach(farthest, distance));
    }
}

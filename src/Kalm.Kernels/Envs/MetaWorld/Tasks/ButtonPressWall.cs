using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Press a button behind a wall from the front (sawyer_button_press_wall_v3.py).</summary>
internal readonly struct ButtonPressWall : ITask
{
    private const int TargetInit = 0;
    private const int MaxDistance = 1;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "button-press-wall",
        Scene = "button_press_wall",
        HandInit = new(0, 0.4f, 0.2f),
        RandomLow = [-0.05, 0.85, 0.1149],
        RandomHigh = [0.05, 0.9, 0.1151],
        GoalLow = new(-0.5, 0.4, 0.05),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = Buttons.Handles,
        MovedBodies = ["box"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> box = scene.RandomVector();
        scene.ObjectInit = new(box[0], box[1], box[2]);
        scene.SetBodyPosition("box", scene.ObjectInit);
        scene.SetObjectJoint(0);
        scene.Target = scene.Position("site:hole");
        Point way = scene.Target - scene.Position("site:buttonStart");
        scene.SetMemory(TargetInit, Math.Abs(way.Y));

        // quirk: the version 1 reward measures y and takes its greatest distance from z
        scene.SetMemory(MaxDistance, Math.Abs(way.Z));
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => ButtonPress.Look(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> button = view.Observation.Object;
        TLane opening = view.Observation.Gripper;
        TLane tcpToObject = Vec3<TLane>.Length(button - view.Tcp);
        TLane distance = TLane.Abs(view.Target.Y - button.Y);

        // quirk: the margin follows the button of now
        TLane near = RewardTools.LongTail(tcpToObject, 0.01, Vec3<TLane>.Length(button - view.TcpInit));
        TLane pressed = RewardTools.LongTail(distance, 0.005, view.Memory(TargetInit));
        TLane far = TLane.Const(2) * RewardTools.Hamacher((TLane.Const(1) - opening) / TLane.Const(2), near);
        TLane close = TLane.Const(2) + (TLane.Const(2) * (TLane.Const(1) + opening))
            + (TLane.Const(4) * (pressed * pressed));
        return new()
        {
            Reward = TLane.Select(tcpToObject > TLane.Const(0.07), far, close),
            Success = distance <= TLane.Const(0.03),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.05)),
            GraspSuccess = RewardTools.Flag(opening > TLane.Const(0)),
            GraspReward = near,
            InPlaceReward = pressed,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> button = view.Observation.Object;
        TLane distance = TLane.Abs(button.Y - view.Target.Y);
        return Buttons.FirstReward(view.LeftFinger, button, view.Memory(MaxDistance), distance);
    }
}

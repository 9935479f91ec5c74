using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Press a button from the front (sawyer_button_press_v3.py).</summary>
internal readonly struct ButtonPress : ITask
{
    private const int MaxDistance = 0;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "button-press",
        Scene = "button_press",
        HandInit = new(0, 0.4f, 0.2f),
        RandomLow = [-0.1, 0.85, 0.115],
        RandomHigh = [0.1, 0.9, 0.115],
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
        scene.SetMemory(MaxDistance, Math.Abs(scene.Target.Y - scene.Position("site:buttonStart").Y));
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Look(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> button = view.Observation.Object;
        TLane tcpToObject = Vec3<TLane>.Length(button - view.Tcp);
        TLane distance = TLane.Abs(view.Target.Y - button.Y);

        // quirk: the margin follows the button of now
        TLane near = RewardTools.LongTail(tcpToObject, 0.05, Vec3<TLane>.Length(button - view.TcpInit));
        TLane pressed = RewardTools.LongTail(distance, 0.005, view.Memory(MaxDistance));
        TLane reward = TLane.Const(2) * RewardTools.Hamacher(TLane.Max(view.Observation.Gripper, TLane.Const(0)), near);
        return new()
        {
            Reward = TLane.Select(tcpToObject <= TLane.Const(0.05), reward + (TLane.Const(8) * pressed), reward),
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
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> button = view.Observation.Object;
        TLane distance = TLane.Abs(button.Y - view.Target.Y);
        return Buttons.FirstReward(view.LeftFinger, button, view.Memory(MaxDistance), distance);
    }

    /// <summary>Observes the front of the button.</summary>
    public static void Look<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(
            0, view.Position(Buttons.Button)
                + RewardTools.Constant<TLane>(0, -0.193, 0), view.Quaternion(Buttons.Button));
}

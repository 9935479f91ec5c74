using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Press a button from above (sawyer_button_press_topdown_v3.py).</summary>
internal readonly struct ButtonPressTopdown : ITask
{
    private const int MaxDistance = 0;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "button-press-topdown",
        Scene = "button_press_topdown",
        HandInit = new(0, 0.4f, 0.2f),
        RandomLow = [-0.1, 0.8, 0.115],
        RandomHigh = [0.1, 0.9, 0.115],
        GoalLow = new(-0.5, 0.4, 0.05),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = Buttons.Handles,
        MovedBodies = ["box"],
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
        where TRows : unmanaged, IRows<TLane> => Judge(view, TLane.Const(1) - view.Observation.Gripper);

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => FirstReward(view);

    /// <summary>The reset: the box is moved, the button stays as the hand's reset left it.</summary>
    public static void Place(ResetScene scene)
    {
        IReadOnlyList<double> box = scene.RandomVector();
        scene.ObjectInit = new(box[0], box[1], box[2]);
        scene.SetBodyPosition("box", scene.ObjectInit);
        scene.Forward();
        scene.Target = scene.Position("site:hole");
        scene.SetMemory(MaxDistance, Math.Abs(scene.Target.Z - scene.Position("site:buttonStart").Z));
    }

    /// <summary>Observes the top of the button.</summary>
    public static void Look<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(
            0, view.Position(Buttons.Button)
                + RewardTools.Constant<TLane>(0, 0, 0.193), view.Quaternion(Buttons.Button));

    /// <summary>Evaluates with a measure of how the fingers are held.</summary>
    public static Evaluation<TLane> Judge<TLane, TRows>(in TaskView<TLane, TRows> view, TLane fingers)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> button = view.Observation.Object;
        TLane tcpToObject = Vec3<TLane>.Length(button - view.Tcp);
        TLane distance = TLane.Abs(view.Target.Z - button.Z);

        // quirk: the margin follows the button of now
        TLane near = RewardTools.LongTail(tcpToObject, 0.01, Vec3<TLane>.Length(button - view.TcpInit));
        TLane pressed = RewardTools.LongTail(distance, 0.005, view.Memory(MaxDistance));
        TLane reward = TLane.Const(5) * RewardTools.Hamacher(fingers, near);
        return new()
        {
            Reward = TLane.Select(tcpToObject <= TLane.Const(0.03), reward + (TLane.Const(5) * pressed), reward),
            Success = distance <= TLane.Const(0.024),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.05)),
            GraspSuccess = RewardTools.Flag(view.Observation.Gripper > TLane.Const(0)),
            GraspReward = near,
            InPlaceReward = pressed,
            ObjToTarget = distance,
        };
    }

    /// <summary>Reward version 1.</summary>
    public static TLane FirstReward<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> button = view.Observation.Object;
        return Buttons.FirstReward(view.Tcp, button, view.Memory(MaxDistance), TLane.Abs(button.Z - view.Target.Z));
    }
}

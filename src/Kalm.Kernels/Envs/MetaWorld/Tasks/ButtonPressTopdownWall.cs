using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Press a button behind a wall from above (sawyer_button_press_topdown_wall_v3.py).</summary>
internal readonly struct ButtonPressTopdownWall : ITask
{
    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "button-press-topdown-wall",
        Scene = "button_press_topdown_wall",
        HandInit = new(0, 0.4f, 0.2f),
        RandomLow = [-0.1, 0.8, 0.115],
        RandomHigh = [0.1, 0.9, 0.115],
        GoalLow = new(-0.5, 0.4, 0.05),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = Buttons.Handles,
        MovedBodies = ["box"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene) => ButtonPressTopdown.Place(scene);

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => ButtonPressTopdown.Look(view);

    /// <inheritdoc/>
    /// <remarks>Without the wall it pays to close the fingers, here to open them.</remarks>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        ButtonPressTopdown.Judge(view, TLane.Max(view.Observation.Gripper, TLane.Const(0)));

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => ButtonPressTopdown.FirstReward(view);
}

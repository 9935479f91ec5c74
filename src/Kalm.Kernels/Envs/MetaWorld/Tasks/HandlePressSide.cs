using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Press a handle at the side of the table down (sawyer_handle_press_side_v3.py).</summary>
internal readonly struct HandlePressSide : ITask
{
    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "handle-press-side",
        Scene = "handle_press_sideways",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.35, 0.65, -0.001],
        RandomHigh = [-0.25, 0.75, 0.001],
        GoalLow = new(-0.5, 0.4, 0.05),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = ["site:handleStart"],
        MovedBodies = ["box"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene) => HandlePress.Place(scene);

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => HandlePress.Look(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => HandlePress.Judge(view);

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => HandlePress.FirstReward(view);
}

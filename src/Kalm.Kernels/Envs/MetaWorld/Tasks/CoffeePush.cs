using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Push a mug under the coffee machine (sawyer_coffee_push_v3.py).</summary>
internal readonly struct CoffeePush : ITask
{
    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "coffee-push",
        Scene = "coffee",
        HandInit = new(0, 0.4, 0.2),
        RandomLow = [-0.1, 0.55, -0.001, -0.05, 0.7, -0.001],
        RandomHigh = [0.1, 0.65, 0.001, 0.05, 0.75, 0.001],
        GoalLow = new(-0.05, 0.7, -0.001),
        GoalHigh = new(0.05, 0.75, 0.001),
        Handles = CoffeePull.MugHandles,
        MovedBodies = ["coffee_machine"],
        MovedSites = ["mug_goal"],
        MainObject = "mug",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        CoffeePull.Place(scene);
        scene.SetBodyPosition("coffee_machine", scene.Target + new Point(0, 0.22, 0));
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => CoffeePull.Look(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => CoffeePull.Judge(view);

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane reach = Vec3<TLane>.Length(view.Tcp - view.Observation.Object);
        return -reach + CoffeePull.Moved(view, reach);
    }
}

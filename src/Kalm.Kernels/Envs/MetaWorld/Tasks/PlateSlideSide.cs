using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Slide the plate into the net at its side (sawyer_plate_slide_side_v3.py).</summary>
internal readonly struct PlateSlideSide : ITask
{
    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "plate-slide-side",
        Scene = "plate_slide_sideway",

        // the original stores it in single precision
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [0, 0.6, 0, -0.3, 0.54, 0],
        RandomHigh = [0, 0.6, 0, -0.25, 0.66, 0],
        GoalLow = new(-0.3, 0.54, 0),
        GoalHigh = new(-0.25, 0.66, 0),
        Handles = ["geom:puck"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    /// <remarks>
    /// Quirks: the net's position is written where the next forward overwrites it, so that the net never moves; the
    /// plate keeps the velocity it has from the time of the hand's reset.
    /// </remarks>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        scene.ObjectInit = new(goal[0], goal[1], goal[2]);
        scene.Target = new(goal[3], goal[4], goal[5]);
        scene.SetCoordinate(9, 0);
        scene.SetCoordinate(10, 0);
        scene.Forward();
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(PlateReward.MaxDistance, (scene.ObjectInit - scene.Target).LengthXY);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => PlateReward.Observe(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => PlateReward.EvaluateDown(view);

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => PlateReward.EvaluateV1(view);
}

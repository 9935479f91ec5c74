using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Slide the plate out of the net towards the robot (sawyer_plate_slide_back_v3.py).</summary>
internal readonly struct PlateSlideBack : ITask
{
    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "plate-slide-back",
        Scene = "plate_slide",

        // the original stores it in single precision
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [0, 0.85, 0, -0.1, 0.6, 0.015],
        RandomHigh = [0, 0.85, 0, 0.1, 0.6, 0.015],
        GoalLow = new(-0.1, 0.6, 0.015),
        GoalHigh = new(0.1, 0.6, 0.015),
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
        scene.SetCoordinate(10, 0.15);
        scene.Forward();
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(PlateReward.MaxDistance, (scene.Position("geom:puck") - scene.Target).LengthXY);
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

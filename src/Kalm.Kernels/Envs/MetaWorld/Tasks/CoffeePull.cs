using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Pull a mug from under the coffee machine (sawyer_coffee_pull_v3.py).</summary>
internal readonly struct CoffeePull : ITask
{
    private const int Mug = 0;
    private const int MugGeom = 1;
    private const int MaxDistance = 0;

    /// <summary>Handles of the tasks with the mug.</summary>
    public static IReadOnlyList<string> MugHandles { get; } = ["body:obj", "geom:mug"];

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "coffee-pull",
        Scene = "coffee",
        HandInit = new(0, 0.4, 0.2),
        RandomLow = [-0.05, 0.7, -0.001, -0.1, 0.55, -0.001],
        RandomHigh = [0.05, 0.75, 0.001, 0.1, 0.65, 0.001],
        GoalLow = new(-0.1, 0.55, -0.001),
        GoalHigh = new(0.1, 0.65, 0.001),
        Handles = MugHandles,
        MovedBodies = ["coffee_machine"],
        MovedSites = ["mug_goal"],
        MainObject = "mug",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        Place(scene);
        scene.SetBodyPosition("coffee_machine", scene.ObjectInit + new Point(0, 0.22, 0));
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Look(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Judge(view);

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> mug = view.Observation.Object;
        TLane reach = Vec3<TLane>.Length(view.Tcp - mug);

        // quirk: not a distance from the mug but the length of a place, which is never short
        TLane across = Vec3<TLane>.Length(new Vec3<TLane>(mug.X, mug.Y, view.TcpInit.Z));
        TLane closing = (reach < TLane.Const(0.05)) & (TLane.Max(view.Action(3), TLane.Const(0)) / TLane.Const(50));
        TLane approach = TLane.Select(across < TLane.Const(0.05), (-reach + TLane.Const(0.1)) + closing, -across);
        return approach + Moved(view, reach);
    }

    /// <summary>The reset of the tasks with the mug, up to the machine.</summary>
    public static void Place(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();
        scene.ObjectInit = new(goal[0], goal[1], goal[2]);
        scene.Target = new(goal[3], goal[4], goal[5]);
        CoffeeButton.PlaceMug(scene, scene.ObjectInit);
        scene.SetSitePosition("mug_goal", scene.Target);
        scene.SetMemory(MaxDistance, (scene.ObjectInit - scene.Target).LengthXY);
    }

    /// <summary>Observes the mug.</summary>
    public static void Look<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        view.SetObject(0, view.Position(Mug), view.Matrix(MugGeom));

    /// <summary>Evaluates pulling and pushing, which differ in nothing.</summary>
    public static Evaluation<TLane> Judge<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> mug = view.Observation.Object;
        TLane opening = view.Observation.Gripper;

        // x and y count twice
        Vec3<TLane> way = mug - view.Target;
        TLane scaled = Vec3<TLane>.Length(RewardTools.Scaled(way, 2, 2, 1));
        TLane margin = Vec3<TLane>.Length(RewardTools.Scaled(view.ObjectInit - view.Target, 2, 2, 1));
        TLane inPlace = RewardTools.LongTail(scaled, 0.05, margin);
        TLane tcpToObject = Vec3<TLane>.Length(mug - view.Tcp);
        TLane grasp = new Caging(0.02, 0.05, 0.04, 0.05, 0.7, mediumDensity: true).Reward(view, mug);

        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        TLane held = (tcpToObject < TLane.Const(0.04)) & (opening > TLane.Const(0));
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(5) * inPlace)), reward);
        TLane distance = Vec3<TLane>.Length(way);
        return new()
        {
            Reward = TLane.Select(scaled < TLane.Const(0.05), TLane.Const(10), reward),
            Success = distance <= TLane.Const(0.07),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Touching & (opening > TLane.Const(0))),
            GraspReward = grasp,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <summary>Version 1's reward for the mug's way to its goal, while the fingers are at the mug.</summary>
    public static TLane Moved<TLane, TRows>(in TaskView<TLane, TRows> view, TLane reach)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane distance = RewardTools.LengthXY(view.Observation.Object - view.Target);
        return FirstRewards.PositiveWhere(
            reach < TLane.Const(0.05), FirstRewards.Approach(view.Memory(MaxDistance), distance));
    }
}

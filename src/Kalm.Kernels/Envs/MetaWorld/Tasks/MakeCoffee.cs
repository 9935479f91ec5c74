using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>
/// Push a mug under the coffee machine, then press the button: one of KALM's two own tasks (sawyer_make_coffee_v2.py of
/// the KALM repository).
/// </summary>
/// <remarks>
/// Quirk: the second stage, too, looks at the mug. Its goal lies 3 cm behind that of the first stage, and it is reached
/// when the mug is within 2 cm of it along y; the button itself need not move. The observed goal stays in the box of
/// the first stage's goals. Boxes have the precision of
/// floats.
/// </remarks>
internal readonly struct MakeCoffee : ITask
{
    private const int Button = 2;
    private const int Stage = 0;
    private const int ButtonTarget = 1;
    private const double PressDistance = 0.03;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = CoffeePush.Spec with
    {
        Name = "make-coffee",
        RandomLow = [-0.1f, 0.55f, -0.001f, -0.05f, 0.7f, -0.001f],
        RandomHigh = [0.1f, 0.65f, 0.001f, 0.05f, 0.75f, 0.001f],
        GoalLow = new(-0.05f, 0.7f, -0.001f),
        GoalHigh = new(0.05f, 0.75f, 0.001f),
        Handles = [.. CoffeePull.MugHandles, "site:buttonStart"],
        MovedSites = [],
        MainObject = null,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();
        scene.ObjectInit = new(goal[0], goal[1], goal[2]);
        scene.Target = new(goal[3], goal[4], goal[5]);
        CoffeeButton.PlaceMug(scene, scene.ObjectInit);
        Point machine = scene.Target + new Point(0, 0.22, 0);
        scene.SetBodyPosition("coffee_machine", machine);
        scene.SetMemory(ButtonTarget, machine + new Point(0, PressDistance - 0.22, 0.3));
        scene.SetMemory(Stage, 0);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        CoffeePull.Look(view);
        view.SetObject(1, view.Position(Button), TLane.Const(1), zero, zero, zero);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane second = view.Memory(Stage) > TLane.Const(0);
        Evaluation<TLane> push = CoffeePull.Judge(view);
        push.GraspSuccess = RewardTools.Flag(view.Observation.Gripper > TLane.Const(0));
        Evaluation<TLane> press = Press(view);
        Evaluation<TLane> result = Evaluation<TLane>.Select(second, press, push);
        result.Success &= second;

        // the next step has the goal of the second stage
        TLane begun = second | push.Success;
        view.SetMemory(Stage, RewardTools.Flag(begun));
        view.SetTarget(Vec3<TLane>.Select(begun, view.MemoryPoint(ButtonTarget), view.Target));
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>KALM has no version 1 of its task: this is version 2 of the present stage.</remarks>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => TLane.Select(
            view.Memory(Stage) > TLane.Const(0), Press(view).Reward, CoffeePull.Judge(view).Reward);

    private static Evaluation<TLane> Press<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> mug = view.Observation.Object;
        TLane tcpToObject = Vec3<TLane>.Length(mug - view.Tcp);
        TLane distance = TLane.Abs(view.Target.Y - mug.Y);
        TLane near = RewardTools.LongTail(tcpToObject, 0.05, Vec3<TLane>.Length(mug - view.TcpInit));
        TLane pressed = RewardTools.LongTail(distance, 0.005, TLane.Const(PressDistance));
        TLane closed = TLane.Max(view.Observation.Gripper, TLane.Const(0));
        TLane reward = TLane.Const(2) * RewardTools.Hamacher(closed, near);
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
}

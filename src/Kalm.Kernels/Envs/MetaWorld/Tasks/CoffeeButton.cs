using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Press the button of a coffee machine (sawyer_coffee_button_v3.py).</summary>
internal readonly struct CoffeeButton : ITask
{
    private const int Button = 0;
    private const int MaxDistance = 0;
    private const double PressDistance = 0.03;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "coffee-button",
        Scene = "coffee",
        HandInit = new(0, 0.4, 0.2),
        RandomLow = [-0.1, 0.8, -0.001],
        RandomHigh = [0.1, 0.9, 0.001],
        GoalLow = new(-0.1 - 0.001, 0.8 + (-0.22 + PressDistance), -0.001 + 0.299),
        GoalHigh = new(0.1 + 0.001, 0.9 + (-0.22 + PressDistance), 0.001 + 0.301),
        Handles = ["site:buttonStart"],
        MovedBodies = ["coffee_machine"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> machine = scene.RandomVector();
        scene.ObjectInit = new(machine[0], machine[1], machine[2]);
        scene.SetBodyPosition("coffee_machine", scene.ObjectInit);
        PlaceMug(scene, scene.ObjectInit + new Point(0, -0.22, 0));
        Point button = scene.ObjectInit + new Point(0, -0.22, 0.3);
        scene.Target = button + new Point(0, PressDistance, 0);
        scene.SetMemory(MaxDistance, Math.Abs(scene.Position("site:buttonStart").Y - scene.Target.Y));
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        view.SetObject(0, view.Position(Button), TLane.Const(1), zero, zero, zero);
    }

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
        TLane pressed = RewardTools.LongTail(distance, 0.005, TLane.Const(PressDistance));
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

    /// <summary>Puts the mug of the coffee tasks somewhere, and runs a forward.</summary>
    /// <remarks>
    /// Quirk: the mug's joint comes first in this scene, so that the velocities set to 0 are not the mug's but those of
    /// the arm from its fourth joint on and of the fingers.
    /// </remarks>
    public static void PlaceMug(ResetScene scene, Point position)
    {
        scene.SetCoordinate(0, position.X);
        scene.SetCoordinate(1, position.Y);
        scene.SetCoordinate(2, position.Z);
        for (int i = 9; i < Math.Min(15, scene.VelocityCount); i++) scene.SetVelocity(i, 0);
        scene.Forward();
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Put the ball into the basket (sawyer_basketball_v3.py).</summary>
/// <remarks>
/// The original also writes the goal's place in the world into the place the site "goal" has in its body. MuJoCo knows
/// since compilation that the site lies at its body's origin and does not look at its place, so nothing moves.
/// </remarks>
internal readonly struct Basketball : ITask
{
    private const int Ball = 0;
    private const int RestHeight = 0;
    private const int MaxPlaceDistance = 1;
    private const double Radius = 0.08;
    private const double LiftHeight = 0.3;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "basketball",
        Scene = "basketball",
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [-0.1, 0.6, 0.0299, -0.1, 0.85, 0],
        RandomHigh = [0.1, 0.7, 0.0301, 0.1, 0.9 + 1e-7, 0],
        GoalLow = new(-0.1, 0.85 - 0.083, 0.2499),
        GoalHigh = new(0.1, 0.9 + 1e-7 - 0.083, 0.2501),
        Handles = ["body:bsktball"],
        MovedBodies = ["basket_goal"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();

        // the height is a float in the original
        scene.ObjectInit = new(goal[0], goal[1], 0.03f);
        scene.SetBodyPosition("basket_goal", new(goal[3], goal[4], goal[5]));
        scene.SetObject(scene.ObjectInit);

        // a live view of the site in the original: what counts is where it is after the forward
        scene.Target = scene.Position("site:goal");
        double rest = scene.Position("geom:objGeom").Z;
        double carry = rest + LiftHeight;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(MaxPlaceDistance, (scene.ObjectInit with { Z = carry } - scene.Target).Length + carry);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(0, view.Position(Ball), view.Quaternion(Ball));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> ball = view.Observation.Object;
        Vec3<TLane> initial = view.ObjectInit;
        TLane opening = view.Observation.Gripper;

        // the target is above the hoop, and height counts twice
        Vec3<TLane> target = new(view.Target.X, view.Target.Y, TLane.Const(0.3));
        TLane distance = Vec3<TLane>.Length(RewardTools.Scaled(ball - target, 1, 1, 2));
        TLane inPlace =
            RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(RewardTools.Scaled(initial - target, 1, 1, 2)));
        TLane tcpToObject = Vec3<TLane>.Length(ball - view.Tcp);
        TLane held = (tcpToObject < TLane.Const(0.035)) & (opening > TLane.Const(0))
            & (ball.Z - TLane.Const(0.01) > initial.Z);
        TLane grasp = new Caging(0.025, 0.06, 0.01, 0.005, highDensity: true).Reward(view, ball);
        grasp = TLane.Select(held, TLane.Const(1), grasp);

        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(5) * inPlace)), reward);
        reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward);
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(Radius),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.05)),
            GraspSuccess = RewardTools.Flag((opening > TLane.Const(0)) & (ball.Z - TLane.Const(0.03) > initial.Z)),
            GraspReward = grasp,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> ball = view.Observation.Object;
        TLane rest = view.Memory(RestHeight);
        TLane carry = rest + TLane.Const(LiftHeight);
        TLane reach = Vec3<TLane>.Length(ball - view.Tcp);
        TLane distance = Vec3<TLane>.Length(ball - view.Target);
        TLane picked = FirstRewards.Picked(ball.Z, rest, carry, distance, reach);
        TLane place = FirstRewards.Approach(view.Memory(MaxPlaceDistance), distance);
        return FirstRewards.ReachFromAbove(view, ball, view.TcpInit.Z, 2)
            + FirstRewards.Lift(ball.Z, rest, carry, picked, reach)
            + FirstRewards.PositiveWhere(picked & (reach < TLane.Const(0.1)), place);
    }
}

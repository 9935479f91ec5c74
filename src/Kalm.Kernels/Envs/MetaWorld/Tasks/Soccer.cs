using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Push the ball into the goal (sawyer_soccer_v3.py).</summary>
internal readonly struct Soccer : ITask
{
    private const int Ball = 0;
    private const int MaxPushDistance = 0;
    private const double Radius = 0.07;
    private const double BallRadius = 0.013;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "soccer",
        Scene = "soccer",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.1, 0.6, 0.03, -0.1, 0.8, 0],
        RandomHigh = [0.1, 0.7, 0.03, 0.1, 0.9, 0],
        GoalLow = new(-0.1, 0.8, 0),
        GoalHigh = new(0.1, 0.9, 0),
        Handles = ["body:soccer_ball"],
        MovedBodies = ["goal_whole"],
        MovedSites = ["goal"],
        MainObject = "objGeom",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();
        scene.Target = new(goal[3], goal[4], goal[5]);
        scene.ObjectInit = new(goal[0], goal[1], 0.03);
        scene.SetBodyPosition("goal_whole", scene.Target);
        scene.SetObject(scene.ObjectInit);
        scene.SetMemory(MaxPushDistance, (scene.ObjectInit - scene.Target).LengthXY);
        scene.SetSitePosition("goal", scene.Target);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        RewardTools.SciPyQuaternion(
            view.Matrix(Ball), out TLane x, out TLane y, out TLane z, out TLane w);
        view.SetObject(0, view.Position(Ball), x, y, z, w);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> ball = view.Observation.Object;
        Vec3<TLane> target = view.Target;
        TLane tcpToObject = Vec3<TLane>.Length(ball - view.Tcp);

        // quirk: the margin is the way the ball has come, not the one it had before it
        TLane scaled = Vec3<TLane>.Length(RewardTools.Scaled(ball - target, 3, 1, 1));
        TLane margin = Vec3<TLane>.Length(RewardTools.Scaled(ball - view.ObjectInit, 3, 1, 1));
        TLane inPlace = RewardTools.LongTail(scaled, Radius, margin);

        // less beside the goal
        TLane line = target.Y - TLane.Const(0.1);
        TLane beside = (ball.Y > line) & (TLane.Abs(ball.X - target.X) > TLane.Const(0.1));
        TLane past = (ball.Y - line) / (TLane.Const(1) - line);
        inPlace = TLane.Select(beside, RewardTools.Clip(inPlace - (TLane.Const(2) * past), 0, 1), inPlace);

        TLane grasp = new PadCaging(BallRadius, BallRadius + 0.01, 0.005).Reward(view, ball);
        TLane reward = (TLane.Const(3) * grasp) + (TLane.Const(6.5) * inPlace);
        reward = TLane.Select(scaled < TLane.Const(Radius), TLane.Const(10), reward);
        TLane distance = Vec3<TLane>.Length(ball - target);
        TLane lifted = ball.Z - TLane.Const(0.02) > view.ObjectInit.Z;
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(0.07),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Touching & (view.Observation.Gripper > TLane.Const(0)) & lifted),
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
        TLane reach = Vec3<TLane>.Length(view.Tcp - ball);
        TLane push = FirstRewards.Approach(view.Memory(MaxPushDistance), RewardTools.LengthXY(ball - view.Target));
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), push);
    }
}

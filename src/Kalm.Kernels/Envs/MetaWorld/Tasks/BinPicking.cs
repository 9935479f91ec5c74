using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Carry the cube from one bin into the other (sawyer_bin_picking_v3.py).</summary>
internal readonly struct BinPicking : ITask
{
    private const int Cube = 0;
    private const int RestHeight = 0;
    private const int MaxPlaceDistance = 1;
    private const int FirstDistance = 2;
    private const double Radius = 0.05;
    private const double LiftHeight = 0.1;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "bin-picking",
        Scene = "bin_picking",
        HandInit = new(0, 0.6, 0.2),
        MocapLow = new(-0.5, 0.4, 0.07),
        RandomLow = [-0.21, 0.65, 0.02, 0.1199, 0.699, -0.001],
        RandomHigh = [-0.03, 0.75, 0.02, 0.1201, 0.701, 0.001],
        GoalLow = new(0.1199, 0.699, -0.001),
        GoalHigh = new(0.1201, 0.701, 0.001),
        Handles = ["body:obj"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        double height = scene.Position("body:obj").Z;
        IReadOnlyList<double> goal = scene.RandomVector();
        scene.ObjectInit = new(goal[0], goal[1], height);
        scene.SetObject(scene.ObjectInit);

        // the bin never moves: the random goal is not looked at
        scene.Target = scene.Position("body:bin_goal");
        double rest = scene.Position("body:obj").Z;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(MaxPlaceDistance, (scene.ObjectInit - scene.Target).LengthXY + (rest + LiftHeight));
        scene.SetMemory(FirstDistance, -1);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(0, view.Position(Cube), view.Quaternion(Cube));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = view.Observation.Hand;
        Vec3<TLane> cube = view.Observation.Object;
        TLane distance = Vec3<TLane>.Length(cube - view.Target);

        // the margin is the distance at the first step after the reset (_target_to_obj_init)
        TLane first = view.Memory(FirstDistance);
        first = TLane.Select(first < TLane.Const(0), distance, first);
        view.SetMemory(FirstDistance, first);
        TLane inPlace = RewardTools.LongTail(distance, Radius, first);

        // two funnels the hand must stay above, over the cube's first place and over the goal
        TLane fromStart =
            RewardTools.Funnel(RewardTools.LengthXY(hand - view.ObjectInit), TLane.Const(0.03), 0.02, 0.2);
        TLane fromGoal = RewardTools.Funnel(RewardTools.LengthXY(hand - view.Target), TLane.Const(0.03), 0.02, 0.2);
        TLane below = TLane.Max(TLane.Min(fromStart, fromGoal) - hand.Z, TLane.Const(0));
        TLane above = RewardTools.LongTail(below, 0.01, TLane.Const(0.05));

        TLane grasp = new Caging(0.015, 0.05, 0.01, 0.01, 0.7, highDensity: true).Reward(view, cube);
        TLane near = Vec3<TLane>.Length(cube - hand) < TLane.Const(0.04);
        TLane lifted = cube.Z - TLane.Const(0.02) > view.ObjectInit.Z;
        TLane held = near & lifted & ~(view.Observation.Gripper < TLane.Const(0.43));
        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        reward = TLane.Select(held, reward
            + (TLane.Const(1) + (TLane.Const(5) * RewardTools.Hamacher(above, inPlace))), reward);
        reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward);
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(Radius),
            NearObject = RewardTools.Flag(near),
            GraspSuccess = RewardTools.Flag(held),
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
        Vec3<TLane> cube = view.Observation.Object;
        Vec3<TLane> way = cube - view.Target;
        TLane rest = view.Memory(RestHeight);
        TLane carry = rest + TLane.Const(LiftHeight);
        TLane reach = Vec3<TLane>.Length(cube - view.Tcp);
        TLane distance = RewardTools.LengthXY(way);
        TLane over = (TLane.Abs(way.X) < TLane.Const(0.05)) & (TLane.Abs(way.Y) < TLane.Const(0.05));
        TLane placed = over & (cube.Z < rest + TLane.Const(0.05));
        TLane picked = FirstRewards.Picked(cube.Z, rest, carry, distance, reach);
        TLane approach = FirstRewards.ReachFromAbove(view, cube, view.TcpInit.Z, 1, over: 0.06);
        TLane lift = FirstRewards.Lift(cube.Z, rest, carry, placed | picked, reach);

        // over the bin opening the hand pays; once placed nothing else counts
        TLane place = TLane.Max(FirstRewards.Approach(view.Memory(MaxPlaceDistance), distance), TLane.Const(0));
        TLane release = (TLane.Const(-200) * view.Action(3)) + place;
        TLane carried = (picked & (reach < TLane.Const(0.1))) & TLane.Select(over, release, place);
        return TLane.Select(placed, release, approach + lift + carried);
    }
}

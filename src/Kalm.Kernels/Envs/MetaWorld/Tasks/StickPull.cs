using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Pull the thermos by its handle with the stick (sawyer_stick_pull_v3.py).</summary>
internal readonly struct StickPull : ITask
{
    private const int Stick = 0;
    private const int Handle = 1;
    private const int StickEnd = 2;
    private const int StickInit = 0;
    private const int RestHeight = 3;
    private const int CarryHeight = 4;
    private const int MaxPull = 5;
    private const int MaxPlacing = 6;
    private const double Radius = 0.05;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "stick-pull",
        Scene = "stick_obj",
        HandInit = new(0, 0.6, 0.2),
        MocapLow = new(-0.5, 0.35, 0.05),
        RandomLow = [-0.1, 0.55, 0, 0.35, 0.45, 0.0199],
        RandomHigh = [0, 0.65, 0.001, 0.45, 0.55, 0.0201],
        GoalLow = new(0.35, 0.45, 0.0199),
        GoalHigh = new(0.45, 0.55, 0.0201),
        Handles = ["body:stick", "site:insertion", "site:stick_end"],
        MovedSites = ["goal"],
        MainObject = "objGeom",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.1) goal = scene.RandomVector();
        Point stick = new(goal[0], goal[1], 0.02);
        scene.SetMemory(StickInit, stick);
        scene.Target = new(goal[3], goal[4], 0.02);
        StickScene.Place(scene, stick, 0, 0.09);
        scene.ObjectInit = scene.Position("body:object");
        scene.SetSitePosition("goal", scene.Target);

        double rest = scene.Position("body:stick").Z;
        double carry = rest + 0.04;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(CarryHeight, carry);
        scene.SetMemory(MaxPull, (scene.ObjectInit - scene.Target).LengthXY);
        Point above = scene.ObjectInit with { Z = carry };
        scene.SetMemory(MaxPlacing, (above - stick).Length + carry);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => StickScene.Observe(view, view.Position(Handle));

    /// <inheritdoc/>
    /// <remarks>Quirk: caging starts from the thermos, and grasp_success compares with its height.</remarks>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> stick = view.Observation.Object;
        Vec3<TLane> handle = view.Observation.Object2;
        Vec3<TLane> stickInit = view.MemoryPoint(StickInit);
        Vec3<TLane> target = view.Target;
        TLane open = view.Observation.Gripper > TLane.Const(0);
        Vec3<TLane> beside = RewardTools.Constant<TLane>(0.05, 0, 0);
        Vec3<TLane> container = handle + beside;
        TLane tcpToStick = Vec3<TLane>.Length(stick - view.Tcp);
        TLane distance = Vec3<TLane>.Length(handle - target);

        // the stick at the thermos, the stick at the goal, the thermos at the goal
        Vec3<TLane> way = RewardTools.Scaled(stick - container, 1, 1, 2);
        Vec3<TLane> firstWay = RewardTools.Scaled(stickInit - (view.ObjectInit + beside), 1, 1, 2);
        TLane stickInPlace = RewardTools.LongTail(Vec3<TLane>.Length(way), Radius, Vec3<TLane>.Length(firstWay));
        TLane stickAtGoal = RewardTools.LongTail(
            Vec3<TLane>.Length(stick - target), Radius, Vec3<TLane>.Length(stickInit - target));
        TLane containerInPlace = RewardTools.LongTail(
            Vec3<TLane>.Length(container - target), Radius, Vec3<TLane>.Length(view.ObjectInit - target));

        TLane up = stick.Z - TLane.Const(0.01) > stickInit.Z;
        TLane held = (tcpToStick < TLane.Const(0.02)) & open & up;
        TLane grasp = new Caging(0.014, 0.05, 0.01, 0.01, highDensity: true).Reward(view, stick);
        grasp = TLane.Select(held, TLane.Const(1), grasp);
        TLane first = RewardTools.Hamacher(grasp, stickInPlace);
        TLane inserted = Inserted(handle, view.Position(StickEnd));
        TLane close = distance <= TLane.Const(0.12);
        TLane begun = TLane.Const(1) + first;
        TLane pulling = ((begun + TLane.Const(5)) + (TLane.Const(2) * stickAtGoal)) + containerInPlace;
        TLane holding = begun + (TLane.Const(5) * stickInPlace);
        pulling = TLane.Select(close, TLane.Const(10), pulling);
        TLane lifted = stick.Z - TLane.Const(0.02) > view.ObjectInit.Z;
        return new()
        {
            Reward = TLane.Select(held, TLane.Select(inserted, pulling, holding), first),
            Success = close & inserted,
            NearObject = RewardTools.Flag(tcpToStick <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Touching & open & lifted),
            GraspReward = grasp,
            InPlaceReward = stickInPlace,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> stick = view.Observation.Object;
        Vec3<TLane> thermos = StickScene.FirstObject(view);
        TLane rest = view.Memory(RestHeight);
        TLane carry = view.Memory(CarryHeight);
        TLane pull = RewardTools.LengthXY(thermos - view.Target);
        TLane place = Vec3<TLane>.Length(stick - thermos);
        TLane reach = Vec3<TLane>.Length(stick - view.Tcp);
        TLane picked = FirstRewards.Picked(stick.Z, rest, carry, pull, reach);
        TLane lift = FirstRewards.Lift(stick.Z, rest, carry, picked, reach);
        TLane near = place < TLane.Const(0.05);
        TLane way = FirstRewards.Approach(view.Memory(MaxPlacing), place);
        TLane more = FirstRewards.Approach(view.Memory(MaxPull), pull, 2000, 0.01, 0.001);
        way = TLane.Select(near, way + more, way);
        way = FirstRewards.PositiveWhere(picked & (reach < TLane.Const(0.1)), way);
        return (FirstRewards.Closing(view, reach, -reach) + lift) + way;
    }

    private static TLane Inserted<TLane>(Vec3<TLane> handle, Vec3<TLane> end)
        where TLane : unmanaged, ILane<TLane> =>
        (end.X >= handle.X) & (TLane.Abs(end.Y - handle.Y) <= TLane.Const(0.04))
        & (TLane.Abs(end.Z - handle.Z) <= TLane.Const(0.06));
}

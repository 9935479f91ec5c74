using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Push the thermos with the stick (sawyer_stick_push_v3.py).</summary>
internal readonly struct StickPush : ITask
{
    private const int Stick = 0;
    private const int Handle = 1;
    private const int StickInit = 0;
    private const int RestHeight = 3;
    private const int CarryHeight = 4;
    private const int MaxPush = 5;
    private const int MaxPlacing = 6;
    private const double Radius = 0.12;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "stick-push",
        Scene = "stick_obj",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [-0.08, 0.58, 0, 0.399, 0.55, 0.1319],
        RandomHigh = [-0.03, 0.62, 0.001, 0.401, 0.6, 0.1321],
        GoalLow = new(0.399, 0.55, 0.1319),
        GoalHigh = new(0.401, 0.6, 0.1321),
        Handles = ["body:stick", "site:insertion"],
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
        scene.Target = new(goal[3], goal[4], scene.Position("site:insertion").Z);
        StickScene.Place(scene, stick, 0, 0);
        scene.ObjectInit = scene.Position("body:object");
        scene.SetSitePosition("goal", scene.Target);

        double rest = scene.Position("body:stick").Z;
        double carry = rest + 0.04;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(CarryHeight, carry);
        Point above = scene.ObjectInit with { Z = carry };
        scene.SetMemory(MaxPlacing, (above - stick).Length + carry);
        scene.SetMemory(MaxPush, (scene.ObjectInit - scene.Target).LengthXY);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        StickScene.Observe(view, view.Position(Handle) + RewardTools.Constant<TLane>(0, 0.09, 0));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> stick = view.Observation.Object + RewardTools.Constant<TLane>(0.015, 0, 0);
        Vec3<TLane> container = view.Observation.Object2;
        Vec3<TLane> stickInit = view.MemoryPoint(StickInit);
        Vec3<TLane> target = view.Target;
        TLane open = view.Observation.Gripper > TLane.Const(0);
        TLane tcpToStick = Vec3<TLane>.Length(stick - view.Tcp);
        TLane stickMargin = Vec3<TLane>.Length(stickInit - target) - TLane.Const(Radius);
        TLane stickInPlace = RewardTools.LongTail(Vec3<TLane>.Length(stick - target), Radius, stickMargin);
        TLane distance = Vec3<TLane>.Length(container - target);
        TLane containerMargin = Vec3<TLane>.Length(view.ObjectInit - target) - TLane.Const(Radius);
        TLane containerInPlace = RewardTools.LongTail(distance, Radius, containerMargin);

        TLane grasp = new Caging(0.04, 0.05, 0.01, 0.01, highDensity: true).Reward(view, stick, stickInit);
        TLane up = open & (stick.Z - TLane.Const(0.01) > stickInit.Z);
        TLane held = (tcpToStick < TLane.Const(0.02)) & up;
        TLane close = distance <= TLane.Const(Radius);
        TLane pushing = (TLane.Const(2) + (TLane.Const(5) * stickInPlace)) + (TLane.Const(3) * containerInPlace);
        pushing = TLane.Select(close, TLane.Const(10), pushing);
        TLane grasped = view.Touching & up;
        return new()
        {
            Reward = TLane.Select(held, pushing, grasp),
            Success = grasped & close,
            NearObject = RewardTools.Flag(tcpToStick <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(grasped),
            GraspReward = TLane.Select(held, TLane.Const(1), grasp),
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
        TLane push = RewardTools.LengthXY(thermos - view.Target);
        TLane place = Vec3<TLane>.Length(thermos - stick);
        TLane reach = Vec3<TLane>.Length(stick - view.Tcp);
        TLane picked = FirstRewards.Picked(stick.Z, rest, carry, push, reach);
        TLane lift = FirstRewards.Lift(stick.Z, rest, carry, picked, reach);
        TLane near = place < TLane.Const(0.05);
        TLane way = FirstRewards.Approach(view.Memory(MaxPlacing), place);
        TLane more = FirstRewards.Approach(view.Memory(MaxPush), push, 2000, 0.001, 0.0001);
        way = TLane.Select(near, way + more, way);
        way = FirstRewards.PositiveWhere(picked & (reach < TLane.Const(0.1)), way);
        return (FirstRewards.Closing(view, reach, -reach) + lift) + way;
    }
}

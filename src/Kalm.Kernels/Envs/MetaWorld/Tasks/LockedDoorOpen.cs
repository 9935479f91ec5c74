using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>
/// Unlock a door, then open it: one of KALM's two own tasks (sawyer_locked_door_open_v2.py of the KALM repository). Its
/// scene is that of door-lock with a hinge at the door.
/// </summary>
/// <remarks>
/// <para>
/// Quirks: both stages look at the lock alone, not at the handle; the place of the lock that the first reward is scaled
/// by is not the initial one but that of now; the observed goal stays in the box of the first stage's goals.
/// </para>
/// <para>
/// Deviations: the original's reset turns the door by a quarter turn and beyond its range, through the back of the
/// safe,
/// where it stays; no goal can be reached then. Here the reset turns the lock, as that of door-unlock does. The
/// original
/// does not go back to the first stage once it was passed; here every episode begins with it.
/// </para>
/// </remarks>
internal readonly struct LockedDoorOpen : ITask
{
    private const int Lock = 0;
    private const int Door = 1;
    private const int Handle = 2;
    private const int LockLink = 3;
    private const int DoorJoint = 4;
    private const int Stage = 0;
    private const int OpenTarget = 1;
    private const double LockLength = 0.1;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "locked-door-open",
        Scene = "locked_door",
        HandInit = new(0, 0.6f, 0.2f),
        MocapLow = new(-0.5, 0.4, -0.15),
        RandomLow = [-0.1f, 0.8f, 0.15f],
        RandomHigh = [0.1f, 0.85f, 0.15f],
        GoalLow = new(0, 0.64f, 0.21f),
        GoalHigh = new(0.2f, 0.7f, 0.2111f),
        Handles = ["site:lockStartUnlock", "body:door_link", "geom:handle", "body:lock_link", "joint:doorjoint"],
        MovedBodies = ["door"],
        MovedSites = ["goal"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> vector = scene.RandomVector();
        Point door = new(vector[0], vector[1], vector[2]);
        scene.SetBodyPosition("door", door);

        // the lock's joint has no name and follows that of the door
        scene.SetCoordinate(scene.CoordinateOf("doorjoint") + 1, 1.5708);
        scene.SetVelocity(scene.VelocityOf("doorjoint") + 1, 0);
        scene.Forward();
        scene.ObjectInit = scene.Position("body:lock_link");
        scene.Target = scene.ObjectInit + new Point(0.1, -0.04, 0);
        Point open = door + new Point(-0.3, -0.45, 0);
        scene.SetSitePosition("goal", open);
        scene.SetMemory(OpenTarget, open);
        scene.SetMemory(Stage, 0);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        view.SetObject(0, view.Position(Lock), view.Quaternion(Door));
        view.SetObject(1, view.Position(Handle), view.Matrix(Handle));
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane second = view.Memory(Stage) > TLane.Const(0);
        Evaluation<TLane> unlock = Unlock(view);
        Evaluation<TLane> result = Evaluation<TLane>.Select(second, Open(view), unlock);
        result.Success &= second;

        // the next step has the goal of the second stage
        TLane begun = second | unlock.Success;
        view.SetMemory(Stage, RewardTools.Flag(begun));
        view.SetTarget(Vec3<TLane>.Select(begun, view.MemoryPoint(OpenTarget), view.Target));
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>KALM has no version 1 of its task: this is version 2 of the present stage.</remarks>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => TLane.Select(
            view.Memory(Stage) > TLane.Const(0), Open(view).Reward, Unlock(view).Reward);

    private static Evaluation<TLane> Unlock<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the gripper's shoulder pushes, not the fingers
        Vec3<TLane> shoulder = RewardTools.Constant<TLane>(0, 0.055, 0.07);
        Vec3<TLane> place = view.Observation.Object;
        Vec3<TLane> way = RewardTools.Scaled((view.Observation.Hand + shoulder) - place, 0.25, 1, 0.5);
        Vec3<TLane> first = RewardTools.Scaled((view.TcpInit + shoulder) - view.Position(LockLink), 0.25, 1, 0.5);
        TLane length = Vec3<TLane>.Length(way);
        TLane ready = RewardTools.LongTail(length, 0.02, Vec3<TLane>.Length(first));
        TLane distance = TLane.Abs(view.Target.X - place.X);
        TLane pushed = RewardTools.LongTail(distance, 0.005, TLane.Const(LockLength));
        return new()
        {
            Reward = (TLane.Const(2) * ready) + (TLane.Const(8) * pushed),
            Success = distance <= TLane.Const(0.02),
            NearObject = RewardTools.Flag(length <= TLane.Const(0.05)),
            GraspSuccess = RewardTools.Flag(view.Observation.Gripper > TLane.Const(0)),
            GraspReward = ready,
            InPlaceReward = pushed,
            ObjToTarget = distance,
        };
    }

    private static Evaluation<TLane> Open<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane grab = (RewardTools.Clip(view.Action(3), -1, 1) + TLane.Const(1)) / TLane.Const(2);
        TLane ready = Ready(view.Observation.Hand, view.Observation.Object + RewardTools.Constant<TLane>(-0.05, 0, 0));

        // a fifth for trying, the rest for the angle
        TLane angle = view.Coordinate(DoorJoint);
        TLane moved = RewardTools.Flag(angle < TLane.Const(-Math.PI / 90));
        TLane rest = TLane.Const((Math.PI / 2) + (Math.PI / 6)) + angle;
        TLane far = RewardTools.LongTail(rest, 0.5, TLane.Const(Math.PI / 3));
        TLane opened = (TLane.Const(0.2) * moved) + (TLane.Const(0.8) * far);

        TLane distance = TLane.Abs(view.Observation.Object.X - view.MemoryPoint(OpenTarget).X);
        TLane reached = distance <= TLane.Const(0.08);
        TLane reward = (TLane.Const(2) * RewardTools.Hamacher(ready, grab)) + (TLane.Const(8) * opened);
        return new()
        {
            Reward = TLane.Select(reached, TLane.Const(10), reward),
            Success = reached,
            NearObject = ready,
            GraspSuccess = RewardTools.Flag(grab >= TLane.Const(0.5)),
            GraspReward = grab,
            InPlaceReward = opened,
            ObjToTarget = TLane.Const(0),
        };
    }

    /// <summary>The hand between handle and door, come from above a funnel around the handle.</summary>
    private static TLane Ready<TLane>(Vec3<TLane> hand, Vec3<TLane> door)
        where TLane : unmanaged, ILane<TLane>
    {
        const double threshold = 0.12;
        TLane radius = RewardTools.LengthXY(hand - door);
        TLane outside = radius > TLane.Const(threshold);
        TLane beyond = TLane.Select(outside, radius - TLane.Const(threshold), TLane.Const(1));
        TLane slope = (TLane.Const(0.04) * LaneMath.Log(beyond)) + TLane.Const(0.4);
        TLane floor = TLane.Select(outside, slope, TLane.Const(0));
        TLane under = RewardTools.LongTail(floor - hand.Z, 0.01, floor / TLane.Const(2));
        TLane above = TLane.Select(hand.Z >= floor, TLane.Const(1), under);
        TLane distance = Vec3<TLane>.Length((hand - door) - RewardTools.Constant<TLane>(0.05, 0.03, -0.01));
        return RewardTools.Hamacher(above, RewardTools.LongTail(distance, threshold / 2, TLane.Const(0.5)));
    }
}

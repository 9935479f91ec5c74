using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Open a door (sawyer_door_v3.py).</summary>
internal readonly struct DoorOpen : ITask
{
    private const int Handle = 0;
    private const int Hinge = 1;
    private const int MaxDistance = 0;
    private const double Threshold = 0.12;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "door-open",
        Scene = "door_pull",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [0, 0.85, 0.15],
        RandomHigh = [0.1, 0.95, 0.15],
        GoalLow = new(-0.3, 0.4, 0.1499),
        GoalHigh = new(-0.2, 0.5, 0.1501),
        Handles = ["geom:handle", "joint:doorjoint"],
        MovedBodies = ["door"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene) => Place(scene, new(-0.3, -0.45, 0), 0);

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Look(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = view.Observation.Hand;
        Vec3<TLane> door = view.Observation.Object + RewardTools.Constant<TLane>(-0.05, 0, 0);
        TLane effort = (RewardTools.Clip(view.Action(3), -1, 1) + TLane.Const(1)) / TLane.Const(2);

        // the hand between handle and door, from above
        TLane floor = RewardTools.Funnel(RewardTools.LengthXY(hand - door), TLane.Const(Threshold), 0.04, 0.4);
        Vec3<TLane> error = hand - door - RewardTools.Constant<TLane>(0.05, 0.03, -0.01);
        TLane inPlace = RewardTools.LongTail(Vec3<TLane>.Length(error), Threshold / 2, TLane.Const(0.5));
        TLane ready = RewardTools.Hamacher(RewardTools.AboveFloor(hand.Z, floor), inPlace);

        // then the door, whose angle is negative
        TLane angle = view.Coordinate(Hinge);
        TLane begun = RewardTools.Flag(angle < TLane.Const(-Math.PI / 90));
        TLane left = TLane.Const((Math.PI / 2) + (Math.PI / 6)) - -angle;
        TLane opened = (TLane.Const(0.2) * begun)
            + (TLane.Const(0.8) * RewardTools.LongTail(left, 0.5, TLane.Const(Math.PI / 3)));
        TLane reward = (TLane.Const(2) * RewardTools.Hamacher(ready, effort)) + (TLane.Const(8) * opened);
        TLane success = TLane.Abs(view.Observation.Object.X - view.Target.X) <= TLane.Const(0.08);
        return new()
        {
            Reward = TLane.Select(success, TLane.Const(10), reward),
            Success = success,
            NearObject = ready,
            GraspSuccess = RewardTools.Flag(effort >= TLane.Const(0.5)),
            GraspReward = effort,
            InPlaceReward = opened,
            ObjToTarget = TLane.Const(0),
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => FirstReward(view);

    /// <summary>The reset of both door tasks.</summary>
    /// <param name="scene">The world.</param>
    /// <param name="goal">The goal as seen from the door's frame, m.</param>
    /// <param name="angle">Angle of the door, rad.</param>
    public static void Place(ResetScene scene, Point goal, double angle)
    {
        IReadOnlyList<double> door = scene.RandomVector();
        scene.ObjectInit = new(door[0], door[1], door[2]);
        scene.Target = scene.ObjectInit + goal;
        scene.SetBodyPosition("door", scene.ObjectInit);
        scene.SetSitePosition("goal", scene.Target);
        scene.SetCoordinate(scene.CoordinateOf("doorjoint"), angle);
        scene.SetVelocity(scene.VelocityOf("doorjoint"), 0);
        scene.Forward();
        scene.SetMemory(MaxDistance, (scene.Position("geom:handle") - scene.Target).LengthXY);
    }

    /// <summary>Observes the handle.</summary>
    public static void Look<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        view.SetObject(0, view.Position(Handle), view.Matrix(Handle));

    /// <summary>Reward version 1 of both door tasks.</summary>
    public static TLane FirstReward<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Observation.Object;
        TLane distance = RewardTools.LengthXY(handle - view.Target);
        TLane reach = Vec3<TLane>.Length(handle - view.Tcp);
        return -reach + FirstRewards.PositiveWhere(
            reach < TLane.Const(0.05), FirstRewards.Approach(view.Memory(MaxDistance), distance));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Put the puck into a hole (sawyer_hand_insert_v3.py).</summary>
internal readonly struct HandInsert : ITask
{
    private const int Object = 0;
    private const int MaxDistance = 0;
    private const double Radius = 0.05;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "hand-insert",
        Scene = "table_with_hole",
        HandInit = new(0, 0.6f, 0.2f),
        MocapLow = new(-0.5, 0.4, -0.15),
        RandomLow = [-0.1, 0.6, 0.05, -0.04, 0.8, -0.0201],
        RandomHigh = [0.1, 0.7, 0.05, 0.04, 0.88, -0.0199],
        GoalLow = new(-0.04, 0.8, -0.0201),
        GoalHigh = new(0.04, 0.88, -0.0199),
        Handles = ["body:obj"],
        MovedSites = ["goal"],
        MainObject = "objGeom",
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();
        scene.ObjectInit = new(goal[0], goal[1], 0.05);
        scene.Target = new(goal[3], goal[4], goal[5]);
        scene.SetObject(scene.ObjectInit);
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(MaxDistance, Math.Abs(Spec.HandInit.Z - scene.Target.Z));
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(0, view.Position(Object), view.Quaternion(Object));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> puck = view.Observation.Object;
        TLane opening = view.Observation.Gripper;
        TLane distance = Vec3<TLane>.Length(puck - view.Target);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - view.Target));
        TLane tcpToObject = Vec3<TLane>.Length(puck - view.Tcp);
        TLane grasp = new Caging(0.015, 0.05, 0.01, 0.005, highDensity: true).Reward(view, puck);

        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        TLane held = (tcpToObject < TLane.Const(0.02)) & (opening > TLane.Const(0));
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(7) * inPlace)), reward);
        TLane lifted = puck.Z - TLane.Const(0.02) > view.ObjectInit.Z;
        return new()
        {
            Reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward),
            Success = distance <= TLane.Const(Radius),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Touching & (opening > TLane.Const(0)) & lifted),
            GraspReward = grasp,
            InPlaceReward = inPlace,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    /// <remarks>Version 1 wants the empty hand in the hole.</remarks>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> way = view.Tcp - view.Target;
        TLane reach = RewardTools.LengthXY(way);
        TLane down = FirstRewards.Approach(view.Memory(MaxDistance), TLane.Abs(way.Z));
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), down);
    }
}

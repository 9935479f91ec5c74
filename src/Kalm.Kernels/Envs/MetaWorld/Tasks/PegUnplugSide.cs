using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Pull the plug out of the wall (sawyer_peg_unplug_side_v3.py).</summary>
internal readonly struct PegUnplugSide : ITask
{
    private const int End = 0;
    private const int Plug = 1;
    private const int MaxPlacing = 0;
    private const double StartZ = 0.2;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "peg-unplug-side",
        Scene = "peg_unplug_side",
        HandInit = new(0, 0.6, StartZ),
        RandomLow = [-0.25, 0.6, -0.001],
        RandomHigh = [-0.15, 0.8, 0.001],
        GoalLow = new(-0.25 + 0.194, 0.6, -0.001 + 0.131),
        GoalHigh = new(-0.15 + 0.194, 0.8, 0.001 + 0.131),
        Handles = ["site:pegEnd", "body:plug1"],
        MovedBodies = ["box"],
        MovedSites = ["goal"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    /// <remarks>Quirk: the plug keeps the angular velocity it has from the time of the hand's reset.</remarks>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        Point box = new(goal[0], goal[1], goal[2]);
        scene.SetBodyPosition("box", box);
        Point plug = box + new Point(0.044, 0, 0.131);
        scene.SetCoordinate(9, plug.X);
        scene.SetCoordinate(10, plug.Y);
        scene.SetCoordinate(11, plug.Z);
        scene.SetCoordinate(12, 1);
        for (int i = 13; i < 16; i++) scene.SetCoordinate(i, 0);
        for (int i = 9; i < 12; i++) scene.SetVelocity(i, 0);
        scene.Forward();
        scene.ObjectInit = scene.Position("site:pegEnd");
        scene.Target = plug + new Point(0.15, 0, 0);
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(MaxPlacing, (scene.Target - scene.ObjectInit).Length);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(0, view.Position(End), view.Quaternion(Plug));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> plug = view.Observation.Object;
        TLane tcpToObject = Vec3<TLane>.Length(plug - view.Tcp);
        TLane distance = Vec3<TLane>.Length(plug - view.Target);
        TLane grasp = new Caging(0.025, 0.05, 0.01, 0.005, effort: 0.8, highDensity: true).Reward(view, plug);
        TLane inPlace = RewardTools.LongTail(distance, 0.05, Vec3<TLane>.Length(view.ObjectInit - view.Target));
        TLane pulled = (view.Observation.Gripper > TLane.Const(0.5))
            & (plug.X - view.ObjectInit.X > TLane.Const(0.015));

        TLane reward = TLane.Const(2) * grasp;
        TLane bonus = (TLane.Const(1) + reward) + (TLane.Const(5) * inPlace);
        reward = TLane.Select(pulled & (tcpToObject < TLane.Const(0.035)), bonus, reward);
        reward = TLane.Select(distance <= TLane.Const(0.05), TLane.Const(10), reward);
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(0.07),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(pulled),
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
        Vec3<TLane> plug = view.Observation.Object;
        TLane reach = Vec3<TLane>.Length(plug - view.Tcp);
        TLane reachReward = FirstRewards.ReachFromAbove(view, plug, TLane.Const(StartZ), 2);
        TLane place = FirstRewards.Approach(view.Memory(MaxPlacing), RewardTools.LengthXY(plug - view.Target));
        return reachReward + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), place);
    }
}

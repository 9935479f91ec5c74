using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Turn a dial (sawyer_dial_turn_v3.py).</summary>
internal readonly struct DialTurn : ITask
{
    private const int Dial = 0;
    private const int Knob = 1;
    private const int PushInit = 0;
    private const int MaxDistance = 3;
    private const double Radius = 0.07;
    private const double DialRadius = 0.05;
    private const double ReachRadius = 0.005;

    // where to push, seen from the point of the dial's edge that is observed
    private static readonly Point PushOffset = new(0.05, 0.02, 0.09);

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "dial-turn",
        Scene = "dial",
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [-0.1, 0.7, 0],
        RandomHigh = [0.1, 0.8, 0],
        GoalLow = new(-0.1, 0.73, 0.0299),
        GoalHigh = new(0.1, 0.83, 0.0301),
        Handles = ["body:dial", "joint:knob_Joint_1"],
        MovedBodies = ["dial"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    /// <remarks>
    /// Quirk: there is no forward after the dial was moved, so that the first place to push is at the dial's old place.
    /// </remarks>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> dial = scene.RandomVector();
        scene.ObjectInit = new(dial[0], dial[1], dial[2]);
        scene.Target = scene.ObjectInit + new Point(0, 0.03, 0.03);
        scene.SetBodyPosition("dial", scene.ObjectInit);
        (double sin, double cos) = Math.SinCos(scene.GetCoordinate(scene.CoordinateOf("knob_Joint_1")));
        Point edge = scene.Position("body:dial") + new Point(DialRadius * sin, DialRadius * -cos, 0);
        scene.SetMemory(PushInit, edge + PushOffset);
        scene.SetSitePosition("goal", scene.Target);
        scene.SetMemory(MaxDistance, Math.Abs(scene.Target.Y - scene.ObjectInit.Y));
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        LaneMath.SinCos(view.Coordinate(Knob), out TLane sin, out TLane cos);
        Vec3<TLane> offset = new(TLane.Const(DialRadius) * sin, TLane.Const(DialRadius) * -cos, TLane.Const(0));
        view.SetObject(0, view.Position(Dial) + offset, view.Quaternion(Dial));
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> edge = view.Observation.Object;
        Vec3<TLane> push = edge + RewardTools.Constant<TLane>(0.05, 0.02, 0.09);
        Vec3<TLane> pushInit = view.MemoryPoint(PushInit);

        // quirk: the margin is that of the first place to push, not of the edge that is measured
        TLane distance = Vec3<TLane>.Length(edge - view.Target);
        TLane margin = TLane.Abs(Vec3<TLane>.Length(pushInit - view.Target) - TLane.Const(Radius));
        TLane inPlace = RewardTools.LongTail(distance, Radius, margin);
        TLane tcpToObject = Vec3<TLane>.Length(push - view.Tcp);
        TLane reachMargin = TLane.Abs(Vec3<TLane>.Length(pushInit - view.TcpInit) - TLane.Const(ReachRadius));
        TLane reach = RewardTools.Gaussian(tcpToObject, ReachRadius, reachMargin);
        TLane grasp = RewardTools.Hamacher(reach, RewardTools.Clip(view.Action(3), 0, 1));
        return new()
        {
            Reward = TLane.Const(10) * RewardTools.Hamacher(grasp, inPlace),
            Success = distance <= TLane.Const(Radius),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.01)),
            GraspSuccess = TLane.Const(1),
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
        Vec3<TLane> edge = view.Observation.Object;
        TLane distance = TLane.Abs(edge.Y - view.Target.Y);
        TLane reach = Vec3<TLane>.Length(edge - view.Tcp);
        TLane turn = FirstRewards.Approach(view.Memory(MaxDistance), distance, 1000, 0.001, 0.0001);
        return -reach + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), turn);
    }
}

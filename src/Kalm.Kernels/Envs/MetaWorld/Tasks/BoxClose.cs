using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Put the lid on the box (sawyer_box_close_v3.py).</summary>
internal readonly struct BoxClose : ITask
{
    private const int Lid = 0;
    private const int RestHeight = 0;
    private const int MaxPlaceDistance = 1;
    private const double LiftHeight = 0.12;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "box-close",
        Scene = "box",
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [-0.05, 0.5, 0.02, -0.1, 0.7, 0.133],
        RandomHigh = [0.05, 0.55, 0.02, 0.1, 0.8, 0.133],
        GoalLow = new(-0.1, 0.7, 0.133),
        GoalHigh = new(0.1, 0.8, 0.133),
        Handles = ["body:top_link"],
        MovedBodies = ["boxbody"],
        MovedSites = ["goal"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        double boxHeight = scene.Position("body:boxbody").Z;
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.25) goal = scene.RandomVector();

        // the height is a float in the original
        scene.ObjectInit = new(goal[0], goal[1], 0.02f);
        scene.Target = new(goal[3], goal[4], goal[5]);
        scene.SetBodyPosition("boxbody", scene.Target with { Z = boxHeight });
        scene.Step(5);
        scene.SetObject(scene.ObjectInit);
        scene.SetSitePosition("goal", scene.Target);

        double rest = scene.Position("geom:BoxHandleGeom").Z;
        double carry = rest + LiftHeight;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(MaxPlaceDistance, (scene.ObjectInit with { Z = carry } - scene.Target).Length + carry);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(0, view.Position(Lid), view.Quaternion(Lid));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = view.Observation.Hand;
        Vec3<TLane> handle = view.Observation.Object + RewardTools.Constant<TLane>(0, 0, 0.02);
        TLane effort = (RewardTools.Clip(view.Action(3), -1, 1) + TLane.Const(1)) / TLane.Const(2);
        TLane oriented = LongHandle.Oriented(view.Observation, 0.707, 0.707, 0.2);

        // take the handle from above
        TLane floor = RewardTools.Funnel(RewardTools.LengthXY(hand - handle), TLane.Const(0.02), 0.04, 0.4);
        TLane above = RewardTools.AboveFloor(hand.Z, floor);
        TLane ready = RewardTools.Hamacher(
            above, RewardTools.LongTail(Vec3<TLane>.Length(hand - handle), 0.02, TLane.Const(0.5)));

        // put it on the box; height counts three times
        TLane error = Vec3<TLane>.Length(RewardTools.Scaled(view.Target - handle, 1, 1, 3));
        TLane lifted = RewardTools.Flag(handle.Z > TLane.Const(0.04));
        TLane placed = (TLane.Const(0.2) * lifted)
            + (TLane.Const(0.8) * RewardTools.LongTail(error, 0.05, TLane.Const(0.25)));

        // a lid that is turned over is worth nothing, even in its place
        TLane success = Vec3<TLane>.Length(view.Observation.Object - view.Target) < TLane.Const(0.08);
        TLane reward = (TLane.Const(2) * RewardTools.Hamacher(effort, ready)) + (TLane.Const(8) * placed);
        return new()
        {
            Reward = TLane.Select(success, TLane.Const(10), reward) * oriented,
            Success = success,
            NearObject = ready,
            GraspSuccess = RewardTools.Flag(effort >= TLane.Const(0.5)),
            GraspReward = effort,
            InPlaceReward = placed,
            ObjToTarget = TLane.Const(0),
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> lid = view.Observation.Object;
        TLane rest = view.Memory(RestHeight);
        TLane carry = rest + TLane.Const(LiftHeight);
        TLane reach = Vec3<TLane>.Length(lid - view.Tcp);
        TLane distance = Vec3<TLane>.Length(lid - view.Target);
        TLane picked = FirstRewards.Picked(lid.Z, rest, carry, distance, reach);
        TLane place = FirstRewards.Approach(view.Memory(MaxPlaceDistance), distance);
        return FirstRewards.ReachFromAbove(view, lid, view.TcpInit.Z, 2)
            + FirstRewards.Lift(lid.Z, rest, carry, picked, reach)
            + FirstRewards.PositiveWhere(picked & (reach < TLane.Const(0.1)), place);
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Take the puck out of the hole to the goal (sawyer_pick_out_of_hole_v3.py).</summary>
internal readonly struct PickOutOfHole : ITask
{
    private const int Object = 0;
    private const int RestHeight = 0;
    private const int CarryHeight = 1;
    private const int MaxPlacing = 2;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "pick-out-of-hole",
        Scene = "pick_out_of_hole",
        HandInit = new(0, 0.6, 0.2),
        MocapLow = new(-0.5, 0.4, -0.05),
        RandomLow = [0, 0.75, 0.02, -0.1, 0.5, 0.15],
        RandomHigh = [0, 0.75, 0.02, 0.1, 0.6, 0.3],
        GoalLow = new(-0.1, 0.5, 0.15),
        GoalHigh = new(0.1, 0.6, 0.3),
        Handles = ["body:obj"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.15) goal = scene.RandomVector();
        scene.ObjectInit = new(goal[0], goal[1], goal[2]);
        scene.SetObject(scene.ObjectInit);
        scene.Target = new(goal[3], goal[4], goal[5]);
        scene.SetSitePosition("goal", scene.Target);

        double rest = scene.Position("geom:objGeom").Z;
        double carry = rest + 0.11;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(CarryHeight, carry);
        Point above = scene.ObjectInit with { Z = carry };
        scene.SetMemory(MaxPlacing, (above - scene.Target).Length + carry);
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
        Vec3<TLane> tcp = view.Tcp;
        TLane distance = Vec3<TLane>.Length(puck - view.Target);
        TLane tcpToObject = Vec3<TLane>.Length(puck - tcp);

        // keep the gripper above a funnel around the hole, away from its edge
        TLane radius = RewardTools.LengthXY(tcp - view.ObjectInit);
        TLane threshold = TLane.Const(0.03);
        TLane outside = radius > threshold;
        TLane depth = LaneMath.Log(TLane.Select(outside, radius - threshold, TLane.Const(1)));
        TLane floor = outside & ((TLane.Const(0.015) * depth) + TLane.Const(0.15));
        TLane below = TLane.Max(floor - tcp.Z, TLane.Const(0));
        TLane aboveFloor = TLane.Select(
            tcp.Z >= floor, TLane.Const(1), RewardTools.LongTail(below, 0.01, TLane.Const(0.02)));

        TLane grasp = new Caging(0.015, 0.02, 0.01, 0.03, effort: 0.1, highDensity: true).Reward(view, puck);
        TLane inPlace = RewardTools.LongTail(distance, 0.02, Vec3<TLane>.Length(view.ObjectInit - view.Target));
        TLane held = (tcpToObject < TLane.Const(0.04)) & (puck.Z - TLane.Const(0.02) > view.ObjectInit.Z)
            & ~(view.Observation.Gripper < TLane.Const(0.33));
        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        TLane bonus = TLane.Const(1) + (TLane.Const(5) * RewardTools.Hamacher(inPlace, aboveFloor));
        reward = TLane.Select(held, reward + bonus, reward);
        reward = TLane.Select(distance < TLane.Const(0.05), TLane.Const(10), reward);
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(0.07),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
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
        Vec3<TLane> puck = view.Observation.Object;
        TLane rest = view.Memory(RestHeight);
        TLane carry = view.Memory(CarryHeight);
        TLane reach = Vec3<TLane>.Length(puck - view.Tcp);
        TLane distance = Vec3<TLane>.Length(puck - view.Target);
        TLane reachReward = FirstRewards.ReachFromAbove(view, puck, view.TcpInit.Z, 2);
        TLane picked = FirstRewards.Picked(puck.Z, rest, carry, distance, reach);

        // heights count from 2 cm below the place of rest
        TLane near = reach < TLane.Const(0.1);
        TLane held = near & (puck.Z > rest + TLane.Const(0.005));
        TLane height = TLane.Select(picked, carry, TLane.Min(carry, puck.Z));
        TLane lift = (picked | held) & (TLane.Const(100) * (height - rest + TLane.Const(0.02)));
        TLane place = FirstRewards.Approach(view.Memory(MaxPlacing), distance);
        return (reachReward + lift) + FirstRewards.PositiveWhere(picked & near, place);
    }
}

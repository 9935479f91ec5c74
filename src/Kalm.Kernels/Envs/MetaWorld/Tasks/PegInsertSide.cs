using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Insert the peg into the hole from the side (sawyer_peg_insertion_side_v3.py).</summary>
internal readonly struct PegInsertSide : ITask
{
    private const int Grip = 0;
    private const int Peg = 1;
    private const int Head = 2;
    private const int Corner1 = 3;
    private const int Opposite1 = 4;
    private const int Corner2 = 5;
    private const int Opposite2 = 6;
    private const int HeadInit = 0;
    private const int RestHeight = 3;
    private const int CarryHeight = 4;
    private const int MaxPlacing = 5;
    private const double Radius = 0.07;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "peg-insert-side",
        Scene = "peg_insertion_side",
        HandInit = new(0, 0.6, 0.2),
        RandomLow = [0, 0.5, 0.02, -0.35, 0.4, -0.001],
        RandomHigh = [0.2, 0.7, 0.02, -0.25, 0.7, 0.001],
        GoalLow = new(-0.35 + 0.03, 0.4, -0.001 + 0.13),
        GoalHigh = new(-0.25 + 0.03, 0.7, 0.001 + 0.13),
        Handles =
        [
            "site:pegGrasp", "body:peg", "site:pegHead", "site:bottom_right_corner_collision_box_1",
            "site:top_left_corner_collision_box_1", "site:bottom_right_corner_collision_box_2",
            "site:top_left_corner_collision_box_2",
        ],
        MovedBodies = ["box"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    /// <remarks>Quirks: the head's place is stored before the peg moves, and no forward follows the box.</remarks>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.1) goal = scene.RandomVector();
        Point box = new(goal[3], goal[4], goal[5]);
        scene.ObjectInit = new(goal[0], goal[1], goal[2]);
        scene.SetMemory(HeadInit, scene.Position("site:pegHead"));
        scene.SetObject(scene.ObjectInit);
        scene.SetBodyPosition("box", box);
        scene.Target = box + new Point(0.03, 0, 0.13);
        scene.SetSitePosition("goal", scene.Target);

        double rest = scene.Position("body:peg").Z;
        double carry = rest + 0.11;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(CarryHeight, carry);
        Point above = scene.ObjectInit with { Z = carry };
        scene.SetMemory(MaxPlacing, (above - scene.Target).Length + carry);
    }

    /// <inheritdoc/>
    /// <remarks>The site pegGrasp is not turned in its body: their orientations are the same.</remarks>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        RewardTools.SciPyQuaternion(
            view.Matrix(Peg), out TLane x, out TLane y, out TLane z, out TLane w);
        view.SetObject(0, view.Position(Grip), x, y, z, w);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> peg = view.Observation.Object;
        Vec3<TLane> head = view.Position(Head);
        TLane opening = view.Observation.Gripper;
        TLane tcpToObject = Vec3<TLane>.Length(peg - view.Tcp);

        // the head in the hole; less in the two boxes in front of the block, above and below the hole
        TLane distance = Vec3<TLane>.Length(RewardTools.Scaled(head - view.Target, 1, 2, 2));
        TLane margin = Vec3<TLane>.Length(RewardTools.Scaled(view.MemoryPoint(HeadInit) - view.Target, 1, 2, 2));
        TLane box1 = RewardTools.RectPrism(head, view.Position(Corner1), view.Position(Opposite1));
        TLane box2 = RewardTools.RectPrism(head, view.Position(Corner2), view.Position(Opposite2));
        TLane inPlace = RewardTools.LongTail(distance, Radius, margin);
        inPlace = RewardTools.Hamacher(inPlace, RewardTools.Hamacher(box2, box1));

        TLane up = (opening > TLane.Const(0)) & (peg.Z - TLane.Const(0.01) > view.ObjectInit.Z);
        TLane held = (tcpToObject < TLane.Const(0.08)) & up;
        TLane grasp = new Caging(0.0075, 0.03, 0.01, 0.005, highDensity: true).Reward(view, peg);
        grasp = TLane.Select(held, TLane.Const(1), grasp);
        TLane reward = RewardTools.Hamacher(grasp, inPlace);
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(5) * inPlace)), reward);
        reward = TLane.Select(distance <= TLane.Const(Radius), TLane.Const(10), reward);
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(Radius),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag((tcpToObject < TLane.Const(0.02)) & up),
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
        Vec3<TLane> peg = view.Observation.Object;
        TLane rest = view.Memory(RestHeight);
        TLane carry = view.Memory(CarryHeight);
        TLane reach = Vec3<TLane>.Length(peg - view.Tcp);
        TLane headDistance = Vec3<TLane>.Length(view.Position(Head) - view.Target);
        TLane distance = Vec3<TLane>.Length(peg - view.Target);
        TLane reachReward = FirstRewards.ReachFromAbove(view, peg, view.TcpInit.Z, 1);
        TLane picked = FirstRewards.Picked(peg.Z, rest, carry, distance, reach);
        TLane lift = FirstRewards.Lift(peg.Z, rest, carry, picked, reach);

        // the head counts until it is close, then the grip
        TLane counted = TLane.Select(headDistance <= TLane.Const(0.05), distance, headDistance);
        TLane place = FirstRewards.Approach(view.Memory(MaxPlacing), counted);
        return (reachReward + lift) + FirstRewards.PositiveWhere(picked & (reach < TLane.Const(0.1)), place);
    }
}

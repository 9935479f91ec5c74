using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Put the block on the shelf (sawyer_shelf_place_v3.py).</summary>
internal readonly struct ShelfPlace : ITask
{
    private const int Object = 0;
    private const int ObjectGeom = 1;
    private const int RestHeight = 0;
    private const int CarryHeight = 1;
    private const int MaxPlacing = 2;
    private const double Radius = 0.05;

    /// <summary>Height of the site "goal" in the shelf's body, m.</summary>
    private const double GoalInShelf = 0.3;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "shelf-place",
        Scene = "shelf_placing",

        // the original stores it in single precision
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [-0.1, 0.5, 0.019, -0.1, 0.8, 0.299],
        RandomHigh = [0.1, 0.6, 0.021, 0.1, 0.9, 0.301],
        GoalLow = new(-0.1, 0.8, 0.299),
        GoalHigh = new(0.1, 0.9, 0.301),
        Handles = ["body:obj", "geom:objGeom"],
        MovedBodies = ["shelf"],
        MainObject = "objGeom",
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        double height = scene.Position("body:obj").Z;
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.1) goal = scene.RandomVector();
        Point shelf = new(goal[3], goal[4], goal[5] - 0.3);
        scene.ObjectInit = new(goal[0], goal[1], height);
        scene.SetBodyPosition("shelf", shelf);
        scene.Forward();
        scene.Target = new(shelf.X, shelf.Y, GoalInShelf + shelf.Z);
        scene.SetObject(scene.ObjectInit);

        double rest = scene.Position("geom:objGeom").Z;
        double carry = rest + 0.04;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(CarryHeight, carry);
        Point above = scene.ObjectInit with { Z = carry };
        scene.SetMemory(MaxPlacing, (above - scene.Target).Length + carry);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        RewardTools.SciPyQuaternion(
            view.Matrix(ObjectGeom), out TLane x, out TLane y, out TLane z, out TLane w);
        view.SetObject(0, view.Position(Object), x, y, z, w);
    }

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> block = view.Observation.Object;
        Vec3<TLane> target = view.Target;
        TLane open = view.Observation.Gripper > TLane.Const(0);
        TLane distance = Vec3<TLane>.Length(block - target);
        TLane tcpToObject = Vec3<TLane>.Length(block - view.Tcp);
        TLane inPlace = RewardTools.LongTail(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - target));
        TLane grasp = new Caging(0.02, 0.05, 0.01, 0.01).Reward(view, block);
        TLane reward = RewardTools.Hamacher(grasp, inPlace);

        // below the board: less in front of the shelf, the more the nearer and lower; nothing within it
        TLane front = target.Y - TLane.Const(3 * Radius);
        TLane low = (block.Z > TLane.Const(0)) & (block.Z < TLane.Const(0.24))
            & (block.X > target.X - TLane.Const(0.15)) & (block.X < target.X + TLane.Const(0.15));
        TLane close = (block.Y - front) / TLane.Const(3 * Radius);
        TLane loss = RewardTools.Hamacher(close, (TLane.Const(0.24) - block.Z) / TLane.Const(0.24));
        TLane before = low & (block.Y > front) & (block.Y < target.Y);
        inPlace = TLane.Select(before, RewardTools.Clip(inPlace - loss, 0, 1), inPlace);
        inPlace = ~(low & (block.Y > target.Y)) & inPlace;

        TLane held = (tcpToObject < TLane.Const(0.025)) & open & (block.Z - TLane.Const(0.01) > view.ObjectInit.Z);
        reward = TLane.Select(held, reward + (TLane.Const(1) + (TLane.Const(5) * inPlace)), reward);
        reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward);
        TLane lifted = block.Z - TLane.Const(0.02) > view.ObjectInit.Z;
        return new()
        {
            Reward = reward,
            Success = distance <= TLane.Const(0.07),
            NearObject = RewardTools.Flag(tcpToObject <= TLane.Const(0.03)),
            GraspSuccess = RewardTools.Flag(view.Touching & open & lifted),
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
        Vec3<TLane> block = view.Observation.Object;
        TLane rest = view.Memory(RestHeight);
        TLane carry = view.Memory(CarryHeight);
        TLane reach = Vec3<TLane>.Length(block - view.Tcp);
        TLane distance = Vec3<TLane>.Length(block - view.Target);
        TLane reachReward = FirstRewards.ReachFromAbove(view, block, view.TcpInit.Z, 2);
        TLane picked = FirstRewards.Picked(block.Z, rest, carry, distance, reach);
        TLane lift = FirstRewards.Lift(block.Z, rest, carry, picked, reach);
        TLane place = FirstRewards.Approach(view.Memory(MaxPlacing), distance);
        return (reachReward + lift) + FirstRewards.PositiveWhere(picked & (reach < TLane.Const(0.1)), place);
    }
}

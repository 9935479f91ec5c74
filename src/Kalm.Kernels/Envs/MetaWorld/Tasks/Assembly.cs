using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Hang the nut of a wrench over a peg (sawyer_assembly_peg_v3.py).</summary>
internal readonly struct Assembly : ITask
{
    private const int Grip = 0;
    private const int Nut = 1;
    private const int NutCenter = 2;
    private const int RestHeight = 0;
    private const int MaxPlaceDistance = 1;
    private const double LiftHeight = 0.1;
    private const double HalfHandle = 0.01;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "assembly",
        Scene = "assembly_peg",
        HandInit = new(0, 0.6f, 0.2f),
        RandomLow = [0, 0.6, 0.02, -0.1, 0.75, 0.1],
        RandomHigh = [0, 0.6, 0.02, 0.1, 0.85, 0.1],
        GoalLow = new(-0.1, 0.75, 0.1),
        GoalHigh = new(0.1, 0.85, 0.1),
        Handles = ["site:RoundNut-8", "body:RoundNut", "site:RoundNut"],
        MovedBodies = ["peg"],
        MovedSites = ["pegTop"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.1) goal = scene.RandomVector();
        scene.ObjectInit = new(goal[0], goal[1], goal[2]);
        scene.Target = new(goal[3], goal[4], goal[5]);
        scene.SetObject(scene.ObjectInit);
        scene.SetBodyPosition("peg", scene.Target - new Point(0, 0, 0.05));
        scene.SetSitePosition("pegTop", scene.Target);

        double rest = scene.Position("site:RoundNut-8").Z;
        double carry = rest + LiftHeight;
        scene.SetMemory(RestHeight, rest);
        scene.SetMemory(MaxPlaceDistance, (scene.ObjectInit with { Z = carry } - scene.Target).Length + carry);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.SetObject(0, view.Position(Grip), view.Quaternion(Nut));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> wrench = LongHandle.Nearest(view.Observation.Object, view.Observation.Hand, HalfHandle);
        TLane oriented = LongHandle.Oriented(view.Observation, 0.707, 0.707, 0.4);
        TLane grasp = new Caging(0.015, 0.02, 0.01, 0.01, mediumDensity: true).Reward(view, wrench);
        TLane inPlace = Placed(view.Position(NutCenter), view.Target, out TLane success);
        TLane reward = ((TLane.Const(2) * grasp) + (TLane.Const(6) * inPlace)) * oriented;
        return new()
        {
            Reward = TLane.Select(success, TLane.Const(10), reward),
            Success = success,
            NearObject = oriented,
            GraspSuccess = RewardTools.Flag(grasp >= TLane.Const(0.5)),
            GraspReward = grasp,
            InPlaceReward = inPlace,
            ObjToTarget = TLane.Const(0),
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> grip = view.Observation.Object;
        Vec3<TLane> nut = view.Position(Nut);
        Vec3<TLane> way = nut - view.Target;
        TLane rest = view.Memory(RestHeight);
        TLane carry = rest + TLane.Const(LiftHeight);
        TLane reach = Vec3<TLane>.Length(grip - view.Tcp);
        TLane distance = RewardTools.LengthXY(way);
        TLane aside = TLane.Abs(nut.Z - rest);
        TLane reachReward = FirstRewards.ReachFromAbove(view, grip, view.TcpInit.Z, 1, over: 0.04, near: 0.04);

        // picked only while the fingers are there; hung where the nut is over the peg
        TLane dropped = FirstRewards.Dropped(nut.Z, rest, distance, reach);
        TLane picked = (nut.Z >= carry - TLane.Const(0.01)) & (reach < TLane.Const(0.03)) & ~dropped;
        TLane hung = (TLane.Abs(way.X) < TLane.Const(0.03)) & (TLane.Abs(way.Y) < TLane.Const(0.03));
        TLane lift = FirstRewards.Lift(nut.Z, rest, carry, hung | picked, reach, near: 0.04);

        // to the peg, then down
        TLane place = FirstRewards.Approach(view.Memory(MaxPlaceDistance), distance);
        TLane square = -(aside * aside);
        TLane down = LaneMath.Exp(square / TLane.Const(0.003)) + LaneMath.Exp(square / TLane.Const(0.0003));
        place = TLane.Select(hung, place + ((TLane.Const(2000) * (carry - aside)) + (TLane.Const(2000) * down)), place);
        TLane counts = hung | (picked & (reach < TLane.Const(0.04)));
        return reachReward + lift + FirstRewards.PositiveWhere(counts, place);
    }

    // _reward_pos: a funnel over the peg, wider once the nut is on it
    private static TLane Placed<TLane>(Vec3<TLane> center, Vec3<TLane> target, out TLane success)
        where TLane : unmanaged, ILane<TLane>
    {
        Vec3<TLane> error = target - center;
        TLane radius = RewardTools.LengthXY(error);
        success = (radius < TLane.Const(0.02)) & (error.Z > TLane.Const(0));
        TLane threshold = TLane.Select(success, TLane.Const(0.02), TLane.Const(0.01));
        TLane height = RewardTools.Funnel(radius, threshold, 0.02, 0.2);
        TLane lifted = (center.Z > TLane.Const(0.02)) | (radius < threshold);
        TLane distance = Vec3<TLane>.Length(new Vec3<TLane>(error.X, error.Y, (height - center.Z) * TLane.Const(3)));
        return (TLane.Const(0.1) * RewardTools.Flag(lifted))
            + (TLane.Const(0.9) * RewardTools.LongTail(distance, 0.02, TLane.Const(0.4)));
    }
}

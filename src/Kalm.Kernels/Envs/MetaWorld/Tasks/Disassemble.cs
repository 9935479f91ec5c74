using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Lift the nut of a wrench off a peg (sawyer_disassemble_peg_v3.py).</summary>
internal readonly struct Disassemble : ITask
{
    private const int Grip = 0;
    private const int Nut = 1;
    private const int NutCenter = 2;
    private const int RestHeight = 0;
    private const int MaxPlaceDistance = 1;
    private const double LiftHeight = 0.05;
    private const double HalfHandle = 0.01;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "disassemble",
        Scene = "assembly_peg",
        HandInit = new(0, 0.4f, 0.2f),
        RandomLow = [0, 0.6, 0.025, -0.1, 0.6, 0.1699],
        RandomHigh = [0.1, 0.75, 0.02501, 0.1, 0.75, 0.1701],
        GoalLow = new(-0.1, 0.6, 0.1699 + 0.005),
        GoalHigh = new(0.1, 0.75, 0.1701 + 0.005),
        Handles = ["site:RoundNut-8", "body:RoundNut", "site:RoundNut"],
        MovedBodies = ["peg"],
        MovedSites = ["pegTop"],
        HandMeetsObject = true,
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        // the second half of the vector serves the rejection alone
        IReadOnlyList<double> goal = scene.RandomVector();
        while (new Point(goal[0] - goal[3], goal[1] - goal[4], 0).LengthXY < 0.1) goal = scene.RandomVector();
        scene.ObjectInit = new(goal[0], goal[1], goal[2]);
        scene.Target = scene.ObjectInit + new Point(0, 0, 0.15);
        scene.SetBodyPosition("peg", scene.ObjectInit + new Point(0, 0, 0.03));
        scene.SetSitePosition("pegTop", scene.ObjectInit + new Point(0, 0, 0.08));
        scene.Forward();
        scene.SetObject(scene.ObjectInit);

        double rest = scene.Position("body:RoundNut").Z;
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
        TLane grasp = new Caging(0.015, 0.02, 0.01, 0.01, highDensity: true).Reward(view, wrench);

        // up to a point above the target
        Vec3<TLane> center = view.Position(NutCenter);
        TLane error = Vec3<TLane>.Length(view.Target + RewardTools.Constant<TLane>(0, 0, 0.1) - center);
        TLane lifted = RewardTools.Flag(center.Z > TLane.Const(0.02));
        TLane inPlace = (TLane.Const(0.1) * lifted)
            + (TLane.Const(0.9) * RewardTools.LongTail(error, 0.02, TLane.Const(0.2)));
        TLane success = view.Observation.Object.Z > view.Target.Z;
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
        TLane rest = view.Memory(RestHeight);
        TLane carry = rest + TLane.Const(LiftHeight);
        TLane reach = Vec3<TLane>.Length(grip - view.Tcp);
        TLane distance = Vec3<TLane>.Length(grip - view.Target);
        TLane picked = FirstRewards.Picked(grip.Z, rest, carry, distance, reach) & (reach < TLane.Const(0.04));
        TLane approach = FirstRewards.ReachFromAbove(view, grip, view.TcpInit.Z, 2, over: 0.04, near: 0.04);
        TLane lift = FirstRewards.Lift(grip.Z, rest, carry, picked, reach, near: 0.04);
        TLane place = FirstRewards.Approach(view.Memory(MaxPlaceDistance), distance);

        // off the peg, which stands where the nut began, the way is paid in full
        Vec3<TLane> way = view.Position(Nut) - view.ObjectInit;
        TLane off = (TLane.Abs(way.X) > TLane.Const(0.05)) | (TLane.Abs(way.Y) > TLane.Const(0.05));
        approach = TLane.Select(off, TLane.Const(0), approach);
        lift = TLane.Select(off, carry * TLane.Const(100), lift);
        return approach + lift + FirstRewards.PositiveWhere(picked & (reach < TLane.Const(0.03)), place);
    }
}

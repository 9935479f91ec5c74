using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Close a door (sawyer_door_close_v3.py).</summary>
internal readonly struct DoorClose : ITask
{
    // where the reset takes the hand, m; floats in the original
    private const double HandX = -0.5;
    private const double HandY = 0.6f;
    private const double HandZ = 0.2f;
    private const double Radius = 0.05;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "door-close",
        Scene = "door_pull",
        HandInit = new(HandX, HandY, HandZ),
        RandomLow = [0, 0.85, 0.15],
        RandomHigh = [0.1, 0.95, 0.15],
        GoalLow = new(0.2, 0.65, 0.1499),
        GoalHigh = new(0.3, 0.75, 0.1501),
        Handles = ["geom:handle"],
        MovedBodies = ["door"],
        MovedSites = ["goal"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene) => DoorOpen.Place(scene, new(0.2, -0.2, 0), -1.5708);

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => DoorOpen.Look(view);

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> handle = view.Observation.Object;
        TLane distance = Vec3<TLane>.Length(handle - view.Target);
        TLane inPlace = RewardTools.Gaussian(distance, Radius, Vec3<TLane>.Length(view.ObjectInit - view.Target));

        // quirk: the hand's margin follows the handle of now
        TLane margin = Vec3<TLane>.Length(RewardTools.Constant<TLane>(HandX, HandY, HandZ) - handle) + TLane.Const(0.1);
        TLane handInPlace = RewardTools.Gaussian(Vec3<TLane>.Length(view.Tcp - view.Target), 0.25 * Radius, margin);
        TLane reward = (TLane.Const(3) * handInPlace) + (TLane.Const(6) * inPlace);
        return new()
        {
            Reward = TLane.Select(distance < TLane.Const(Radius), TLane.Const(10), reward),
            Success = distance <= TLane.Const(0.08),
            NearObject = TLane.Const(0),
            GraspSuccess = TLane.Const(1),
            GraspReward = TLane.Const(1),
            InPlaceReward = handInPlace,
            ObjToTarget = distance,
        };
    }

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => DoorOpen.FirstReward(view);
}

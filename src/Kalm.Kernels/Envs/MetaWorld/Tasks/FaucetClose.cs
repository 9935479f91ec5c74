using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>Turn a faucet shut (sawyer_faucet_close_v3.py).</summary>
internal readonly struct FaucetClose : ITask
{
    private const int Handle = 0;
    private const int Base = 1;

    /// <inheritdoc/>
    public static TaskSpec Spec { get; } = new()
    {
        Name = "faucet-close",
        Scene = "faucet",
        HandInit = new(0, 0.4, 0.2),
        MocapLow = new(-0.5, 0.4, -0.15),
        RandomLow = [-0.1, 0.8, 0],
        RandomHigh = [0.1, 0.85, 0],
        GoalLow = new(-0.5, 0.4, -0.15),
        GoalHigh = new(0.5, 1, 0.5),
        Handles = ["site:handleStartClose", "body:faucetBase"],
        MovedBodies = ["faucetBase"],
        MovedSites = ["goal_close"],
    };

    /// <inheritdoc/>
    public static void Reset(ResetScene scene)
    {
        FaucetOpen.Place(scene, -FaucetOpen.HandleLength);
        scene.Forward();
        scene.SetSitePosition("goal_close", scene.Target);
    }

    /// <inheritdoc/>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        view.SetObject(0, view.Position(Handle) + RewardTools.Constant<TLane>(0, 0, -0.01), view.Quaternion(Base));

    /// <inheritdoc/>
    public static Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => FaucetOpen.Judge(view, view.Observation.Object);

    /// <inheritdoc/>
    public static TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => FaucetOpen.FirstReward(view);
}

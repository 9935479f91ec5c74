using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Envs;

/// <summary>How an environment is made.</summary>
public sealed record EnvOptions
{
    /// <summary>
    /// Lane type of the simulation: its precision, and worlds per SIMD register. Null: the widest float.
    /// </summary>
    public LaneKind? Kind { get; init; }

    /// <summary>Runs the kernels; null: a launcher of the environment's own. A given one is not disposed.</summary>
    public ILauncher? Launcher { get; init; }

    /// <summary>
    /// Whether a finished world begins its next episode at once: its observation is then the first one of that episode,
    /// and the last one of the finished episode stands in <see cref="BatchEnv.FinalObservations"/>. Otherwise a
    /// finished
    /// world rests until it is reset.
    /// </summary>
    public bool AutoReset { get; init; }

    /// <summary>Number of the first world among all worlds of a job; random numbers go by it.</summary>
    public long FirstWorld { get; init; }

    /// <summary>CLEVR-Robot: level the goals of new episodes are drawn from.</summary>
    public ClevrLevel Level { get; init; } = ClevrLevel.Offline;

    /// <summary>CLEVR-Robot: form of the relation reward.</summary>
    public ClevrRewardForm RewardForm { get; init; } = ClevrRewardForm.Offset;

    /// <summary>
    /// CLEVR-Robot: MuJoCo generation to reproduce; the recorded data is of the older one. Meta-World is always that of
    /// the newer one.
    /// </summary>
    public ModelCompat Compat { get; init; } = ModelCompat.Mj2;

    /// <summary>
    /// Meta-World: folder of the original scenes and meshes (with sawyer_xyz in it); null: the program's own scenes.
    /// </summary>
    public string? AssetsFolder { get; init; }

    /// <summary>Meta-World: form of observations.</summary>
    public ObservationForm Observation { get; init; } = ObservationForm.Native;

    /// <summary>Meta-World: which reward is paid.</summary>
    public RewardVersion Reward { get; init; } = RewardVersion.V2;

    /// <summary>Meta-World: whether observations show the goal (multi-task), or zeros (meta-learning).</summary>
    public bool GoalObservable { get; init; } = true;

    /// <summary>Meta-World: where the goals of new episodes come from.</summary>
    public GoalChoice Goals { get; init; } = GoalChoice.Drawn;

    /// <summary>
    /// Meta-World: whether an episode ends when the goal is reached. Null: with KALM's reward only, as its wrapper
    /// does; the original goes on until the horizon.
    /// </summary>
    public bool? EndOnSuccess { get; init; }

    /// <summary>
    /// Meta-World: steps after which an episode is truncated; null: 500, with KALM's reward 100.
    /// </summary>
    public int? Horizon { get; init; }

    /// <summary>
    /// Meta-World, KALM's observations: states to fill the slot of an absent thing with; null: absent things are zeros.
    /// </summary>
    public EntityStates? NoisyEntities { get; init; }
}

using Kalm.Kernels.Envs.Clevr;
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

    /// <summary>MuJoCo generation to reproduce; the recorded data is of the older one.</summary>
    public ModelCompat Compat { get; init; } = ModelCompat.Mj2;
}

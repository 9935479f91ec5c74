using System.ComponentModel.DataAnnotations;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Pipeline;

/// <summary>Options of <c>kalm imagine</c>. Method: KALM, arXiv 2404.09248, section 3.3.</summary>
public sealed record ImagineOptions
{
    /// <summary>Levels whose goals rollouts are imagined for.</summary>
    public string[] Levels { get; init; } = ["rephrase", "easy", "hard"];

    /// <summary>Rollouts of the rephrase level (and of the offline level, where it is named).</summary>
    [Range(1, 10_000_000)]
    public int Rephrase { get; init; } = 800;

    /// <summary>Rollouts of the easy level, one step each.</summary>
    [Range(1, 10_000_000)]
    public int Easy { get; init; } = 800;

    /// <summary>Rollouts of the hard level.</summary>
    [Range(1, 10_000_000)]
    public int Hard { get; init; } = 200;

    /// <summary>Rollouts that are generated at once.</summary>
    [Range(1, 65536)]
    public int Batch { get; init; } = 200;

    /// <summary>Most steps of a rollout; a goal's own horizon may be shorter.</summary>
    [Range(1, 50)]
    public int Steps { get; init; } = 50;

    /// <summary>Divides the logits actions are drawn from; 0 takes the most probable action, as KALM does.</summary>
    [Range(0.0, 10.0)]
    public double Temperature { get; init; }

    /// <summary>
    /// Form of the relation reward: Offset, as in the recorded data, or Plain, as in KALM's imagined data.
    /// </summary>
    public ClevrRewardForm Reward { get; init; } = ClevrRewardForm.Offset;

    /// <summary>Whether rollouts with an impossible state or step are thrown away; KALM keeps all.</summary>
    public bool RejectInvalid { get; init; }

    /// <summary>
    /// Whether rollouts that miss their goal are thrown away, unless all of the level miss it; KALM keeps all.
    /// </summary>
    public bool RejectFailed { get; init; }

    /// <summary>Rollouts of a level.</summary>
    public int Count(ClevrLevel level) => level switch
    {
        ClevrLevel.Easy => Easy,
        ClevrLevel.Hard => Hard,
        _ => Rephrase,
    };
}

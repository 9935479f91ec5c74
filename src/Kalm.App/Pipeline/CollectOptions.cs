using System.ComponentModel.DataAnnotations;
using Kalm.Kernels.Envs.MetaWorld;

namespace Kalm.App.Pipeline;

/// <summary>Options of <c>kalm collect</c>.</summary>
public sealed record CollectOptions
{
    /// <summary>
    /// Environment id: clevr-robot, metaworld/TASK, or several tasks with equally many rollouts of each:
    /// metaworld/kalm (the paper's ten), metaworld/all, metaworld/mt10, metaworld/mt25.
    /// </summary>
    public string Env { get; init; } = "clevr-robot";

    /// <summary>Rollouts to keep; all of them reach their goal, and the configurations are equally frequent.</summary>
    [Range(1, 1_000_000)]
    public int Rollouts { get; init; } = 6400;

    /// <summary>CLEVR-Robot: share of actions drawn at random.</summary>
    [Range(0.0, 0.9)]
    public double Mistakes { get; init; } = 0.1;

    /// <summary>Rollouts after which what is there is saved; an interrupted collection continues from it.</summary>
    [Range(1, 1_000_000)]
    public int Checkpoint { get; init; } = 1600;

    /// <summary>CLEVR-Robot: whether simulator states are kept beside the observations.</summary>
    public bool States { get; init; }

    /// <summary>Meta-World: standard deviation of the noise on the scripted policies' actions.</summary>
    [Range(0.0, 2.0)]
    public double Noise { get; init; } = 0.1;

    /// <summary>
    /// Meta-World: native (39 numbers, reward of version 2, 500 steps) or kalm (91 numbers, 10 at the goal, 100 steps);
    /// default: kalm where all tasks have that form.
    /// </summary>
    public ObservationForm? Observation { get; init; }

    /// <summary>Meta-World: folder of the original assets (default: the program's own scenes).</summary>
    public string? Assets { get; init; }
}

/// <summary>What <c>kalm collect</c> made.</summary>
public sealed record CollectResult
{
    /// <summary>Rollouts kept.</summary>
    public required int Rollouts { get; init; }

    /// <summary>Steps of all rollouts together.</summary>
    public required int Transitions { get; init; }

    /// <summary>Mean length of a rollout.</summary>
    public required double MeanLength { get; init; }

    /// <summary>Median length of a rollout.</summary>
    public required int MedianLength { get; init; }

    /// <summary>Share of episodes that reached their goal.</summary>
    public required double SuccessRate { get; init; }

    /// <summary>Episodes in which the simulation had no room for a contact or had to be reset.</summary>
    public required int Overflows { get; init; }
}

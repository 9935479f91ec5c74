using System.ComponentModel.DataAnnotations;
using Kalm.Kernels.Lanes;

namespace Kalm.App.Pipeline;

/// <summary>Options of <c>kalm simulate</c>.</summary>
public sealed record SimulateOptions
{
    /// <summary>Environment id, such as clevr-robot or metaworld/door-open.</summary>
    public string Env { get; init; } = "metaworld/door-open";

    /// <summary>Worlds stepped together.</summary>
    [Range(1, 1 << 20)]
    public int Worlds { get; init; } = 4096;

    /// <summary>Environment steps of each world.</summary>
    [Range(1, 1_000_000_000)]
    public int Steps { get; init; } = 500;

    /// <summary>Who acts: scripted (Meta-World's experts) or random.</summary>
    public string Policy { get; init; } = "scripted";

    /// <summary>Whether an episode ends when its goal is reached, and the next one begins.</summary>
    public bool EndOnSuccess { get; init; }

    /// <summary>Precision of the simulator.</summary>
    public Precision Precision { get; init; } = Precision.Float;

    /// <summary>Seed of goals and random actions; the same goals as in metaworld.MT1(task, seed).</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Worker threads; results do not depend on them.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Folder of the original Meta-World assets (default: the program's own scenes).</summary>
    public string? Assets { get; init; }
}

/// <summary>What <c>kalm simulate</c> did.</summary>
public sealed record SimulateResult
{
    /// <summary>Environment id.</summary>
    public required string Env { get; init; }

    /// <summary>Worlds.</summary>
    public required int Worlds { get; init; }

    /// <summary>Steps of all worlds together.</summary>
    public required long EnvSteps { get; init; }

    /// <summary>Seconds the steps took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Steps per second of all worlds together.</summary>
    public required double EnvStepsPerSecond { get; init; }

    /// <summary>Episodes that ended.</summary>
    public required long Episodes { get; init; }

    /// <summary>Of these, and those under way, the ones that reached their goal.</summary>
    public required long Successes { get; init; }

    /// <summary>Episodes whose simulation had no room for a contact or had to be reset.</summary>
    public required long Overflows { get; init; }

    /// <summary>Observations with a number that is not finite.</summary>
    public required long NotFinite { get; init; }
}

using System.Text.Json.Serialization;

namespace Kalm.Benchmarks.Physics;

/// <summary>What was measured of one task.</summary>
internal sealed record MetaWorldResult
{
    /// <summary>Environment id.</summary>
    public required string Env { get; init; }

    /// <summary>Threads of both simulators.</summary>
    public required int Threads { get; init; }

    /// <summary>
    /// Environment steps per second and thread of Kalm in float, with expert, observation, reward and automatic resets.
    /// </summary>
    public required double KalmEnvStepsPerSecondPerCore { get; init; }

    /// <summary>The same of libmujoco 2.2.2, physics alone.</summary>
    public required double MujocoEnvStepsPerSecondPerCore { get; init; }

    /// <summary>Kalm over MuJoCo.</summary>
    public required double Ratio { get; init; }

    /// <summary>Memory of a world, bytes.</summary>
    public required long BytesPerWorld { get; init; }

    /// <summary>From nothing to the end of the first step: scene, reset of all worlds, compilation, s.</summary>
    public required double FirstStepSeconds { get; init; }

    /// <summary>Episodes that ended while Kalm was timed, per thousand steps.</summary>
    public required double ResetsPerThousandSteps { get; init; }

    /// <summary>Ratio of environment steps per second of processor time, which a busy machine changes less.</summary>
    [JsonIgnore]
    public double ProcessorRatio { get; init; }
}

/// <summary>What was measured of a list of tasks.</summary>
/// <param name="Tasks">Each task.</param>
/// <param name="RatioMean">Mean of the tasks' ratios.</param>
/// <param name="RatioMin">Least of them.</param>
internal sealed record MetaWorldResults(IReadOnlyList<MetaWorldResult> Tasks, double RatioMean, double RatioMin);

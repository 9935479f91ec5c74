using System.Text.Json.Serialization;

namespace Kalm.Benchmarks.Physics;

/// <summary>How <c>./bench sim</c> measures.</summary>
/// <param name="Env">Environment id.</param>
/// <param name="Threads">Threads of both simulators.</param>
/// <param name="Rounds">How often each simulator is timed; the middle time counts.</param>
/// <param name="WorldsPerThread">Worlds of Kalm's batch per thread.</param>
/// <param name="Assets">Folder of the original Meta-World assets; null: the one beside the project.</param>
internal sealed record SimOptions(string Env, int Threads, int Rounds, int WorldsPerThread, string? Assets = null);

/// <summary>What <c>./bench sim</c> measured.</summary>
/// <param name="Env">Environment id.</param>
/// <param name="Threads">Threads of both simulators.</param>
/// <param name="KalmEnvStepsPerSecondPerCore">Environment steps per second and thread of Kalm in float.</param>
/// <param name="MujocoEnvStepsPerSecondPerCore">The same of libmujoco 2.2.2.</param>
/// <param name="Ratio">Kalm over MuJoCo.</param>
internal sealed record SimResult(
    string Env,
    int Threads,
    double KalmEnvStepsPerSecondPerCore,
    double MujocoEnvStepsPerSecondPerCore,
    double Ratio)
{
    /// <summary>Environment steps of Kalm per second of processor time, which a busy machine does not change.</summary>
    [JsonIgnore]
    public double KalmPerProcessorSecond { get; init; }

    /// <summary>The same of libmujoco 2.2.2.</summary>
    [JsonIgnore]
    public double MujocoPerProcessorSecond { get; init; }
}

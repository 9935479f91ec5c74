using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>Named sets of options for whole runs.</summary>
public static class Presets
{
    /// <summary>The presets' names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tiny", "micro"];

    /// <summary>Options of a preset.</summary>
    /// <param name="name">
    /// tiny (minutes on 2 cores, the embedded default) or micro (seconds, proves that all parts work).
    /// </param>
    /// <exception cref="KalmException">There is no such preset.</exception>
    public static PipelineOptions Get(string name) => name switch
    {
        "tiny" => Tiny(),
        "micro" => Micro(),
        _ => throw new KalmException($"preset: found '{name}', expected one of {string.Join(", ", Names)}"),
    };

    private static PipelineOptions Tiny() => new()
    {
        // a model of a million parameters misses more goals than Llama-2-7B: many short rollouts, of which it keeps
        // the possible ones that reach their goal
        Imagine = new ImagineOptions
        {
            Rephrase = 60_000,
            Easy = 4_000,
            Hard = 8_000,
            Batch = 500,
            Steps = 8,
            Temperature = 1,
            RejectInvalid = true,
            RejectFailed = true,
        },

        // a tenth of the paper's updates or less, so larger steps; the reward of 100 takes them to reach
        Train = new TrainOptions
        {
            CqlUpdates = 12_000,
            CqlBatch = 64,
            CqlLearningRate = 2e-3,
            BcUpdates = 8_000,
            BcLearningRate = 3e-3,
            BcBeta = 0.05,
        },
    };

    private static PipelineOptions Micro() => new()
    {
        Collect = new CollectOptions { Rollouts = 80 },
        Ground = new GroundOptions
        {
            Model = "nano",
            PretrainSteps = 6,
            PretrainBatch = 16,
            Steps = 9,
            Batch = 16,
            ValidationRollouts = 8,
            ValidateEvery = 9,
            CheckpointEvery = 3,
        },
        Imagine = new ImagineOptions { Rephrase = 20, Easy = 20, Hard = 10, Steps = 10 },
        Train = new TrainOptions
        {
            Seeds = 2,
            CqlUpdates = 100,
            BcUpdates = 50,
            CqlTargetInterval = 50,
            CurvePoints = 5,
        },
        Evaluate = new EvaluateOptions { Episodes = 16, LlmEpisodes = 8, KeptEpisodes = 1 },
    };
}

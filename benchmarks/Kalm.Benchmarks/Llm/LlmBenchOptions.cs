namespace Kalm.Benchmarks.Llm;

/// <summary>What <c>./bench llm</c> measures.</summary>
internal sealed record LlmBenchOptions
{
    /// <summary>Sizes by name.</summary>
    public string Preset { get; init; } = "small";

    /// <summary>Threads of libtorch and of the decoder.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Sequences of a training step.</summary>
    public int TrainBatch { get; init; } = 16;

    /// <summary>Tokens of each.</summary>
    public int TrainTime { get; init; } = 128;

    /// <summary>Sequences generated at once.</summary>
    public int GenerateBatch { get; init; } = 64;

    /// <summary>Tokens of a prompt.</summary>
    public int Prompt { get; init; } = 32;

    /// <summary>Tokens generated after it.</summary>
    public int NewTokens { get; init; } = 96;

    /// <summary>Measurements of each figure; the median counts.</summary>
    public int Repetitions { get; init; } = 5;
}

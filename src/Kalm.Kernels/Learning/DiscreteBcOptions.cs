namespace Kalm.Kernels.Learning;

/// <summary>Options of <see cref="DiscreteBc"/>: KALM's values (table 3 and released code).</summary>
public sealed record DiscreteBcOptions
{
    /// <summary>Transitions per update.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weight beta of the mean squared logit.</summary>
    public double Beta { get; init; } = 0.5;

    /// <summary>How a batch mixes real and imagined transitions.</summary>
    public BatchMix Mix { get; init; } = BatchMix.Half;

    /// <summary>Key of initial weights and batches.</summary>
    public ulong Seed { get; init; }
}

namespace Kalm.Kernels.Learning;

/// <summary>
/// Options of <see cref="DiscreteCql"/>: the paper's symbols, KALM's values (table 3 and released code).
/// </summary>
public sealed record DiscreteCqlOptions
{
    /// <summary>Transitions per update.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 6.25e-5;

    /// <summary>Discount gamma.</summary>
    public double Gamma { get; init; } = 0.99;

    /// <summary>
    /// Whether gamma counts as 1, as it does in the released code, whose interval field holds the terminal flag.
    /// </summary>
    public bool OfficialGamma { get; init; }

    /// <summary>Weight alpha of the conservative loss.</summary>
    public double Alpha { get; init; } = 10;

    /// <summary>Critics of the ensemble; the smallest target counts, the mean acts.</summary>
    public int Critics { get; init; } = 1;

    /// <summary>Updates between two hard updates of the target critics.</summary>
    public int TargetUpdateInterval { get; init; } = 8000;

    /// <summary>How a batch mixes real and imagined transitions.</summary>
    public BatchMix Mix { get; init; } = BatchMix.Half;

    /// <summary>Key of initial weights and batches.</summary>
    public ulong Seed { get; init; }
}

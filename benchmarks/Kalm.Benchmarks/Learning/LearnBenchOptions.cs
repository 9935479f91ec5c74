namespace Kalm.Benchmarks.Learning;

/// <summary>What <c>bench learn</c> measures.</summary>
internal sealed record LearnBenchOptions
{
    /// <summary>cql-discrete or bc-discrete.</summary>
    public string Algorithm { get; init; } = "cql-discrete";

    /// <summary>Transitions per update.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Critics of CQL; 0 for 1 below batch 128 (the official setting) and 2 from there.</summary>
    public int Critics { get; init; }

    /// <summary>Threads of both sides.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Timed rounds; Kalm and libtorch take turns and the medians count.</summary>
    public int Rounds { get; init; } = 9;

    /// <summary>Seconds of one round of one side.</summary>
    public double RoundSeconds { get; init; } = 0.5;
}

/// <summary>What <c>bench learn</c> found.</summary>
/// <param name="Algorithm">cql-discrete or bc-discrete.</param>
/// <param name="Batch">Transitions per update.</param>
/// <param name="Critics">Critics of CQL, 1 for BC.</param>
/// <param name="Threads">Threads of both sides.</param>
/// <param name="KalmUpdatesPerSecond">Median over rounds.</param>
/// <param name="TorchUpdatesPerSecond">Median over rounds.</param>
/// <param name="Ratio">Kalm over libtorch.</param>
internal sealed record LearnBenchResult(
    string Algorithm, int Batch, int Critics, int Threads, double KalmUpdatesPerSecond, double TorchUpdatesPerSecond,
    double Ratio);

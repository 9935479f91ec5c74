namespace Kalm.App.Pipeline;

/// <summary>What every stage is given beside its options.</summary>
public sealed class StageContext
{
    /// <summary>Where the run keeps what it makes.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Where the stage tells how far it is.</summary>
    public required IProgressSink Progress { get; init; }

    /// <summary>Where the stage writes its curves.</summary>
    public required MetricsWriter Metrics { get; init; }

    /// <summary>
    /// Asks to stop. A stage looks at it where it can continue later (after a checkpoint) and throws
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>
    /// Worker threads a stage may use. Only what libtorch computes depends on it, in the last digits.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Seed of the run; a stage derives its own streams from it.</summary>
    public ulong Seed { get; init; }
}

namespace Kalm.App.Pipeline;

/// <summary>The options of all stages of a run.</summary>
public sealed record PipelineOptions
{
    /// <summary>Offline data.</summary>
    public CollectOptions Collect { get; init; } = new();

    /// <summary>Grounding of the language model.</summary>
    public GroundOptions Ground { get; init; } = new();

    /// <summary>Imagined rollouts.</summary>
    public ImagineOptions Imagine { get; init; } = new();

    /// <summary>Offline reinforcement learning.</summary>
    public TrainOptions Train { get; init; } = new();

    /// <summary>Evaluation.</summary>
    public EvaluateOptions Evaluate { get; init; } = new();

    /// <summary>The report.</summary>
    public ReportOptions Report { get; init; } = new();
}

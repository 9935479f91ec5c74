namespace Kalm.App.Pipeline;

/// <summary>The options of all stages of a run.</summary>
public sealed record PipelineOptions
{
    /// <summary>The report.</summary>
    public ReportOptions Report { get; init; } = new();
}

namespace Kalm.App.Pipeline;

/// <summary>The options of all stages of a run.</summary>
public sealed record PipelineOptions
{
}

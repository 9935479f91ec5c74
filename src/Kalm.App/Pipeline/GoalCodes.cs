using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>The goal codes of a run.</summary>
public static class GoalCodes
{
    /// <summary>Makes the encoder that options ask for.</summary>
    /// <param name="options">The options.</param>
    /// <param name="context">The run, whose grounded model may be asked.</param>
    /// <exception cref="KalmException">What the encoder needs is not there.</exception>
    public static IGoalEncoder Create(GoalCodeOptions options, StageContext context) => options.Kind switch
    {
        GoalCodeKind.Model =>
            new ModelGoalEncoder(Path.Combine(context.Folder.Ground, "model"), context.Threads, options.Norm),
        GoalCodeKind.Recorded => new RecordedGoalEncoder(
            options.File ?? throw new KalmException("goals.file: found nothing, expected a file of recorded codes")),
        _ => new HashedGoalEncoder(options.Size, options.Norm),
    };
}

namespace Kalm.App.Pipeline;

/// <summary>The goal codes of a run.</summary>
public static class GoalCodes
{
    /// <summary>Makes the encoder that options ask for.</summary>
    /// <param name="options">The options.</param>
    public static IGoalEncoder Create(GoalCodeOptions options) => new HashedGoalEncoder(options.Size, options.Norm);
}

namespace Kalm.App.Pipeline;

/// <summary>What <c>kalm imagine</c> made.</summary>
/// <param name="Levels">Figures of each level.</param>
public sealed record ImagineResult(ImaginedLevel[] Levels);

/// <summary>Figures of the imagined rollouts of one level.</summary>
public sealed record ImaginedLevel
{
    /// <summary>The level.</summary>
    public required string Level { get; init; }

    /// <summary>Rollouts kept.</summary>
    public required int Rollouts { get; init; }

    /// <summary>Steps of all rollouts together.</summary>
    public required int Transitions { get; init; }

    /// <summary>
    /// Share of the rollouts that reach their goal, judged on the imagined states (the paper's match rate).
    /// </summary>
    public required double MatchRate { get; init; }

    /// <summary>Share of the steps after which a ball is beyond the walls.</summary>
    public required double LeftTable { get; init; }

    /// <summary>Share of the steps after which two balls overlap.</summary>
    public required double Overlapping { get; init; }

    /// <summary>
    /// Share of the steps that the simulator contradicts: a ball is elsewhere by more than the limit.
    /// </summary>
    public required double ExceedsDynamics { get; init; }

    /// <summary>Mean distance of a ball from where the simulator puts it, m.</summary>
    public required double MeanError { get; init; }

    /// <summary>Rollouts thrown away as invalid.</summary>
    public required int Rejected { get; init; }
}

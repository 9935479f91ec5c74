namespace Kalm.App.Pipeline;

/// <summary>Options of <c>kalm import</c>.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// The official <c>.npy</c> file: CLEVR-Robot rollouts, recorded or generated, or recorded Meta-World rollouts.
    /// </summary>
    [Positional]
    public required string File { get; init; }

    /// <summary>The folder the rollout set is written to.</summary>
    public required string Out { get; init; }
}

/// <summary>What <c>kalm import</c> made.</summary>
public sealed record ImportResult
{
    /// <summary>The rollout set's folder.</summary>
    public required string Out { get; init; }

    /// <summary>Rollouts read.</summary>
    public required int Rollouts { get; init; }

    /// <summary>Rollouts whose own flags say that they reached the goal.</summary>
    public required int Successes { get; init; }

    /// <summary>Steps of all rollouts together.</summary>
    public required int Transitions { get; init; }
}

namespace Kalm.Kernels.Envs;

/// <summary>Names, shapes and bounds of an environment.</summary>
public sealed record EnvSpec
{
    /// <summary>The environment's id.</summary>
    public required string Id { get; init; }

    /// <summary>Names of the numbers of an observation.</summary>
    public required IReadOnlyList<string> ObservationNames { get; init; }

    /// <summary>Least value of each number of an observation.</summary>
    public required IReadOnlyList<float> ObservationLow { get; init; }

    /// <summary>Greatest value of each number of an observation.</summary>
    public required IReadOnlyList<float> ObservationHigh { get; init; }

    /// <summary>Number of actions, an action being a number from 0; 0 where actions are real numbers.</summary>
    public int ActionCount { get; init; }

    /// <summary>Names of the numbers of an action; empty where actions are numbered.</summary>
    public IReadOnlyList<string> ActionNames { get; init; } = [];

    /// <summary>Least useful value of each number of an action.</summary>
    public IReadOnlyList<float> ActionLow { get; init; } = [];

    /// <summary>Greatest useful value of each number of an action.</summary>
    public IReadOnlyList<float> ActionHigh { get; init; } = [];

    /// <summary>Names of the values that explain a step.</summary>
    public IReadOnlyList<string> InfoNames { get; init; } = [];

    /// <summary>Steps after which an episode is truncated.</summary>
    public required int Horizon { get; init; }

    /// <summary>Numbers of a simulator state: positions, velocities, then what else the environment needs.</summary>
    public required int StateSize { get; init; }

    /// <summary>Integers of a goal code; 0 when there are no goals.</summary>
    public required int GoalSize { get; init; }

    /// <summary>Numbers of an observation.</summary>
    public int ObservationSize => ObservationNames.Count;

    /// <summary>Real numbers of an action; 0 where actions are numbered.</summary>
    public int ActionSize => ActionNames.Count;
}

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

    /// <summary>Number of actions; an action is a number from 0.</summary>
    public required int ActionCount { get; init; }

    /// <summary>Steps after which an episode is truncated.</summary>
    public required int Horizon { get; init; }

    /// <summary>Numbers of a simulator state: positions, then velocities.</summary>
    public required int StateSize { get; init; }

    /// <summary>Integers of a goal code; 0 when there are no goals.</summary>
    public required int GoalSize { get; init; }

    /// <summary>Numbers of an observation.</summary>
    public int ObservationSize => ObservationNames.Count;
}

namespace Kalm.App.Formats;

/// <summary>The <c>dataset.json</c> of a rollout set: what the arrays beside it hold.</summary>
internal sealed record DatasetInfo
{
    /// <summary>Always <see cref="FormatName"/>.</summary>
    public const string FormatName = "kalm-rollouts";

    /// <summary>Version of the layout.</summary>
    public const int FormatVersion = 1;

    /// <summary>Name of the layout.</summary>
    public required string Format { get; init; }

    /// <summary>Version of the layout the folder was written with.</summary>
    public required int Version { get; init; }

    /// <summary>Environment id.</summary>
    public required string Env { get; init; }

    /// <summary>Goal level: offline, rephrase, easy or hard.</summary>
    public required string Level { get; init; }

    /// <summary>Where the rollouts come from, in words.</summary>
    public required string Origin { get; init; }

    /// <summary>Number of rollouts N.</summary>
    public required int Rollouts { get; init; }

    /// <summary>Steps a rollout has room for, T.</summary>
    public required int Capacity { get; init; }

    /// <summary>Numbers of an observation.</summary>
    public required int ObservationSize { get; init; }

    /// <summary>Numbers of a goal code.</summary>
    public required int GoalSize { get; init; }

    /// <summary>Numbers of a simulator state; 0 when states are not kept.</summary>
    public required int StateSize { get; init; }

    /// <summary>Numbers of a continuous action; 0 or absent: an action is the number of a choice.</summary>
    public int ActionSize { get; init; }
}

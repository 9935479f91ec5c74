namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>The data of a task: names, boxes, handles.</summary>
public sealed record TaskSpec
{
    /// <summary>Name as in the environment's id: "door-open" for metaworld/door-open.</summary>
    public required string Name { get; init; }

    /// <summary>The original's scene file without prefix and suffix: "door_pull" for sawyer_door_pull.xml.</summary>
    public required string Scene { get; init; }

    /// <summary>Where the reset takes the hand (hand_init_pos), m.</summary>
    public required Point HandInit { get; init; }

    /// <summary>Least mocap position, m.</summary>
    public Point MocapLow { get; init; } = new(-0.5, 0.4, 0.05);

    /// <summary>Greatest mocap position, m.</summary>
    public Point MocapHigh { get; init; } = new(0.5, 1, 0.5);

    /// <summary>Lower corner of the box random vectors are drawn from (_random_reset_space): 3 or 6 numbers.</summary>
    public required IReadOnlyList<double> RandomLow { get; init; }

    /// <summary>Upper corner of that box.</summary>
    public required IReadOnlyList<double> RandomHigh { get; init; }

    /// <summary>Lower corner of the box the observed goal is clipped to (goal_space).</summary>
    public required Point GoalLow { get; init; }

    /// <summary>Upper corner of that box.</summary>
    public required Point GoalHigh { get; init; }

    /// <summary>
    /// What the task looks at by number, as "kind:name" with kind body, geom, site or joint; the task's constants are
    /// the places in this list. The list common to all tasks (<see cref="CommonHandles"/>) does not count.
    /// </summary>
    public IReadOnlyList<string> Handles { get; init; } = [];

    /// <summary>Bodies whose position the reset changes.</summary>
    public IReadOnlyList<string> MovedBodies { get; init; } = [];

    /// <summary>Sites whose position the reset changes.</summary>
    public IReadOnlyList<string> MovedSites { get; init; } = [];

    /// <summary>Geom whose contact with both pads is "touching" (_get_id_main_object); null: nobody asks.</summary>
    public string? MainObject { get; init; }

    /// <summary>
    /// Whether the state after the hand's reset depends on the goal, so that a reset cannot start from a common
    /// snapshot: while the hand moves, it or an object meets what the first pass of the reset has moved.
    /// </summary>
    public bool HandMeetsObject { get; init; }
}

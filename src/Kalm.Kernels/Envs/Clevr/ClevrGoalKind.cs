namespace Kalm.Kernels.Envs.Clevr;

/// <summary>What a goal asks for. The numbers are those of the goal codes on disk.</summary>
public enum ClevrGoalKind
{
    /// <summary>One ball beside another in a direction (levels offline and rephrase).</summary>
    Relation = 0,

    /// <summary>One push of a named ball in a direction; an episode of one step (level easy).</summary>
    Step = 1,

    /// <summary>Two relations at once (level hard).</summary>
    TwoRelations = 2,

    /// <summary>Three relations at once (level hard).</summary>
    ThreeRelations = 3,

    /// <summary>Red, blue, green, purple and cyan in a row from left to right (level hard).</summary>
    LineUp = 4,

    /// <summary>All other balls close around the green one (level hard).</summary>
    Gather = 5,
}

/// <summary>The four directions of goals, with the numbers of the recorded data.</summary>
public enum ClevrDirection
{
    /// <summary>Towards +y.</summary>
    Behind = 0,

    /// <summary>Towards -x.</summary>
    Left = 1,

    /// <summary>Towards -y.</summary>
    Front = 2,

    /// <summary>Towards +x.</summary>
    Right = 3,
}

/// <summary>The two forms of the relation reward that the KALM data contains.</summary>
public enum ClevrRewardForm
{
    /// <summary>
    /// Ten times the decrease of the distance from the source ball to the point 0.195 m beside the destination ball:
    /// the recorded offline data.
    /// </summary>
    Offset,

    /// <summary>Ten times the decrease of the distance between the two balls: imagined data and ImagineBench.</summary>
    Plain,
}

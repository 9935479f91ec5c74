namespace Kalm.App.Pipeline;

/// <summary>What a simulated scene looks like: its visible geoms, each in the frame of its body.</summary>
/// <param name="Name">Name the episodes refer to.</param>
/// <param name="Title">Headline of its player.</param>
/// <param name="Geoms">The geoms.</param>
public sealed record ReportStageModel(string Name, string Title, IReadOnlyList<ReportGeom> Geoms);

/// <summary>One visible geom.</summary>
public sealed record ReportGeom
{
    /// <summary>Number of the body it is fixed to; 0 is the world.</summary>
    public required int Body { get; init; }

    /// <summary>box, sphere, capsule, cylinder or mesh.</summary>
    public required string Type { get; init; }

    /// <summary>Half sizes as MuJoCo has them, (3), m.</summary>
    public required IReadOnlyList<double> Size { get; init; }

    /// <summary>Position in the body, (3), m.</summary>
    public required IReadOnlyList<double> Pos { get; init; }

    /// <summary>Orientation in the body, w x y z.</summary>
    public required IReadOnlyList<double> Quat { get; init; }

    /// <summary>Red, green, blue, opacity, 0 … 1.</summary>
    public required IReadOnlyList<double> Color { get; init; }

    /// <summary>Vertices of the hull of a mesh, (n, 3), m.</summary>
    public IReadOnlyList<double> Points { get; init; } = [];
}

/// <summary>One rollout of a scene as poses of its bodies.</summary>
public sealed record ReportEpisode
{
    /// <summary>Name of the scene.</summary>
    public required string Scene { get; init; }

    /// <summary>Where it comes from, in a few words: what its list shows.</summary>
    public required string Goal { get; init; }

    /// <summary>Goal level; empty.</summary>
    public string Level { get; init; } = "";

    /// <summary>Method; empty.</summary>
    public string Method { get; init; } = "";

    /// <summary>Whether the goal was reached.</summary>
    public bool Success { get; init; }

    /// <summary>Steps.</summary>
    public required int Length { get; init; }

    /// <summary>Goal position, m; empty: not shown.</summary>
    public required IReadOnlyList<double> Target { get; init; }

    /// <summary>
    /// Pose of every body before the first step: position, then quaternion w x y z, in ten-thousandths, (nbody, 7).
    /// </summary>
    public required IReadOnlyList<int> Poses { get; init; }

    /// <summary>Bodies that move.</summary>
    public required IReadOnlyList<int> Moving { get; init; }

    /// <summary>Their poses before each step and after the last, (length + 1, moving, 7).</summary>
    public required IReadOnlyList<int> Frames { get; init; }
}

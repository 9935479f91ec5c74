namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Where a pair function finds its two geoms, the lower type first, and where it may write. Passed by reference into
/// the functions of a pair.
/// </summary>
internal readonly struct CollisionPair
{
    /// <summary>First row of geom 1's position, (3).</summary>
    public int Position1 { get; init; }

    /// <summary>First row of geom 1's orientation matrix, (9).</summary>
    public int Matrix1 { get; init; }

    /// <summary>Address of geom 1's sizes in the table of real constants, (3).</summary>
    public int Size1 { get; init; }

    /// <summary>First row of geom 2's position, (3).</summary>
    public int Position2 { get; init; }

    /// <summary>First row of geom 2's orientation matrix, (9).</summary>
    public int Matrix2 { get; init; }

    /// <summary>Address of geom 2's sizes in the table of real constants, (3).</summary>
    public int Size2 { get; init; }

    /// <summary>
    /// First scratch row: <see cref="Candidate.Capacity"/> candidates, then what the function needs besides.
    /// </summary>
    public int Scratch { get; init; }
}

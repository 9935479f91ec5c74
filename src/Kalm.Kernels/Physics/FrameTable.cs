namespace Kalm.Kernels.Physics;

/// <summary>
/// One entry of a table of frames at a fixed offset from a body: bodies without joints, geoms, sites. Integers of the
/// launch, offsets within the entry.
/// </summary>
internal static class FrameTable
{
    /// <summary>Body whose frame the offset is given in.</summary>
    public const int Source = 0;

    /// <summary>First row of a position of its own in every world, -1: the constant.</summary>
    public const int PositionRow = 1;

    /// <summary>First row of an orientation of its own in every world, -1: the constant.</summary>
    public const int OrientationRow = 2;

    /// <summary>Address of the constant offset: position (3), orientation (4).</summary>
    public const int Offset = 3;

    /// <summary>First row of the position, -1: not wanted.</summary>
    public const int Position = 4;

    /// <summary>First row of the orientation matrix, -1: not wanted.</summary>
    public const int Matrix = 5;

    /// <summary>First row of the orientation, -1: not wanted.</summary>
    public const int Orientation = 6;

    /// <summary>Integers of one entry.</summary>
    public const int Stride = 7;
}

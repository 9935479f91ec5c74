namespace Kalm.Kernels.Physics.Collision;

/// <summary>Two shapes and the scratch of their collision.</summary>
/// <param name="at">First row of the scratch.</param>
/// <param name="shape1">First shape.</param>
/// <param name="shape2">Second shape.</param>
internal readonly struct ConvexPair(int at, ConvexShape shape1, ConvexShape shape2)
{
    /// <summary>First row of the scratch.</summary>
    public readonly int At = at;

    /// <summary>First shape.</summary>
    public readonly ConvexShape Shape1 = shape1;

    /// <summary>Second shape.</summary>
    public readonly ConvexShape Shape2 = shape2;
}

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Integers of a run of consecutive pairs between the same two bodies, which are looked at only where the boxes around
/// both bodies' geoms overlap.
/// </summary>
internal static class PairRuns
{
    /// <summary>The first pair after the run.</summary>
    public const int End = 0;

    /// <summary>First row of the first body's box, -1: the pairs are looked at in any case.</summary>
    public const int Box1 = 1;

    /// <summary>First row of the second body's box.</summary>
    public const int Box2 = 2;

    /// <summary>Address of the largest margin of the run.</summary>
    public const int Margin = 3;

    /// <summary>Integers of a run.</summary>
    public const int Stride = 4;
}

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Tables of one ordered pair of geoms for the collision driver: integers, then real constants.</summary>
internal static class PairEntry
{
    /// <summary>The pair's <see cref="PairFunction"/>.</summary>
    public const int Function = 0;

    /// <summary>The cheap test before the function (<see cref="PairFilter"/>).</summary>
    public const int Filter = 1;

    /// <summary>First geom.</summary>
    public const int Geom1 = 2;

    /// <summary>First row of its position.</summary>
    public const int Position1 = 3;

    /// <summary>First row of its orientation matrix.</summary>
    public const int Matrix1 = 4;

    /// <summary>Address of its sizes.</summary>
    public const int Size1 = 5;

    /// <summary>Second geom, then rows and address as of the first.</summary>
    public const int Geom2 = 6;

    /// <summary>First row of its position.</summary>
    public const int Position2 = 7;

    /// <summary>First row of its orientation matrix.</summary>
    public const int Matrix2 = 8;

    /// <summary>Address of its sizes.</summary>
    public const int Size2 = 9;

    /// <summary>First row of geom 1's box in the world (<see cref="WorldBoxes"/>), -1: none.</summary>
    public const int Box1 = 10;

    /// <summary>First row of geom 2's box in the world.</summary>
    public const int Box2 = 11;

    /// <summary>Integers of one pair.</summary>
    public const int Stride = 12;

    /// <summary>Distance up to which the geoms touch, m.</summary>
    public const int Margin = 0;

    /// <summary>Planes: largest height of geom 2's center at which they may touch, m.</summary>
    public const int Bound = 1;

    /// <summary>Center and half sizes of geom 1's bounding box in its frame, then of geom 2's, (2, 6), m.</summary>
    public const int Box = 2;

    /// <summary>Real constants of one pair.</summary>
    public const int ConstantStride = 14;
}

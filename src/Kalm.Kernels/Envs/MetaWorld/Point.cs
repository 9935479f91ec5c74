namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>A point or displacement on the host, in double.</summary>
/// <param name="X">First coordinate, m.</param>
/// <param name="Y">Second coordinate, m.</param>
/// <param name="Z">Third coordinate, m.</param>
public readonly record struct Point(double X, double Y, double Z)
{
    /// <summary>Sum.</summary>
    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference.</summary>
    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>Euclidean length.</summary>
    public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    /// <summary>Length of the first two coordinates.</summary>
    public double LengthXY => Math.Sqrt((X * X) + (Y * Y));
}

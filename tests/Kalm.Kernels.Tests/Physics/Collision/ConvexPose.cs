namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Poses of two shapes, matrices row by row, and the margin of their contact.</summary>
internal sealed record ConvexPose(
    Vector Position1, double[] Matrix1, Vector Position2, double[] Matrix2, double Margin)
{
    /// <summary>Position and matrix of the first, then of the second.</summary>
    public double[] Numbers() =>
    [
        Position1.X, Position1.Y, Position1.Z, .. Matrix1, Position2.X, Position2.Y, Position2.Z, .. Matrix2,
    ];

    /// <summary>Matrix of a rotation by a quaternion that need not be normalized.</summary>
    public static double[] Rotation(double w, double x, double y, double z)
    {
        double n = Math.Sqrt((w * w) + (x * x) + (y * y) + (z * z));
        (w, x, y, z) = (w / n, x / n, y / n, z / n);
        return
        [
            1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))),
        ];
    }
}

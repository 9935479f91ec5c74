using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Signed areas of a triangle and of the three parts a point of its plane splits it into, in the coordinate plane
/// where its shadow is largest (S2D, triAffineCoord in engine_collision_gjk.c).
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="whole">Area of the triangle.</param>
/// <param name="part1">Area opposite to the first corner.</param>
/// <param name="part2">Area opposite to the second corner.</param>
/// <param name="part3">Area opposite to the third corner.</param>
internal readonly struct TriangleArea<TLane>(TLane whole, TLane part1, TLane part2, TLane part3)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Area of the triangle.</summary>
    public readonly TLane Whole = whole;

    /// <summary>Area opposite to the first corner.</summary>
    public readonly TLane Part1 = part1;

    /// <summary>Area opposite to the second corner.</summary>
    public readonly TLane Part2 = part2;

    /// <summary>Area opposite to the third corner.</summary>
    public readonly TLane Part3 = part3;

    /// <summary>The areas for point <paramref name="p"/> of the plane of three corners.</summary>
    public static TriangleArea<TLane> Of(in Vec3<TLane> s1, in Vec3<TLane> s2, in Vec3<TLane> s3, in Vec3<TLane> p)
    {
        TLane m1 = (s2.Y * s3.Z) - (s2.Z * s3.Y) - (s1.Y * s3.Z) + (s1.Z * s3.Y) + (s1.Y * s2.Z) - (s1.Z * s2.Y);
        TLane m2 = (s2.X * s3.Z) - (s2.Z * s3.X) - (s1.X * s3.Z) + (s1.Z * s3.X) + (s1.X * s2.Z) - (s1.Z * s2.X);
        TLane m3 = (s2.X * s3.Y) - (s2.Y * s3.X) - (s1.X * s3.Y) + (s1.Y * s3.X) + (s1.X * s2.Y) - (s1.Y * s2.X);
        TLane size1 = TLane.Abs(m1);
        TLane size2 = TLane.Abs(m2);
        TLane size3 = TLane.Abs(m3);
        TLane dropX = (size1 >= size2) & (size1 >= size3);
        TLane dropY = ~dropX & (size2 >= size3);
        TLane whole = TLane.Select(dropX, m1, TLane.Select(dropY, m2, m3));

        // the two coordinates that remain
        TLane dropZ = ~(dropX | dropY);
        TLane px = TLane.Select(dropX, p.Y, p.X);
        TLane py = TLane.Select(dropZ, p.Y, p.Z);
        TLane x1 = TLane.Select(dropX, s1.Y, s1.X);
        TLane y1 = TLane.Select(dropZ, s1.Y, s1.Z);
        TLane x2 = TLane.Select(dropX, s2.Y, s2.X);
        TLane y2 = TLane.Select(dropZ, s2.Y, s2.Z);
        TLane x3 = TLane.Select(dropX, s3.Y, s3.X);
        TLane y3 = TLane.Select(dropZ, s3.Y, s3.Z);
        return new(
            whole,
            (px * y2) + (py * x3) + (x2 * y3) - (px * y3) - (py * x2) - (x3 * y2),
            (px * y3) + (py * x1) + (x3 * y1) - (px * y1) - (py * x3) - (x1 * y3),
            (px * y1) + (py * x2) + (x1 * y2) - (px * y2) - (py * x1) - (x2 * y1));
    }
}

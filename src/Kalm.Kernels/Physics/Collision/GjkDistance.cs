using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Barycentric coordinates of the point of a simplex closest to the origin (subdistance, S3D, S2D, S1D in
/// engine_collision_gjk.c; Montanari, Petrinic and Barbieri 2017, "Improving the GJK algorithm").
/// </summary>
internal static class GjkDistance
{
    /// <summary>Writes Lambda for a simplex of Count + 1 vertices in the worlds of a mask.</summary>
    public static void Run<TLane, TRows>(TRows rows, int at, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        const int Stride = ConvexRows.SimplexStride;
        int simplex = at + ConvexRows.Simplex;
        TLane zero = TLane.Const(0);
        TLane count = rows.Load(at + ConvexRows.Count);
        TLane point = active & TLane.Same(count, zero);
        TLane segment = active & TLane.Same(count, TLane.Const(1));
        TLane triangle = active & TLane.Same(count, TLane.Const(2));
        TLane tetrahedron = active & TLane.Same(count, TLane.Const(3));
        if (TLane.Any(point)) Store(rows, at, point, TLane.Const(1), zero, zero, zero);
        if (TLane.Any(segment))
        {
            TLane l0 = Segment(rows, simplex, simplex + Stride, out TLane l1);
            Store(rows, at, segment, l0, l1, zero, zero);
        }

        if (TLane.Any(triangle))
        {
            Vec3<TLane> l = Triangle(rows, at, simplex, simplex + Stride, simplex + (2 * Stride), triangle);
            Store(rows, at, triangle, l.X, l.Y, l.Z, zero);
        }

        if (TLane.Any(tetrahedron)) Tetrahedron(rows, at, tetrahedron);
    }

    private static void Store<TLane, TRows>(
        TRows rows, int at, TLane mask, TLane l0, TLane l1, TLane l2, TLane l3)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        ConvexMath.Store(rows, at + ConvexRows.Lambda, mask, l0);
        ConvexMath.Store(rows, at + ConvexRows.Lambda + 1, mask, l1);
        ConvexMath.Store(rows, at + ConvexRows.Lambda + 2, mask, l2);
        ConvexMath.Store(rows, at + ConvexRows.Lambda + 3, mask, l3);
    }

    /// <summary>Signs of the volumes cut off by the origin say where it is (S3D).</summary>
    private static void Tetrahedron<TLane, TRows>(TRows rows, int at, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        const int Stride = ConvexRows.SimplexStride;
        int simplex = at + ConvexRows.Simplex;
        TLane zero = TLane.Const(0);
        Vec3<TLane> s1 = Vec3<TLane>.Load(rows, simplex);
        Vec3<TLane> s2 = Vec3<TLane>.Load(rows, simplex, Stride);
        Vec3<TLane> s3 = Vec3<TLane>.Load(rows, simplex, 2 * Stride);
        Vec3<TLane> s4 = Vec3<TLane>.Load(rows, simplex, 3 * Stride);
        TLane c1 = -Determinant(s2, s3, s4);
        TLane c2 = Determinant(s1, s3, s4);
        TLane c3 = -Determinant(s1, s2, s4);
        TLane c4 = Determinant(s1, s2, s3);
        TLane det = c1 + c2 + c3 + c4;
        TLane same1 = ConvexMath.SameSign(det, c1);
        TLane same2 = ConvexMath.SameSign(det, c2);
        TLane same3 = ConvexMath.SameSign(det, c3);
        TLane same4 = ConvexMath.SameSign(det, c4);
        TLane inside = active & same1 & same2 & same3 & same4;
        Store(rows, at, active, zero, zero, zero, zero);
        if (TLane.Any(inside)) Store(rows, at, inside, c1 / det, c2 / det, c3 / det, c4 / det);

        // otherwise the nearest of the faces on whose outer side the origin is
        TLane min = TLane.Const(ConvexMath.MaxValue);
        min = Face(rows, at, 0, active & ~same1, min);
        min = Face(rows, at, 1, active & ~same2, min);
        min = Face(rows, at, 2, active & ~same3, min);
        Face(rows, at, 3, active & ~same4, min);
    }

    /// <summary>
    /// Writes Lambda for the face opposite to a vertex where it is nearer than <paramref name="min"/>; the nearest
    /// squared distance so far.
    /// </summary>
    private static TLane Face<TLane, TRows>(TRows rows, int at, int opposite, TLane active, TLane min)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (!TLane.Any(active)) return min;
        int a = opposite == 0 ? 1 : 0;
        int b = opposite <= 1 ? 2 : 1;
        int c = opposite <= 2 ? 3 : 2;
        int simplex = at + ConvexRows.Simplex;
        int row1 = simplex + (a * ConvexRows.SimplexStride);
        int row2 = simplex + (b * ConvexRows.SimplexStride);
        int row3 = simplex + (c * ConvexRows.SimplexStride);
        Vec3<TLane> l = Triangle(rows, at, row1, row2, row3, active);
        Vec3<TLane> x = (l.X * Vec3<TLane>.Load(rows, row1)) + (l.Y * Vec3<TLane>.Load(rows, row2))
            + (l.Z * Vec3<TLane>.Load(rows, row3));
        TLane square = ConvexMath.Dot(x, x);

        // the first face is taken as it is
        TLane nearer = opposite == 0 ? active : active & (square < min);
        ConvexMath.Store(rows, at + ConvexRows.Lambda + opposite, nearer, TLane.Const(0));
        ConvexMath.Store(rows, at + ConvexRows.Lambda + a, nearer, l.X);
        ConvexMath.Store(rows, at + ConvexRows.Lambda + b, nearer, l.Y);
        ConvexMath.Store(rows, at + ConvexRows.Lambda + c, nearer, l.Z);
        return TLane.Select(nearer, square, min);
    }

    /// <summary>Coordinates of the point of a triangle closest to the origin (S2D).</summary>
    private static Vec3<TLane> Triangle<TLane, TRows>(
        TRows rows, int at, int row1, int row2, int row3, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> origin = ConvexMath.ProjectPlane(
            Vec3<TLane>.Load(rows, row1), Vec3<TLane>.Load(rows, row2), Vec3<TLane>.Load(rows, row3), out TLane flat);
        TriangleArea<TLane> area = TriangleArea<TLane>.Of(
            Vec3<TLane>.Load(rows, row1), Vec3<TLane>.Load(rows, row2), Vec3<TLane>.Load(rows, row3), origin);
        TLane same1 = ConvexMath.SameSign(area.Whole, area.Part1);
        TLane same2 = ConvexMath.SameSign(area.Whole, area.Part2);
        TLane same3 = ConvexMath.SameSign(area.Whole, area.Part3);
        TLane inside = same1 & same2 & same3;
        Vec3<TLane> lambda = Vec3<TLane>.Select(
            inside, new(area.Part1 / area.Whole, area.Part2 / area.Whole, area.Part3 / area.Whole),
            new(zero, zero, zero));
        TLane outside = active & ~flat & ~inside;
        lambda.Store(rows, at, ConvexRows.Lambda2);
        if (TLane.Any(outside))
        {
            // the nearest of the edges on whose outer side the origin is; the first is taken as it is
            TLane min = TLane.Const(ConvexMath.MaxValue);
            min = Edge(rows, at, row2, row3, 0, outside & ~same1, min);
            min = Edge(rows, at, row1, row3, 1, outside & ~same2, min);
            Edge(rows, at, row1, row2, 2, outside & ~same3, min);
        }

        // without a plane the first edge stands for the triangle
        flat &= active;
        if (TLane.Any(flat))
        {
            TLane l0 = Segment(rows, row1, row2, out TLane l1);
            ConvexMath.Store(rows, at + ConvexRows.Lambda2, flat, new Vec3<TLane>(l0, l1, zero));
        }

        return Vec3<TLane>.Load(rows, at, ConvexRows.Lambda2);
    }

    /// <summary>
    /// Writes Lambda2 for the edge opposite to a corner where it is nearer than <paramref name="min"/>; the nearest
    /// squared distance so far.
    /// </summary>
    private static TLane Edge<TLane, TRows>(
        TRows rows, int at, int row1, int row2, int opposite, TLane active, TLane min)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (!TLane.Any(active)) return min;
        TLane l0 = Segment(rows, row1, row2, out TLane l1);
        Vec3<TLane> x = (l0 * Vec3<TLane>.Load(rows, row1)) + (l1 * Vec3<TLane>.Load(rows, row2));
        TLane square = ConvexMath.Dot(x, x);
        TLane nearer = opposite == 0 ? active : active & (square < min);
        int lambda = at + ConvexRows.Lambda2;
        ConvexMath.Store(rows, lambda + opposite, nearer, TLane.Const(0));
        ConvexMath.Store(rows, lambda + (opposite == 0 ? 1 : 0), nearer, l0);
        ConvexMath.Store(rows, lambda + (opposite <= 1 ? 2 : 1), nearer, l1);
        return TLane.Select(nearer, square, min);
    }

    /// <summary>
    /// Coordinates of the point of a segment closest to the origin; where that is an end, the second (S1D).
    /// </summary>
    private static TLane Segment<TLane, TRows>(TRows rows, int row1, int row2, out TLane second)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> s1 = Vec3<TLane>.Load(rows, row1);
        Vec3<TLane> s2 = Vec3<TLane>.Load(rows, row2);
        Vec3<TLane> diff = s2 - s1;
        TLane scale = -(ConvexMath.Dot(s2, diff) / ConvexMath.Dot(diff, diff));
        Vec3<TLane> origin = s2 + (scale * diff);

        // measured along the axis with the longest shadow, the last of several
        Vec3<TLane> shadow = s1 - s2;
        TLane useY = TLane.Abs(shadow.Y) >= TLane.Abs(shadow.X);
        TLane whole = TLane.Select(useY, shadow.Y, shadow.X);
        TLane useZ = TLane.Abs(shadow.Z) >= TLane.Abs(whole);
        whole = TLane.Select(useZ, shadow.Z, whole);
        TLane start = TLane.Select(useZ, s1.Z, TLane.Select(useY, s1.Y, s1.X));
        TLane end = TLane.Select(useZ, s2.Z, TLane.Select(useY, s2.Y, s2.X));
        TLane at = TLane.Select(useZ, origin.Z, TLane.Select(useY, origin.Y, origin.X));
        TLane part1 = at - end;
        TLane part2 = start - at;
        TLane inside = ConvexMath.SameSign(whole, part1) & ConvexMath.SameSign(whole, part2);
        second = TLane.Select(inside, part2 / whole, TLane.Const(1));
        return TLane.Select(inside, part1 / whole, TLane.Const(0));
    }

    private static TLane Determinant<TLane>(in Vec3<TLane> a, in Vec3<TLane> b, in Vec3<TLane> c)
        where TLane : unmanaged, ILane<TLane> =>
        (a.X * ((b.Y * c.Z) - (b.Z * c.Y))) + (a.Y * ((b.Z * c.X) - (b.X * c.Z)))
        + (a.Z * ((b.X * c.Y) - (b.Y * c.X)));
}

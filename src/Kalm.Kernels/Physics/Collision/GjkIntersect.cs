using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Moves a tetrahedron of the difference of two shapes until it encloses the origin or a face of it separates the
/// shapes (gjkIntersect in engine_collision_gjk.c).
/// </summary>
internal static class GjkIntersect
{
    // corners of the face opposite to each vertex, ordered so that the normal points away from it
    private const int Face0 = 0x213;
    private const int Face1 = 0x023;
    private const int Face2 = 0x103;
    private const int Face3 = 0x012;

    /// <summary>
    /// Writes Count, Distance, Iteration, and Simplex: 4 vertices and distance 0 where the origin is inside, none and
    /// mjMAXVAL where the shapes are apart.
    /// </summary>
    /// <returns>Worlds in which neither was found; their simplex is as it was.</returns>
    public static TLane Run<TLane, TRows>(TRows rows, in ConvexPair pair, TLane active, ref int vertex)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        TLane one = TLane.Const(1);
        TLane zero = TLane.Const(0);
        for (int i = 0; i < 4 * ConvexRows.SimplexStride; i++)
            rows.Store(at + ConvexRows.SimplexCopy + i, rows.Load(at + ConvexRows.Simplex + i));

        TLane open = zero;
        while (TLane.Any(active))
        {
            // the face nearest to the origin, or furthest on its wrong side
            TLane flat = active & Distances<TLane, TRows>(rows, at);
            open |= flat;
            active &= ~flat;
            TLane nearest = Nearest<TLane, TRows>(rows, at, out TLane distance);
            TLane inside = active & (distance > zero);
            ConvexMath.Store(rows, at + ConvexRows.Count, inside, TLane.Const(4));
            ConvexMath.Store(rows, at + ConvexRows.Distance, inside, zero);
            active &= ~inside;
            if (!TLane.Any(active)) break;

            // a vertex beyond that face replaces the one opposite to it, unless the face separates
            ConvexSupport.Run(rows, pair, vertex, active);
            Vec3<TLane> direction = Vec3<TLane>.Load(rows, at, ConvexRows.Direction);
            TLane apart = active & (ConvexMath.Dot(direction, Vec3<TLane>.Load(rows, vertex)) < zero);
            ConvexMath.Store(rows, at + ConvexRows.Count, apart, zero);
            ConvexMath.Store(rows, at + ConvexRows.Distance, apart, TLane.Const(ConvexMath.MaxValue));
            active &= ~apart;
            Replace(rows, at, vertex, nearest, active);
            vertex = Gjk.Next(at, vertex);

            TLane iteration = rows.Load(at + ConvexRows.Iteration) + TLane.Select(active, one, zero);
            rows.Store(at + ConvexRows.Iteration, iteration);
            TLane late = active & (iteration >= TLane.Const(ConvexRows.Iterations));
            open |= late;
            active &= ~late;
        }

        if (TLane.Any(open)) Restore(rows, at, open);
        return open;
    }

    /// <summary>Writes normals and distances of all faces; mask: the origin lies in the plane of one.</summary>
    private static TLane Distances<TLane, TRows>(TRows rows, int at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane d0 = Distance<TLane, TRows>(rows, at, 0, Face0);
        TLane d1 = Distance<TLane, TRows>(rows, at, 1, Face1);
        TLane d2 = Distance<TLane, TRows>(rows, at, 2, Face2);
        TLane d3 = Distance<TLane, TRows>(rows, at, 3, Face3);
        return TLane.Same(d0, zero) | TLane.Same(d1, zero) | TLane.Same(d2, zero) | TLane.Same(d3, zero);
    }

    /// <summary>Writes one face's normal and distance from the origin (signedDistance).</summary>
    private static TLane Distance<TLane, TRows>(TRows rows, int at, int face, int corners)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        const int Stride = ConvexRows.SimplexStride;
        int simplex = at + ConvexRows.Simplex;
        Vec3<TLane> v1 = Vec3<TLane>.Load(rows, simplex + (Stride * (corners >> 8)));
        Vec3<TLane> v2 = Vec3<TLane>.Load(rows, simplex + (Stride * ((corners >> 4) & 15)));
        Vec3<TLane> v3 = Vec3<TLane>.Load(rows, simplex + (Stride * (corners & 15)));
        Vec3<TLane> normal = ConvexMath.Cross(v3 - v1, v2 - v1);
        TLane square = ConvexMath.Dot(normal, normal);
        TLane usable = (square > TLane.Const(ConvexMath.MinValue * ConvexMath.MinValue))
            & (square < TLane.Const(ConvexMath.MaxValue * ConvexMath.MaxValue));
        normal = (TLane.Const(1) / TLane.Sqrt(TLane.Select(usable, square, TLane.Const(1)))) * normal;
        TLane distance = TLane.Select(usable, ConvexMath.Dot(normal, v1), TLane.Const(ConvexMath.MaxValue));
        normal.Store(rows, at + ConvexRows.Normal + (3 * face));
        rows.Store(at + ConvexRows.Normal + 12 + face, distance);
        return distance;
    }

    /// <summary>Writes the normal of the face with the smallest distance to Direction; the face's number.</summary>
    private static TLane Nearest<TLane, TRows>(TRows rows, int at, out TLane distance)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int normals = at + ConvexRows.Normal;
        TLane d0 = rows.Load(normals, 12);
        TLane d1 = rows.Load(normals, 13);
        TLane d2 = rows.Load(normals, 14);
        TLane d3 = rows.Load(normals, 15);
        TLane first = d0 < d1;
        TLane second = d2 < d3;
        TLane low = TLane.Select(first, d0, d1);
        TLane high = TLane.Select(second, d2, d3);
        TLane lower = low < high;
        distance = TLane.Select(lower, low, high);
        Vec3<TLane> normal01 = Vec3<TLane>.Select(
            first, Vec3<TLane>.Load(rows, normals), Vec3<TLane>.Load(rows, normals, 3));
        Vec3<TLane> normal23 = Vec3<TLane>.Select(
            second, Vec3<TLane>.Load(rows, normals, 6), Vec3<TLane>.Load(rows, normals, 9));
        Vec3<TLane>.Select(lower, normal01, normal23).Store(rows, at, ConvexRows.Direction);
        TLane index01 = TLane.Select(first, TLane.Const(0), TLane.Const(1));
        TLane index23 = TLane.Select(second, TLane.Const(2), TLane.Const(3));
        return TLane.Select(lower, index01, index23);
    }

    /// <summary>
    /// Puts the vertex in the place of number <paramref name="index"/>, and swaps the two after it, which keeps the
    /// normals outwards.
    /// </summary>
    private static void Replace<TLane, TRows>(TRows rows, int at, int vertex, TLane index, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        const int Stride = ConvexRows.SimplexStride;
        TLane i0 = active & TLane.Same(index, TLane.Const(0));
        TLane i1 = active & TLane.Same(index, TLane.Const(1));
        TLane i2 = active & TLane.Same(index, TLane.Const(2));
        TLane i3 = active & TLane.Same(index, TLane.Const(3));
        for (int i = 0; i < Stride; i++)
        {
            int row = at + ConvexRows.Simplex + i;
            TLane s = i < 3 ? rows.Load(vertex + i) : TLane.Const(vertex);
            TLane s0 = rows.Load(row);
            TLane s1 = rows.Load(row, Stride);
            TLane s2 = rows.Load(row, 2 * Stride);
            TLane s3 = rows.Load(row, 3 * Stride);
            TLane to0 = TLane.Select(i2, s3, TLane.Select(i3, s1, s0));
            TLane to1 = TLane.Select(i0, s2, TLane.Select(i3, s0, s1));
            TLane to2 = TLane.Select(i0, s1, TLane.Select(i1, s3, s2));
            TLane to3 = TLane.Select(i1, s2, TLane.Select(i2, s0, s3));
            rows.Store(row, TLane.Select(i0, s, to0));
            rows.Store(row, Stride, TLane.Select(i1, s, to1));
            rows.Store(row, 2 * Stride, TLane.Select(i2, s, to2));
            rows.Store(row, 3 * Stride, TLane.Select(i3, s, to3));
        }
    }

    private static void Restore<TLane, TRows>(TRows rows, int at, TLane open)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < 4 * ConvexRows.SimplexStride; i++)
            ConvexMath.Store(rows, at + ConvexRows.Simplex + i, open, rows.Load(at + ConvexRows.SimplexCopy + i));
    }
}

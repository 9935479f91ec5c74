using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// The polytope EPA starts from: a tetrahedron, or a triangle or segment completed to a hexahedron (polytope2,
/// polytope3, polytope4 in engine_collision_gjk.c).
/// </summary>
/// <remarks>
/// MuJoCo sets the distance to zero first, so its tests whether a hexahedron holds the origin never run; they are left
/// out. Entries 0 to 3 are the simplex, 4 to 6 complete a segment, 7 and 8 a triangle.
/// </remarks>
internal static class EpaStart
{
    /// <summary>Faces of the largest start.</summary>
    public const int FaceCount = 6;

    /// <summary>
    /// Writes faces and candidates from the simplex of GJK (Count vertices, at least two).
    /// </summary>
    /// <returns>Worlds that have a polytope.</returns>
    public static TLane Run<TLane, TRows>(TRows rows, in ConvexPair pair, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        TLane count = rows.Load(at + ConvexRows.Count);
        KeepSimplex(rows, at, count, active);
        for (int face = 0; face < FaceCount; face++)
            rows.Store(EpaFace.Row(at, face) + ConvexRows.FaceIndex, TLane.Const(EpaFace.Deleted));
        TLane four = active & TLane.Same(count, TLane.Const(4));
        TLane three = active & TLane.Same(count, TLane.Const(3));
        TLane two = active & TLane.Same(count, TLane.Const(2));
        TLane good = TLane.Const(0);
        TLane start = TLane.Select(four, TLane.Const(4), TLane.Const(FaceCount));
        if (TLane.Any(two))
        {
            TLane flat = FromSegment(rows, pair, two);
            good |= two & ~flat;
            three |= flat;
        }

        if (TLane.Any(four))
        {
            TLane flat = FromTetrahedron(rows, at, four, ref good);
            three |= flat;
            start = TLane.Select(flat, TLane.Const(FaceCount), start);
        }

        if (TLane.Any(three)) good |= FromTriangle(rows, pair, three);
        rows.Store(at + ConvexRows.MapCount, start);
        rows.Store(at + ConvexRows.Attached, start);
        return good;
    }

    /// <summary>Moves the vertices of the simplex that lie where the faces will be.</summary>
    private static void KeepSimplex<TLane, TRows>(TRows rows, int at, TLane count, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < 4; i++)
        {
            int entry = EpaFace.Corner(at, i) + ConvexRows.SimplexVertex;
            TLane vertex = rows.Load(entry);
            TLane late = active & (count > TLane.Const(i)) & (vertex >= TLane.Const(at + ConvexRows.Faces));
            if (!TLane.Any(late)) continue;
            int to = at + ConvexRows.Kept + (i * ConvexRows.VertexStride);
            vertex = TLane.Select(late, vertex, TLane.Const(at + ConvexRows.Faces));
            for (int j = 0; j < ConvexRows.VertexStride; j++)
                rows.Store(to + j, rows.Gather(vertex + TLane.Const(j)));
            ConvexMath.Store(rows, entry, late, TLane.Const(to));
        }
    }

    /// <summary>Supports a vertex that completes the simplex, along the direction of the scratch.</summary>
    private static void Complete<TLane, TRows>(TRows rows, in ConvexPair pair, int entry, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int vertex = pair.At + ConvexRows.Extra + ((entry - 4) * ConvexRows.VertexStride);
        ConvexSupport.Run(rows, pair, vertex, active);
        int corner = EpaFace.Corner(pair.At, entry);
        Vec3<TLane>.Load(rows, vertex).Store(rows, corner);
        rows.Store(corner, ConvexRows.SimplexVertex, TLane.Const(vertex));
    }

    /// <summary>
    /// Completes a segment by three points around it; worlds where a face holds the origin, their simplex replaced by
    /// that face.
    /// </summary>
    private static TLane FromSegment<TLane, TRows>(TRows rows, in ConvexPair pair, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        Vec3<TLane> along =
            Vec3<TLane>.Load(rows, EpaFace.Corner(at, 1)) - Vec3<TLane>.Load(rows, EpaFace.Corner(at, 0));

        // across: the axis most perpendicular to the segment gives the longest product
        TLane useY = TLane.Abs(along.Y) < TLane.Abs(along.X);
        TLane useZ = TLane.Abs(along.Z) < TLane.Select(useY, TLane.Abs(along.Y), TLane.Abs(along.X));
        Vec3<TLane> axis = new(
            TLane.Select(useY | useZ, zero, one),
            TLane.Select(useZ, zero, TLane.Select(useY, one, zero)),
            TLane.Select(useZ, one, zero));
        Vec3<TLane> across = ConvexMath.Cross(axis, along);
        for (int i = 0; i < 3; i++)
        {
            EpaFace.Towards(rows, at, across, ConvexMath.Length(across));
            Complete(rows, pair, 4 + i, active);
            if (i < 2) across = Turn(along, across);
        }

        TLane flat = zero;
        flat |= AttachOrReplace(rows, at, 0, 0x045, 0x12_31_20, active & ~flat);
        flat |= AttachOrReplace(rows, at, 1, 0x064, 0x22_41_00, active & ~flat);
        flat |= AttachOrReplace(rows, at, 2, 0x056, 0x02_51_10, active & ~flat);
        flat |= AttachOrReplace(rows, at, 3, 0x154, 0x52_01_40, active & ~flat);
        flat |= AttachOrReplace(rows, at, 4, 0x146, 0x32_11_50, active & ~flat);
        flat |= AttachOrReplace(rows, at, 5, 0x165, 0x42_21_30, active & ~flat);
        return flat;
    }

    /// <summary>A vector turned by 120 degrees about an axis (rotmat, with its constants).</summary>
    private static Vec3<TLane> Turn<TLane>(in Vec3<TLane> axis, in Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane sin = TLane.Const(0.86602540378);
        TLane cos = TLane.Const(-0.5);
        TLane rest = TLane.Const(1.5);
        TLane length = ConvexMath.Length(axis);
        TLane x = axis.X / length;
        TLane y = axis.Y / length;
        TLane z = axis.Z / length;
        return new(
            ConvexMath.Dot(new(cos + (x * x * rest), (x * y * rest) - (z * sin), (x * z * rest) + (y * sin)), v),
            ConvexMath.Dot(new((y * x * rest) + (z * sin), cos + (y * y * rest), (y * z * rest) - (x * sin)), v),
            ConvexMath.Dot(new((x * z * rest) - (y * sin), (y * z * rest) + (x * sin), cos + (z * z * rest)), v));
    }

    /// <summary>
    /// Takes the tetrahedron where it holds the origin; worlds where a face holds the origin, their simplex replaced
    /// by that face.
    /// </summary>
    private static TLane FromTetrahedron<TLane, TRows>(TRows rows, int at, TLane active, ref TLane good)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the origin has to be inside before a face replaces the vertices
        Vec3<TLane> p0 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 0));
        Vec3<TLane> p1 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 1));
        Vec3<TLane> p2 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 2));
        Vec3<TLane> p3 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 3));
        TLane inside = SameSide(p0, p1, p2, p3) & SameSide(p1, p2, p3, p0) & SameSide(p2, p3, p0, p1)
            & SameSide(p3, p0, p1, p2);
        TLane flat = TLane.Const(0);
        flat |= AttachOrReplace(rows, at, 0, 0x012, 0x12_31_20, active & ~flat);
        flat |= AttachOrReplace(rows, at, 1, 0x031, 0x22_32_00, active & ~flat);
        flat |= AttachOrReplace(rows, at, 2, 0x023, 0x02_30_10, active & ~flat);
        flat |= AttachOrReplace(rows, at, 3, 0x321, 0x21_01_11, active & ~flat);
        good |= active & ~flat & inside;
        return flat;
    }

    /// <summary>Completes the triangle by a point on either side; worlds that have a polytope.</summary>
    private static TLane FromTriangle<TLane, TRows>(TRows rows, in ConvexPair pair, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        Vec3<TLane> v1 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 0));
        Vec3<TLane> v2 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 1));
        Vec3<TLane> v3 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 2));
        Vec3<TLane> n = ConvexMath.Cross(v2 - v1, v3 - v1);
        TLane length = ConvexMath.Length(n);
        active &= ~(length < TLane.Const(ConvexMath.MinValue));
        EpaFace.Towards(rows, at, -n, length);
        Complete(rows, pair, 7, active);
        EpaFace.Towards(rows, at, n, length);
        Complete(rows, pair, 8, active);
        active &= ~(OnTriangle<TLane, TRows>(rows, at, 8) | OnTriangle<TLane, TRows>(rows, at, 7));

        TLane least = TLane.Const(ConvexMath.MinValue);
        active &= ~Attach(rows, at, 0, 0x801, 0x12_31_20, active, least);
        active &= ~Attach(rows, at, 1, 0x820, 0x22_41_00, active, least);
        active &= ~Attach(rows, at, 2, 0x812, 0x02_51_10, active, least);
        active &= ~Attach(rows, at, 3, 0x710, 0x52_01_40, active, least);
        active &= ~Attach(rows, at, 4, 0x702, 0x32_11_50, active, least);
        return active & ~Attach(rows, at, 5, 0x721, 0x42_21_30, active, least);
    }

    /// <summary>Mask: an entry lies on the triangle of the first three (triPointIntersect).</summary>
    private static TLane OnTriangle<TLane, TRows>(TRows rows, int at, int entry)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> v1 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 0));
        Vec3<TLane> v2 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 1));
        Vec3<TLane> v3 = Vec3<TLane>.Load(rows, EpaFace.Corner(at, 2));
        Vec3<TLane> p = Vec3<TLane>.Load(rows, EpaFace.Corner(at, entry));
        TriangleArea<TLane> area = TriangleArea<TLane>.Of(v1, v2, v3, p);
        Vec3<TLane> l = new(area.Part1 / area.Whole, area.Part2 / area.Whole, area.Part3 / area.Whole);
        Vec3<TLane> projected = EpaFace.Combine(l, v1, v2, v3);
        TLane outside = (l.X < zero) | (l.Y < zero) | (l.Z < zero);
        return ~outside & (ConvexMath.Length(projected - p) < TLane.Const(ConvexMath.MinValue));
    }

    /// <summary>
    /// Attaches a face that is a candidate; where it holds the origin, its vertices become entries 0, 1, 2
    /// (replaceSimplex3).
    /// </summary>
    private static TLane AttachOrReplace<TLane, TRows>(
        TRows rows, int at, int face, int vertices, int neighbors, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // in float the side on which a face passes the origin is lost in rounding below this
        TLane least = TLane.Const(TLane.ScalarSize == sizeof(float) ? 1e-7 : ConvexMath.MinValue);
        TLane flat = Attach(rows, at, face, vertices, neighbors, active, least);
        if (!TLane.Any(flat)) return flat;
        int row1 = EpaFace.Corner(at, vertices >> 8);
        int row2 = EpaFace.Corner(at, (vertices >> 4) & 15);
        int row3 = EpaFace.Corner(at, vertices & 15);
        int to = EpaFace.Corner(at, 0);
        for (int i = 0; i < ConvexRows.SimplexStride; i++)
        {
            TLane x1 = rows.Load(row1 + i);
            TLane x2 = rows.Load(row2 + i);
            TLane x3 = rows.Load(row3 + i);
            ConvexMath.Store(rows, to + i, flat, x1);
            ConvexMath.Store(rows, to + ConvexRows.SimplexStride + i, flat, x2);
            ConvexMath.Store(rows, to + (2 * ConvexRows.SimplexStride) + i, flat, x3);
        }

        return flat;
    }

    /// <summary>
    /// Attaches a face that is a candidate, in the worlds of a mask; those of them in which it is no farther from the
    /// origin than <paramref name="least"/>.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="at">First row of the scratch.</param>
    /// <param name="face">Number of the face.</param>
    /// <param name="vertices">Entries that are its vertices, one hexadecimal digit each.</param>
    /// <param name="neighbors">Across each edge: the face there and its edge, one digit each.</param>
    /// <param name="active">Worlds that attach it.</param>
    /// <param name="least">Smallest distance.</param>
    private static TLane Attach<TLane, TRows>(
        TRows rows, int at, int face, int vertices, int neighbors, TLane active, TLane least)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int row = EpaFace.Row(at, face);
        Vec3<TLane> v = ConvexMath.ProjectPlane(
            Vec3<TLane>.Load(rows, EpaFace.Corner(at, vertices & 15)),
            Vec3<TLane>.Load(rows, EpaFace.Corner(at, (vertices >> 4) & 15)),
            Vec3<TLane>.Load(rows, EpaFace.Corner(at, vertices >> 8)),
            out TLane degenerate);
        TLane distance = ConvexMath.Length(v);
        ConvexMath.Store(rows, row, active, v);
        ConvexMath.Store(rows, row + ConvexRows.FaceDistance, active, distance);
        for (int i = 0; i < 3; i++)
        {
            int vertex = (vertices >> (8 - (4 * i))) & 15;
            int neighbor = (neighbors >> (20 - (8 * i))) & 15;
            int edge = (neighbors >> (16 - (8 * i))) & 15;
            TLane first = rows.Load(EpaFace.Corner(at, vertex), ConvexRows.SimplexVertex);
            TLane half = TLane.Const((4 * EpaFace.Row(at, neighbor)) + edge);
            ConvexMath.Store(rows, row + ConvexRows.FaceVertex + i, active, first);
            ConvexMath.Store(rows, row + ConvexRows.FaceNeighbor + i, active, half);
        }

        ConvexMath.Store(rows, row + ConvexRows.FaceIndex, active, TLane.Const(face));
        ConvexMath.Store(rows, at + ConvexRows.Map + face, active, TLane.Const(row));
        return active & (degenerate | (distance < least));
    }

    /// <summary>Mask: the origin and p3 lie on the same side of the plane of the others (sameSide).</summary>
    private static TLane SameSide<TLane>(
        in Vec3<TLane> p0, in Vec3<TLane> p1, in Vec3<TLane> p2, in Vec3<TLane> p3)
        where TLane : unmanaged, ILane<TLane>
    {
        Vec3<TLane> n = ConvexMath.Cross(p1 - p0, p2 - p0);
        return ConvexMath.SameSign(ConvexMath.Dot(n, p3 - p0), ConvexMath.Dot(n, -p0));
    }
}

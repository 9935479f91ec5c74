using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Penetration depth of two convex shapes (epa in engine_collision_gjk.c): a polytope inside the difference of the
/// shapes grows where its surface is closest to the origin, until it is the surface of the difference there.
/// </summary>
/// <remarks>
/// All worlds attach their i-th new face in the same rows, so these are written without scattering; worlds that
/// attach fewer mark theirs deleted. When places run out, each world's faces move together. Neither is seen in
/// results: the order of the candidates, which decides between equal distances, is kept apart, in Map.
/// </remarks>
internal static class Epa
{
    // MuJoCo's room for faces, deleted ones included; beyond it the face at hand is the result
    private const int MaxAttached = 1000;
    private const double Tolerance = 1e-6;

    /// <summary>Writes Best, the closest face, from the polytope of <see cref="EpaStart"/>.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="pair">The shapes.</param>
    /// <param name="active">Worlds that take part.</param>
    /// <param name="sure">Worlds whose face was confirmed, or that ran out of iterations.</param>
    /// <returns>Worlds that have such a face.</returns>
    public static TLane Run<TLane, TRows>(TRows rows, in ConvexPair pair, TLane active, out TLane sure)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        TLane zero = TLane.Const(0);
        TLane found = zero;
        int top = EpaStart.FaceCount;
        rows.Store(at + ConvexRows.Upper, TLane.Const(float.MaxValue));
        for (int k = 0; k < ConvexRows.Iterations; k++)
        {
            active = Choose(rows, at, top, active);
            found |= active;
            int vertex = at + ConvexRows.New + (k * ConvexRows.VertexStride);
            active = Improve(rows, pair, vertex, active);
            if (!TLane.Any(active)) break;
            if (top > ConvexRows.MaxLive) top = EpaCompaction.Run(rows, at, top, active);

            TLane best = rows.Load(at + ConvexRows.Best, ConvexRows.FaceIndex);
            EpaHorizon.Run(rows, at, vertex, top, best, active);
            TLane edges = rows.Load(at + ConvexRows.EdgeCount);
            TLane broken = active & (edges < TLane.Const(3));
            found &= ~broken;
            TLane attached = rows.Load(at + ConvexRows.Attached) + edges;
            active &= ~broken & (attached <= TLane.Const(MaxAttached));
            rows.Store(at + ConvexRows.Attached, attached);
            TLane flat = Attach(rows, at, vertex, active, ref top);
            found &= ~flat;
            active &= ~flat & (rows.Load(at + ConvexRows.MapCount) > zero);
        }

        TLane bound = rows.Load(at + ConvexRows.Upper) - rows.Load(at + ConvexRows.Best, ConvexRows.FaceDistance);
        sure = found & ((bound < TLane.Const(Tolerance)) | active);
        return found;
    }

    /// <summary>
    /// Writes the closest candidate to Best; worlds that have one that is not farther than the bound. The others keep
    /// the one before.
    /// </summary>
    private static TLane Choose<TLane, TRows>(TRows rows, int at, int top, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // of equal distances the first candidate in the order of the map
        TLane none = TLane.Const(-1);
        TLane best = none;
        TLane bestIndex = none;
        TLane lower = TLane.Const(float.MaxValue);
        for (int face = 0; face < top; face++)
        {
            int row = EpaFace.Row(at, face);
            TLane distance = rows.Load(row, ConvexRows.FaceDistance);
            TLane index = rows.Load(row, ConvexRows.FaceIndex);
            TLane nearer = (index > none)
                & ((distance < lower) | (TLane.Same(distance, lower) & (index < bestIndex)));
            lower = TLane.Select(nearer, distance, lower);
            best = TLane.Select(nearer, TLane.Const(row), best);
            bestIndex = TLane.Select(nearer, index, bestIndex);
        }

        active &= (best > none) & (lower <= rows.Load(at + ConvexRows.Upper));
        TLane from = TLane.Select(active, best, TLane.Const(EpaFace.Row(at, 0)));
        int to = at + ConvexRows.Best;
        ConvexMath.Store(rows, to, active, ConvexMath.Gather(rows, from, 0));
        ConvexMath.Store(rows, to + ConvexRows.FaceDistance, active, lower);
        Vec3<TLane> vertices = ConvexMath.Gather(rows, from, ConvexRows.FaceVertex);
        ConvexMath.Store(rows, to + ConvexRows.FaceVertex, active, vertices);
        rows.Store(at + ConvexRows.Best, ConvexRows.FaceIndex, best);
        return active;
    }

    /// <summary>
    /// Writes the vertex beyond the closest face and the upper bound; worlds in which it is farther than the
    /// tolerance.
    /// </summary>
    private static TLane Improve<TLane, TRows>(TRows rows, in ConvexPair pair, int vertex, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        TLane lower = rows.Load(at + ConvexRows.Best, ConvexRows.FaceDistance);
        active &= lower > TLane.Const(0);
        if (!TLane.Any(active)) return active;

        Vec3<TLane> v = Vec3<TLane>.Load(rows, at, ConvexRows.Best);
        EpaFace.Towards(rows, at, v, lower);
        ConvexSupport.Run(rows, pair, vertex, active);
        TLane bound = ConvexMath.Dot(v, Vec3<TLane>.Load(rows, vertex)) / lower;
        TLane upper = rows.Load(at + ConvexRows.Upper);
        upper = TLane.Select(active & (bound < upper), bound, upper);
        rows.Store(at + ConvexRows.Upper, upper);
        return active & ~(upper - lower < TLane.Const(Tolerance));
    }

    /// <summary>
    /// Attaches a face between the vertex and each edge of the horizon; worlds where one of them has no plane.
    /// </summary>
    private static TLane Attach<TLane, TRows>(TRows rows, int at, int vertex, TLane active, ref int top)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane edges = rows.Load(at + ConvexRows.EdgeCount);
        TLane flat = TLane.Const(0);
        TLane shared = TLane.Const(-1);
        Vec3<TLane> corner = new(flat, flat, flat);
        int first = top;
        for (int i = 0; ; i++)
        {
            TLane here = active & (TLane.Const(i) < edges);
            if (!TLane.Any(here)) return flat;

            // neighbors: the new face before, the face beyond the horizon, the new face after
            TLane half = rows.Load(at + ConvexRows.Horizon + i);
            half = TLane.Select(here, half, TLane.Const(4 * EpaFace.Row(at, 0)));
            TLane last = edges - TLane.Const(1);
            TLane before = i == 0
                ? TLane.Const((4 * EpaFace.Row(at, first)) + 2) + (TLane.Const(4 * ConvexRows.FaceStride) * last)
                : TLane.Const((4 * EpaFace.Row(at, top - 1)) + 2);
            TLane after = TLane.Select(
                TLane.Same(TLane.Const(i), last), TLane.Const(4 * EpaFace.Row(at, first)),
                TLane.Const(4 * EpaFace.Row(at, top + 1)));
            int row = EpaFace.Row(at, top) + ConvexRows.FaceNeighbor;
            rows.Store(row, before);
            rows.Store(row, 1, half);
            rows.Store(row, 2, after);
            flat |= here & AttachFace(rows, at, vertex, EpaFace.Row(at, top), half, here, ref shared, ref corner);
            top++;
        }
    }

    /// <summary>
    /// Writes a face between a vertex and an edge of the horizon, a candidate if its distance is within the bounds
    /// (attachFace); mask: it has no plane or holds the origin.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="at">First row of the scratch.</param>
    /// <param name="vertex">First row of the vertex.</param>
    /// <param name="row">First row of the new face.</param>
    /// <param name="half">Half-edge beyond the horizon.</param>
    /// <param name="here">Worlds that attach.</param>
    /// <param name="shared">First row of the vertex where the edge before began, and this one should end.</param>
    /// <param name="corner">Its point.</param>
    private static TLane AttachFace<TLane, TRows>(
        TRows rows, int at, int vertex, int row, TLane half, TLane here, ref TLane shared, ref Vec3<TLane> corner)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane beyond = EpaFace.Split(half, out TLane side);
        // other worlds' rows hold anything, so what is no address is replaced by one
        TLane unused = TLane.Const(vertex);
        TLane vertex1 = TLane.Select(here, rows.Gather(beyond + side, ConvexRows.FaceVertex), unused);
        TLane vertex2 = rows.Gather(beyond + EpaFace.After(side), ConvexRows.FaceVertex);
        vertex2 = TLane.Select(here, vertex2, unused);
        TLane dummy = TLane.Const(at + ConvexRows.Dummy);
        rows.Scatter(
            TLane.Select(here, beyond + side, dummy - TLane.Const(ConvexRows.FaceNeighbor)), ConvexRows.FaceNeighbor,
            TLane.Const((4 * row) + 1));

        Vec3<TLane> point1 = ConvexMath.Gather(rows, vertex1, 0);
        if (TLane.Any(here & ~TLane.Same(vertex2, shared))) corner = ConvexMath.Gather(rows, vertex2, 0);
        Vec3<TLane> v = ConvexMath.ProjectPlane(point1, corner, Vec3<TLane>.Load(rows, vertex), out TLane flat);
        shared = vertex1;
        corner = point1;
        TLane distance = ConvexMath.Length(v);
        v.Store(rows, row);
        rows.Store(row, ConvexRows.FaceDistance, distance);
        rows.Store(row, ConvexRows.FaceVertex, TLane.Const(vertex));
        rows.Store(row, ConvexRows.FaceVertex + 1, vertex2);
        rows.Store(row, ConvexRows.FaceVertex + 2, vertex1);

        TLane count = rows.Load(at + ConvexRows.MapCount);
        TLane candidate = here & (distance >= rows.Load(at + ConvexRows.Best, ConvexRows.FaceDistance))
            & (distance <= rows.Load(at + ConvexRows.Upper));
        TLane index = TLane.Select(candidate, count, TLane.Const(EpaFace.NoCandidate));
        rows.Store(row, ConvexRows.FaceIndex, TLane.Select(here, index, TLane.Const(EpaFace.Deleted)));
        TLane place = count + TLane.Const(at + ConvexRows.Map);
        rows.Scatter(TLane.Select(candidate, place, dummy), TLane.Const(row));
        rows.Store(at + ConvexRows.MapCount, count + TLane.Select(candidate, TLane.Const(1), zero));
        return flat | TLane.Same(distance, zero);
    }
}

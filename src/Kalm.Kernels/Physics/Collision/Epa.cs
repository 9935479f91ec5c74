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
    /// Attaches a face between the vertex and each edge of the horizon (attachFace); worlds where one of them has no
    /// plane.
    /// </summary>
    private static TLane Attach<TLane, TRows>(TRows rows, int at, int vertex, TLane active, ref int top)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // one thing after the other for all faces, so that reads that differ from world to world overlap
        TLane edges = rows.Load(at + ConvexRows.EdgeCount);
        int first = top;
        bool chain = true;
        for (int i = 0; ; i++)
        {
            TLane here = active & (TLane.Const(i) < edges);
            if (!TLane.Any(here)) break;
            chain &= Link(rows, at, vertex, first, i, here);
            top++;
        }

        // from the last on, for a face needs the point of the one before
        TLane flat = TLane.Const(0);
        for (int face = top - 1; face >= first; face--)
        {
            TLane here = active & (TLane.Const(face - first) < edges);
            int before = face == first || !chain ? -1 : EpaFace.Row(at, face - 1);
            flat |= PlaceFace(rows, EpaFace.Row(at, face), before, vertex, here);
        }

        for (int face = first; face < top; face++)
            AddCandidate(rows, at, EpaFace.Row(at, face), active & (TLane.Const(face - first) < edges));
        return flat;
    }

    /// <summary>
    /// Writes vertices and neighbors of the new face at edge <paramref name="i"/> of the horizon, and in place of its
    /// nearest point the point where the edge begins; whether the edge ends where the one before begins.
    /// </summary>
    private static bool Link<TLane, TRows>(TRows rows, int at, int vertex, int first, int i, TLane here)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int start = EpaFace.Row(at, first);
        int row = EpaFace.Row(at, first + i);

        // neighbors: the new face before, the face beyond the horizon, the new face after
        TLane half = TLane.Select(here, rows.Load(at + ConvexRows.Horizon + i), TLane.Const(4 * EpaFace.Row(at, 0)));
        TLane last = rows.Load(at + ConvexRows.EdgeCount) - TLane.Const(1);
        TLane before = i == 0
            ? TLane.Const((4 * start) + 2) + (TLane.Const(4 * ConvexRows.FaceStride) * last)
            : TLane.Const((4 * (row - ConvexRows.FaceStride)) + 2);
        TLane next = TLane.Const(4 * (row + ConvexRows.FaceStride));
        TLane after = TLane.Select(TLane.Same(TLane.Const(i), last), TLane.Const(4 * start), next);
        rows.Store(row, ConvexRows.FaceNeighbor, before);
        rows.Store(row, ConvexRows.FaceNeighbor + 1, half);
        rows.Store(row, ConvexRows.FaceNeighbor + 2, after);
        TLane beyond = EpaFace.Split(half, out TLane side);
        TLane dummy = TLane.Const(at + ConvexRows.Dummy - ConvexRows.FaceNeighbor);
        rows.Scatter(
            TLane.Select(here, beyond + side, dummy), ConvexRows.FaceNeighbor, TLane.Const((4 * row) + 1));

        // vertices; other worlds' rows hold anything, so what is no address is replaced by one
        TLane unused = TLane.Const(vertex);
        TLane vertex1 = TLane.Select(here, rows.Gather(beyond + side, ConvexRows.FaceVertex), unused);
        TLane vertex2 = rows.Gather(beyond + EpaFace.After(side), ConvexRows.FaceVertex);
        vertex2 = TLane.Select(here, vertex2, unused);
        rows.Store(row, ConvexRows.FaceVertex, unused);
        rows.Store(row, ConvexRows.FaceVertex + 1, vertex2);
        rows.Store(row, ConvexRows.FaceVertex + 2, vertex1);
        ConvexMath.Gather(rows, vertex1, 0).Store(rows, row);
        if (i == 0) return true;
        TLane shared = rows.Load(row - ConvexRows.FaceStride, ConvexRows.FaceVertex + 2);
        return !TLane.Any(here & ~TLane.Same(vertex2, shared));
    }

    /// <summary>
    /// Writes nearest point and distance of a face; mask: it has no plane or holds the origin.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="row">First row of the face.</param>
    /// <param name="before">First row of the face whose edge begins where this one's ends, -1: not known.</param>
    /// <param name="vertex">First row of the vertex.</param>
    /// <param name="here">Worlds that have the face.</param>
    private static TLane PlaceFace<TLane, TRows>(TRows rows, int row, int before, int vertex, TLane here)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> point2 = before < 0
            ? ConvexMath.Gather(rows, rows.Load(row, ConvexRows.FaceVertex + 1), 0)
            : Vec3<TLane>.Load(rows, before);
        Vec3<TLane> v = ConvexMath.ProjectPlane(
            Vec3<TLane>.Load(rows, row), point2, Vec3<TLane>.Load(rows, vertex), out TLane flat);
        TLane distance = ConvexMath.Length(v);
        v.Store(rows, row);
        rows.Store(row, ConvexRows.FaceDistance, distance);
        return here & (flat | TLane.Same(distance, TLane.Const(0)));
    }

    /// <summary>Makes a new face a candidate where its distance is within the bounds.</summary>
    private static void AddCandidate<TLane, TRows>(TRows rows, int at, int row, TLane here)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane distance = rows.Load(row, ConvexRows.FaceDistance);
        TLane count = rows.Load(at + ConvexRows.MapCount);
        TLane candidate = here & (distance >= rows.Load(at + ConvexRows.Best, ConvexRows.FaceDistance))
            & (distance <= rows.Load(at + ConvexRows.Upper));
        TLane index = TLane.Select(candidate, count, TLane.Const(EpaFace.NoCandidate));
        rows.Store(row, ConvexRows.FaceIndex, TLane.Select(here, index, TLane.Const(EpaFace.Deleted)));
        TLane place = TLane.Select(candidate, count, TLane.Const(ConvexRows.Dummy - ConvexRows.Map));
        rows.Scatter(place + TLane.Const(at + ConvexRows.Map), TLane.Const(row));
        rows.Store(at + ConvexRows.MapCount, count + TLane.Select(candidate, TLane.Const(1), zero));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Deletes the faces of the polytope a point sees and lists the edges around them (horizon, horizonRec in
/// engine_collision_gjk.c): a search through the faces, in the order of MuJoCo's recursion.
/// </summary>
/// <remarks>
/// Each world walks its own way: it crosses an edge to the next face, which is either seen, and searched on along its
/// next two edges, or ends the search with an edge of the horizon.
/// </remarks>
internal static class EpaHorizon
{
    /// <summary>
    /// Writes Horizon and EdgeCount, and takes the faces seen from a vertex off the polytope and the candidates.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="at">First row of the scratch.</param>
    /// <param name="vertex">First row of the vertex.</param>
    /// <param name="top">Places of faces in use.</param>
    /// <param name="face">First row of each world's face the search starts from.</param>
    /// <param name="active">Worlds that search.</param>
    public static void Run<TLane, TRows>(TRows rows, int at, int vertex, int top, TLane face, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Look<TLane, TRows>(rows, at, vertex, top);
        TLane first = TLane.Const(EpaFace.Row(at, 0));
        TLane seen = Search(rows, at, TLane.Select(active, face, first), active);

        // off the candidates in the order in which they were seen
        for (int i = 0; i < ConvexRows.MaxLive; i++)
        {
            TLane here = active & (TLane.Const(i) < seen);
            if (!TLane.Any(here)) break;
            Delete(rows, at, TLane.Select(here, rows.Load(at + ConvexRows.Seen + i), first), here);
        }
    }

    /// <summary>Writes which faces the vertex sees: those whose plane it lies beyond, or in.</summary>
    private static void Look<TLane, TRows>(TRows rows, int at, int vertex, int top)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane deleted = TLane.Const(EpaFace.Deleted);
        Vec3<TLane> w = Vec3<TLane>.Load(rows, vertex);
        for (int face = 0; face < top; face++)
        {
            int row = EpaFace.Row(at, face);
            TLane distance = rows.Load(row, ConvexRows.FaceDistance);
            TLane height = ConvexMath.Dot(Vec3<TLane>.Load(rows, row), w);
            TLane sight = TLane.Select(height >= distance * distance, TLane.Const(1), TLane.Const(0));
            TLane there = rows.Load(row, ConvexRows.FaceIndex) > deleted;
            rows.Store(row, ConvexRows.FaceSight, TLane.Select(there, sight, TLane.Const(-1)));
        }
    }

    /// <summary>Writes Horizon, EdgeCount, and Seen; the number of faces seen.</summary>
    private static TLane Search<TLane, TRows>(TRows rows, int at, TLane start, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane four = TLane.Const(4);
        TLane dummy = TLane.Const(at + ConvexRows.Dummy);
        TLane hidden = dummy - TLane.Const(ConvexRows.FaceSight);
        TLane gone = TLane.Const(-1);
        TLane cross = four * start;
        rows.Scatter(TLane.Select(active, start, hidden), ConvexRows.FaceSight, gone);
        rows.Store(at + ConvexRows.Seen, start);
        rows.Store(at + ConvexRows.Stack, cross + TLane.Const(2));
        rows.Store(at + ConvexRows.Stack + 1, cross + one);
        TLane depth = TLane.Const(2);
        TLane edges = zero;
        TLane faces = one;
        TLane walking = active;
        while (TLane.Any(walking))
        {
            TLane from = EpaFace.Split(TLane.Select(walking, cross, four * start), out TLane side);
            TLane half = TLane.Select(walking, rows.Gather(from + side, ConvexRows.FaceNeighbor), four * start);
            TLane row = EpaFace.Split(half, out side);
            TLane sight = rows.Gather(row, ConvexRows.FaceSight);
            TLane edge = walking & TLane.Same(sight, zero);
            TLane seen = walking & TLane.Same(sight, one);

            // one more edge of the horizon, or one more face
            TLane list = TLane.Select(edge, edges + TLane.Const(at + ConvexRows.Horizon), dummy);
            list = TLane.Select(seen, faces + TLane.Const(at + ConvexRows.Seen), list);
            rows.Scatter(list, TLane.Select(edge, half, row));
            edges += TLane.Select(edge, one, zero);
            if (TLane.Any(seen))
            {
                // cross its next edge now, the one after it later
                TLane next = EpaFace.After(side);
                rows.Scatter(TLane.Select(seen, row, hidden), ConvexRows.FaceSight, gone);
                rows.Scatter(
                    TLane.Select(seen, depth + TLane.Const(at + ConvexRows.Stack), dummy),
                    (four * row) + EpaFace.After(next));
                depth += TLane.Select(seen, one, zero);
                faces += TLane.Select(seen, one, zero);
                cross = TLane.Select(seen, (four * row) + next, cross);
            }

            // the others take up what was put off
            TLane done = walking & ~seen;
            walking &= seen | (depth > zero);
            depth -= TLane.Select(done & walking, one, zero);
            TLane waiting = TLane.Select(done & walking, depth + TLane.Const(at + ConvexRows.Stack), dummy);
            cross = TLane.Select(done, rows.Gather(waiting), cross);
        }

        rows.Store(at + ConvexRows.EdgeCount, edges);
        return faces;
    }

    /// <summary>
    /// Takes a face off the polytope; the last candidate takes its place among the candidates (deleteFace).
    /// </summary>
    private static void Delete<TLane, TRows>(TRows rows, int at, TLane row, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane dummy = TLane.Const(at + ConvexRows.Dummy);
        TLane map = TLane.Const(at + ConvexRows.Map);
        TLane index = rows.Gather(row, ConvexRows.FaceIndex);
        TLane candidate = active & (index >= TLane.Const(0));
        TLane count = rows.Load(at + ConvexRows.MapCount);
        count -= TLane.Select(candidate, TLane.Const(1), TLane.Const(0));
        rows.Store(at + ConvexRows.MapCount, count);
        TLane last = rows.Gather(TLane.Select(candidate, count + map, dummy));
        rows.Scatter(TLane.Select(candidate, index + map, dummy), last);
        dummy -= TLane.Const(ConvexRows.FaceIndex);
        rows.Scatter(TLane.Select(candidate, last, dummy), ConvexRows.FaceIndex, index);
        rows.Scatter(TLane.Select(active, row, dummy), ConvexRows.FaceIndex, TLane.Const(EpaFace.Deleted));
    }
}

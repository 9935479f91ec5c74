using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Deletes the faces of the polytope a point sees and lists the edges around them (horizon, horizonRec in
/// engine_collision_gjk.c): a search through the faces, in the order of MuJoCo's recursion.
/// </summary>
/// <remarks>
/// Each world walks its own way: a half-edge leads to the face across, which is either seen, deleted, and searched
/// on along its next two edges, or ends the search with an edge of the horizon.
/// </remarks>
internal static class EpaHorizon
{
    /// <summary>
    /// Writes Horizon and EdgeCount, and takes the faces seen from a vertex off the polytope and the candidates.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="at">First row of the scratch.</param>
    /// <param name="vertex">First row of the vertex.</param>
    /// <param name="face">First row of each world's face the search starts from.</param>
    /// <param name="active">Worlds that search.</param>
    public static void Run<TLane, TRows>(TRows rows, int at, int vertex, TLane face, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane first = TLane.Const(EpaFace.Row(at, 0));
        TLane start = TLane.Select(active, face, first);
        Delete(rows, at, start, rows.Gather(start, ConvexRows.FaceIndex), active);
        rows.Store(at + ConvexRows.Stack, rows.Gather(start, ConvexRows.FaceNeighbor + 2));
        rows.Store(at + ConvexRows.Stack + 1, rows.Gather(start, ConvexRows.FaceNeighbor + 1));
        TLane half = rows.Gather(start, ConvexRows.FaceNeighbor);
        TLane depth = TLane.Const(2);
        TLane count = zero;
        TLane walking = active;
        while (TLane.Any(walking))
        {
            half = TLane.Select(walking, half, TLane.Const(4) * first);
            TLane row = EpaFace.Split(half, out TLane side);
            TLane index = rows.Gather(row, ConvexRows.FaceIndex);
            TLane there = walking & (index > TLane.Const(EpaFace.Deleted));
            TLane distance = rows.Gather(row, ConvexRows.FaceDistance);
            TLane height = ConvexMath.Dot(ConvexMath.Gather(rows, row, 0), Vec3<TLane>.Load(rows, vertex));
            TLane seen = there & (height >= distance * distance);

            // an edge of the horizon
            TLane edge = there & ~seen;
            rows.Scatter(Place<TLane>(at, ConvexRows.Horizon, edge, count), half);
            count += TLane.Select(edge, one, zero);

            // a face to search on from: its next edge now, the one after it later
            if (TLane.Any(seen))
            {
                Delete(rows, at, row, index, seen);
                TLane next = EpaFace.After(side);
                TLane later = rows.Gather(row + EpaFace.After(next), ConvexRows.FaceNeighbor);
                rows.Scatter(Place<TLane>(at, ConvexRows.Stack, seen, depth), later);
                depth += TLane.Select(seen, one, zero);
                half = TLane.Select(seen, rows.Gather(row + next, ConvexRows.FaceNeighbor), half);
            }

            // the others take up what was put off
            TLane done = walking & ~seen;
            walking &= seen | (depth > zero);
            depth -= TLane.Select(done & walking, one, zero);
            TLane waiting = rows.Gather(Place<TLane>(at, ConvexRows.Stack, done & walking, depth));
            half = TLane.Select(done, waiting, half);
        }

        rows.Store(at + ConvexRows.EdgeCount, count);
    }

    /// <summary>
    /// Takes a face off the polytope; the last candidate takes its place among the candidates (deleteFace).
    /// </summary>
    private static void Delete<TLane, TRows>(TRows rows, int at, TLane row, TLane index, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane candidate = active & (index >= TLane.Const(0));
        TLane count = rows.Load(at + ConvexRows.MapCount);
        count -= TLane.Select(candidate, TLane.Const(1), TLane.Const(0));
        rows.Store(at + ConvexRows.MapCount, count);
        TLane last = rows.Gather(Place<TLane>(at, ConvexRows.Map, candidate, count));
        rows.Scatter(Place<TLane>(at, ConvexRows.Map, candidate, index), last);
        TLane dummy = TLane.Const(at + ConvexRows.Dummy - ConvexRows.FaceIndex);
        rows.Scatter(TLane.Select(candidate, last, dummy), ConvexRows.FaceIndex, index);
        rows.Scatter(TLane.Select(active, row, dummy), ConvexRows.FaceIndex, TLane.Const(EpaFace.Deleted));
    }

    /// <summary>Row <paramref name="index"/> of an array of the scratch, in other worlds a row nobody reads.</summary>
    private static TLane Place<TLane>(int at, int array, TLane mask, TLane index)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.Select(mask, index + TLane.Const(at + array), TLane.Const(at + ConvexRows.Dummy));
}

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
    /// <param name="face">Each world's face the search starts from.</param>
    /// <param name="active">Worlds that search.</param>
    public static void Run<TLane, TRows>(TRows rows, int at, int vertex, TLane face, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane start = EpaFace.Row(at, TLane.Select(active, face, zero));
        Delete(rows, at, start, rows.Gather(start + TLane.Const(ConvexRows.FaceIndex)), active);
        rows.Store(at + ConvexRows.Stack, rows.Gather(start + TLane.Const(ConvexRows.FaceNeighbor + 2)));
        rows.Store(at + ConvexRows.Stack + 1, rows.Gather(start + TLane.Const(ConvexRows.FaceNeighbor + 1)));
        TLane half = rows.Gather(start + TLane.Const(ConvexRows.FaceNeighbor));
        TLane depth = TLane.Const(2);
        TLane count = zero;
        TLane walking = active;
        while (TLane.Any(walking))
        {
            half = TLane.Select(walking, half, zero);
            TLane number = TLane.Truncate(half * TLane.Const(0.25));
            TLane row = EpaFace.Row(at, number);
            TLane index = rows.Gather(row + TLane.Const(ConvexRows.FaceIndex));
            TLane there = walking & (index > TLane.Const(EpaFace.Deleted));
            TLane seen = there & Sees(rows, vertex, row);

            // an edge of the horizon
            TLane edge = there & ~seen;
            rows.Scatter(Place<TLane>(at, ConvexRows.Horizon, edge, count), half);
            count += TLane.Select(edge, one, zero);

            // a face to search on from: its next edge now, the one after it later
            if (TLane.Any(seen))
            {
                Delete(rows, at, row, index, seen);
                TLane side = half - (TLane.Const(4) * number);
                TLane next = TLane.Select(TLane.Same(side, TLane.Const(2)), zero, side + one);
                TLane after = TLane.Select(TLane.Same(side, zero), TLane.Const(2), side - one);
                TLane neighbors = row + TLane.Const(ConvexRows.FaceNeighbor);
                rows.Scatter(Place<TLane>(at, ConvexRows.Stack, seen, depth), rows.Gather(neighbors + after));
                depth += TLane.Select(seen, one, zero);
                half = TLane.Select(seen, rows.Gather(neighbors + next), half);
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

    /// <summary>Mask: a vertex lies beyond the plane of each world's own face, or in it.</summary>
    private static TLane Sees<TLane, TRows>(TRows rows, int vertex, TLane row)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> v = ConvexMath.Gather(rows, row);
        TLane distance = rows.Gather(row + TLane.Const(ConvexRows.FaceDistance));
        return ConvexMath.Dot(v, Vec3<TLane>.Load(rows, vertex)) >= distance * distance;
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
        TLane lastRow = EpaFace.Row(at, TLane.Select(candidate, last, TLane.Const(0)));
        TLane dummy = TLane.Const(at + ConvexRows.Dummy);
        TLane offset = TLane.Const(ConvexRows.FaceIndex);
        rows.Scatter(TLane.Select(candidate, lastRow + offset, dummy), index);
        rows.Scatter(TLane.Select(active, row + offset, dummy), TLane.Const(EpaFace.Deleted));
    }

    /// <summary>Row <paramref name="index"/> of an array of the scratch, in other worlds a row nobody reads.</summary>
    private static TLane Place<TLane>(int at, int array, TLane mask, TLane index)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.Select(mask, index + TLane.Const(at + array), TLane.Const(at + ConvexRows.Dummy));
}

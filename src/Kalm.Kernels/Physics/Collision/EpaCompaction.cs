using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Moves the faces of each world's polytope together, over those it has deleted.</summary>
internal static class EpaCompaction
{
    // the stack and the horizon lie side by side and hold nothing between two vertices
    private const int NewNumber = ConvexRows.Stack;

    /// <summary>Renumbers the faces of the worlds of a mask.</summary>
    /// <returns>The places in use.</returns>
    public static int Run<TLane, TRows>(TRows rows, int at, int top, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane count = zero;
        TLane deleted = TLane.Const(EpaFace.Deleted);
        for (int face = 0; face < top; face++)
        {
            TLane live = active & (rows.Load(EpaFace.Row(at, face), ConvexRows.FaceIndex) > deleted);
            rows.Store(at + NewNumber + face, TLane.Select(live, count, TLane.Const(-1)));
            count += TLane.Select(live, TLane.Const(1), zero);
        }

        for (int face = 0; face < top; face++) Move(rows, at, face, rows.Load(at + NewNumber + face));
        for (int i = 0; i < ConvexRows.MaxLive; i++)
        {
            TLane used = active & (TLane.Const(i) < rows.Load(at + ConvexRows.MapCount));
            if (!TLane.Any(used)) break;
            TLane face = TLane.Select(used, rows.Load(at + ConvexRows.Map + i), zero);
            ConvexMath.Store(
                rows, at + ConvexRows.Map + i, used, rows.Gather(face + TLane.Const(at + NewNumber)));
        }

        TLane best = rows.Load(at + ConvexRows.Best, ConvexRows.FaceIndex);
        TLane from = TLane.Select(active, best, zero) + TLane.Const(at + NewNumber);
        ConvexMath.Store(rows, at + ConvexRows.Best + ConvexRows.FaceIndex, active, rows.Gather(from));
        for (int face = 0; face < top; face++)
        {
            TLane free = TLane.Const(face) >= count;
            ConvexMath.Store(rows, EpaFace.Row(at, face) + ConvexRows.FaceIndex, free, deleted);
        }

        int used2 = 0;
        while (TLane.Any(TLane.Const(used2) < count)) used2++;
        return used2;
    }

    private static void Move<TLane, TRows>(TRows rows, int at, int face, TLane number)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane live = number >= TLane.Const(0);
        if (!TLane.Any(live)) return;
        TLane dummy = TLane.Const(at + ConvexRows.Dummy);
        int from = EpaFace.Row(at, face);
        TLane to = EpaFace.Row(at, number);
        for (int i = 0; i < ConvexRows.FaceStride; i++)
        {
            TLane value = rows.Load(from + i);
            if (i is >= ConvexRows.FaceNeighbor and < ConvexRows.FaceNeighbor + 3)
            {
                // a half-edge of a face that lives leads to one that lives
                TLane half = TLane.Select(live, value, TLane.Const(0));
                TLane neighbor = TLane.Truncate(half * TLane.Const(0.25));
                TLane renumbered = rows.Gather(neighbor + TLane.Const(at + NewNumber));
                value = half + (TLane.Const(4) * (renumbered - neighbor));
            }

            rows.Scatter(TLane.Select(live, to + TLane.Const(i), dummy), value);
        }
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Moves the faces of each world's polytope together, over those it has deleted.</summary>
internal static class EpaCompaction
{
    // the stack and the horizon lie side by side and hold nothing between two vertices
    private const int NewRow = ConvexRows.Stack;

    /// <summary>Moves the faces of the worlds of a mask.</summary>
    /// <returns>The places in use.</returns>
    public static int Run<TLane, TRows>(TRows rows, int at, int top, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane count = TLane.Const(0);
        TLane deleted = TLane.Const(EpaFace.Deleted);
        TLane none = TLane.Const(-1);
        for (int face = 0; face < top; face++)
        {
            TLane live = active & (rows.Load(EpaFace.Row(at, face), ConvexRows.FaceIndex) > deleted);
            TLane to = (TLane.Const(ConvexRows.FaceStride) * count) + TLane.Const(EpaFace.Row(at, 0));
            rows.Store(at + NewRow + face, TLane.Select(live, to, none));
            count += TLane.Select(live, TLane.Const(1), TLane.Const(0));
        }

        for (int face = 0; face < top; face++) Move(rows, at, EpaFace.Row(at, face), rows.Load(at + NewRow + face));
        for (int i = 0; i < ConvexRows.MaxLive; i++)
        {
            TLane used = active & (TLane.Const(i) < rows.Load(at + ConvexRows.MapCount));
            if (!TLane.Any(used)) break;
            Renumber(rows, at, at + ConvexRows.Map + i, used);
        }

        Renumber(rows, at, at + ConvexRows.Best + ConvexRows.FaceIndex, active);
        for (int face = 0; face < top; face++)
        {
            TLane free = TLane.Const(face) >= count;
            ConvexMath.Store(rows, EpaFace.Row(at, face) + ConvexRows.FaceIndex, free, deleted);
        }

        int places = 0;
        while (TLane.Any(TLane.Const(places) < count)) places++;
        return places;
    }

    private static void Move<TLane, TRows>(TRows rows, int at, int from, TLane to)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane live = to >= TLane.Const(0);
        if (!TLane.Any(live)) return;
        TLane dummy = TLane.Const(at + ConvexRows.Dummy);
        for (int i = 0; i < ConvexRows.FaceStride; i++)
        {
            TLane value = rows.Load(from + i);
            if (i is >= ConvexRows.FaceNeighbor and < ConvexRows.FaceNeighbor + 3)
            {
                // a half-edge of a face that lives leads to one that lives
                value = TLane.Select(live, value, TLane.Const(4 * EpaFace.Row(at, 0)));
                TLane neighbor = EpaFace.Split(value, out TLane edge);
                value = (TLane.Const(4) * Renumbered(rows, at, neighbor)) + edge;
            }

            rows.Scatter(TLane.Select(live, to + TLane.Const(i), dummy), value);
        }
    }

    private static void Renumber<TLane, TRows>(TRows rows, int at, int row, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane face = TLane.Select(active, rows.Load(row), TLane.Const(EpaFace.Row(at, 0)));
        ConvexMath.Store(rows, row, active, Renumbered(rows, at, face));
    }

    /// <summary>New first row of a face, from its old one.</summary>
    private static TLane Renumbered<TLane, TRows>(TRows rows, int at, TLane face)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the quotient is whole but for its rounding
        TLane number = LaneMath.Round((face - TLane.Const(EpaFace.Row(at, 0))) / TLane.Const(ConvexRows.FaceStride));
        return rows.Gather(number + TLane.Const(at + NewRow));
    }
}

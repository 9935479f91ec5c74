using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Takes visitors to constraint blocks, with the code of their kind.</summary>
internal static class Blocks
{
    /// <summary>Lists the blocks that constrain some of the given worlds, and where each kind ends.</summary>
    public static void List<TLane, TRows>(TRows rows, in DataRows data, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int count = 0;
        int kind = 0;
        int end = Constraint.Block(data, rows.Uniform(data.efc_count));
        for (int block = data.efc; block < end; block += data.efc_stride)
        {
            if (!TLane.Any(worlds & (rows.Load(block, EfcBlock.D) > TLane.Const(0)))) continue;
            int own = rows.Integer(rows.Uniform(block + EfcBlock.Group) + GroupTable.Kind);
            for (; kind < own; kind++) rows.Store(data.live_end + kind, TLane.Const(count));
            rows.Store(data.live + count, TLane.Const(block));
            count++;
        }

        for (; kind < EfcKind.Count; kind++) rows.Store(data.live_end + kind, TLane.Const(count));
    }

    /// <summary>Visits all listed blocks.</summary>
    public static void Visit<TLane, TRows, TVisitor>(TRows rows, in DataRows data, ref TVisitor visitor)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TVisitor : struct, IBlockVisitor<TLane>
    {
        int first = 0;
        int end = rows.Uniform(data.live_end + EfcKind.Equality);
        if (first < end) Range<TLane, TRows, TVisitor, Rank3, Equality>(rows, data, first, end, ref visitor);
        first = end;
        end = rows.Uniform(data.live_end + EfcKind.Limit);
        if (first < end) Range<TLane, TRows, TVisitor, Rank1, Inequality>(rows, data, first, end, ref visitor);
        first = end;
        end = rows.Uniform(data.live_end + EfcKind.Pyramid);
        if (first < end) Range<TLane, TRows, TVisitor, Rank3, Pyramid>(rows, data, first, end, ref visitor);
        first = end;
        end = rows.Uniform(data.live_end + EfcKind.Cone3);
        if (first < end) Range<TLane, TRows, TVisitor, Rank3, Cone<Rank3>>(rows, data, first, end, ref visitor);
        first = end;
        end = rows.Uniform(data.live_end + EfcKind.Cone4);
        if (first < end) Range<TLane, TRows, TVisitor, Rank4, Cone<Rank4>>(rows, data, first, end, ref visitor);
    }

    /// <summary>Visits listed blocks of one kind: a method of its own, so that each is compiled for itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Range<TLane, TRows, TVisitor, TRank, TKind>(
        TRows rows, in DataRows data, int first, int end, ref TVisitor visitor)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TVisitor : struct, IBlockVisitor<TLane>
        where TRank : struct, IRank
        where TKind : struct, IEfcKind<TRank>
    {
        for (int i = first; i < end; i++)
            visitor.Visit<TRows, TRank, TKind>(rows, rows.Uniform(data.live + i));
    }
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Takes visitors to constraint blocks, with the code of their kind.</summary>
internal static class Blocks
{
    /// <summary>Visits all listed blocks (<see cref="DataRows.live"/>).</summary>
    public static void VisitLive<TLane, TRows, TVisitor>(
        TRows rows, in DataRows data, int live, ref TVisitor visitor)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TVisitor : struct, IBlockVisitor<TLane>
    {
        for (int i = 0; i < live; i++)
            Visit<TLane, TRows, TVisitor>(rows, rows.Uniform(data.live + i), ref visitor);
    }

    /// <summary>Visits one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Visit<TLane, TRows, TVisitor>(TRows rows, int block, ref TVisitor visitor)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TVisitor : struct, IBlockVisitor<TLane>
    {
        switch (rows.Integer(rows.Uniform(block + EfcBlock.Group) + GroupTable.Kind))
        {
            case EfcKind.Limit: visitor.Visit<TRows, Rank1, Inequality>(rows, block); break;
            case EfcKind.Equality: visitor.Visit<TRows, Rank3, Equality>(rows, block); break;
            case EfcKind.Pyramid: visitor.Visit<TRows, Rank3, Pyramid>(rows, block); break;
            case EfcKind.Cone3: visitor.Visit<TRows, Rank3, Cone<Rank3>>(rows, block); break;
            default: visitor.Visit<TRows, Rank4, Cone<Rank4>>(rows, block); break;
        }
    }
}

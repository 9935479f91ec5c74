using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Writes Jv of blocks and sums their cost at step 1.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="search">First row of the search direction.</param>
internal struct LineStart<TLane>(int search) : IBlockVisitor<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>The sum.</summary>
    public LineSum<TLane> Sum = new(TLane.Const(1));

    private readonly int _search = search;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Visit<TRows, TRank, TKind>(TRows rows, int block)
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TKind : struct, IEfcKind<TRank>
    {
        EfcVector<TLane, TRank> jar = EfcVector<TLane, TRank>.Load(rows, block, EfcBlock.Jar);
        EfcVector<TLane, TRank> jv = Jacobian.Times<TLane, TRows, TRank>(rows, block, _search);
        jv.Store(rows, block, EfcBlock.Jv);
        TKind.AddLine(rows, block, EfcVector<TLane, TRank>.MulAdd(TLane.Const(1), jv, jar), jv, ref Sum);
    }
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Twice the cost of constraint blocks at a step, and the derivatives of the cost: a running sum.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="alpha">Step along the search direction.</param>
internal struct LineSum<TLane>(TLane alpha) : IBlockVisitor<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Twice the cost.</summary>
    public TLane Cost = TLane.Const(0);

    /// <summary>First derivative of the cost.</summary>
    public TLane Slope = TLane.Const(0);

    /// <summary>Second derivative of the cost.</summary>
    public TLane Curvature = TLane.Const(0);

    private readonly TLane _alpha = alpha;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Visit<TRows, TRank, TKind>(TRows rows, int block)
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TKind : struct, IEfcKind<TRank>
    {
        EfcVector<TLane, TRank> jar = EfcVector<TLane, TRank>.Load(rows, block, EfcBlock.Jar);
        EfcVector<TLane, TRank> jv = EfcVector<TLane, TRank>.Load(rows, block, EfcBlock.Jv);
        TKind.AddLine(rows, block, EfcVector<TLane, TRank>.MulAdd(_alpha, jv, jar), jv, ref this);
    }
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Costs of the two accelerations a solve may start from; leaves their residuals in Jar (warm) and Jv (smooth).
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="warm">First row of qacc_warmstart.</param>
/// <param name="smooth">First row of qacc_smooth.</param>
internal struct StartCost<TLane>(int warm, int smooth) : IBlockVisitor<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Twice the constraint cost of qacc_warmstart.</summary>
    public TLane Warm = TLane.Const(0);

    /// <summary>Twice the constraint cost of qacc_smooth.</summary>
    public TLane Smooth = TLane.Const(0);

    private readonly int _warm = warm;
    private readonly int _smooth = smooth;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Visit<TRows, TRank, TKind>(TRows rows, int block)
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TKind : struct, IEfcKind<TRank>
    {
        EfcVector<TLane, TRank> aref = EfcVector<TLane, TRank>.Load(rows, block, EfcBlock.Aref);
        EfcVector<TLane, TRank> warm = Jacobian.Times<TLane, TRows, TRank>(rows, block, _warm) - aref;
        EfcVector<TLane, TRank> smooth = Jacobian.Times<TLane, TRows, TRank>(rows, block, _smooth) - aref;
        warm.Store(rows, block, EfcBlock.Jar);
        smooth.Store(rows, block, EfcBlock.Jv);
        _ = TKind.Gradient(rows, block, warm, out TLane warmCost);
        _ = TKind.Gradient(rows, block, smooth, out TLane smoothCost);
        Warm += warmCost;
        Smooth += smoothCost;
    }
}

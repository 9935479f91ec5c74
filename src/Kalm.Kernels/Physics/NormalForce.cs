using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Sums the normal force of contact blocks over one geom pair.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="pair">Number of the ordered pair.</param>
internal struct NormalForce<TLane>(TLane pair) : IBlockVisitor<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>The sum, N.</summary>
    public TLane Sum = TLane.Const(0);

    private readonly TLane _pair = pair;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Visit<TRows, TRank, TKind>(TRows rows, int block)
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TKind : struct, IEfcKind<TRank>
    {
        // the coordinate is the normal times mu, so is the force along the normal
        EfcVector<TLane, TRank> jar = EfcVector<TLane, TRank>.Load(rows, block, EfcBlock.Jar);
        TLane gradient = TKind.Gradient(rows, block, jar, out TLane _).N;
        TLane here = TLane.Same(_pair, rows.Load(block, EfcBlock.Pair));
        Sum = TLane.Select(here, TLane.NegMulAdd(rows.Load(block, EfcBlock.Mu), gradient, Sum), Sum);
    }
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Moves the residuals of blocks to a step, adds J' gradient of their cost to rows, sums the cost (mj_constraintUpdate
/// in engine_core_constraint.c).
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="moves">Mask of the worlds that move.</param>
/// <param name="alpha">Step along the search direction; the first time not used.</param>
/// <param name="first">Whether the residual is Jv where the world moves, instead of Jar + alpha Jv.</param>
/// <param name="gradient">First of the rows.</param>
internal struct ForceSum<TLane>(TLane moves, TLane alpha, bool first, int gradient) : IBlockVisitor<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Twice the cost.</summary>
    public TLane Cost = TLane.Const(0);

    private readonly TLane _moves = moves;
    private readonly TLane _alpha = alpha;
    private readonly bool _first = first;
    private readonly int _gradient = gradient;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Visit<TRows, TRank, TKind>(TRows rows, int block)
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TKind : struct, IEfcKind<TRank>
    {
        EfcVector<TLane, TRank> jar = EfcVector<TLane, TRank>.Load(rows, block, EfcBlock.Jar);
        EfcVector<TLane, TRank> jv = EfcVector<TLane, TRank>.Load(rows, block, EfcBlock.Jv);
        EfcVector<TLane, TRank> moved = _first ? jv : EfcVector<TLane, TRank>.MulAdd(_alpha, jv, jar);
        jar = EfcVector<TLane, TRank>.Select(_moves, moved, jar);
        jar.Store(rows, block, EfcBlock.Jar);
        EfcVector<TLane, TRank> gradient = TKind.Gradient(rows, block, jar, out TLane cost);
        Cost += cost;
        Jacobian.AddTransposed<TLane, TRows, TRank>(rows, block, gradient, _gradient);
    }
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Adds the curvature of blocks to a matrix.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="matrix">First row of the matrix.</param>
/// <param name="pitch">Rows from one row of the matrix to the next.</param>
internal readonly struct HessianSum<TLane>(int matrix, int pitch) : IBlockVisitor<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly int _matrix = matrix;
    private readonly int _pitch = pitch;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Visit<TRows, TRank, TKind>(TRows rows, int block)
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TKind : struct, IEfcKind<TRank> =>
        TKind.AddHessian<TLane, TRows>(rows, block, _matrix, _pitch);
}

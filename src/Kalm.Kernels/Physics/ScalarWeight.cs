using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>A multiple of the identity.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <typeparam name="TRank">Number of coordinates.</typeparam>
/// <param name="weight">The multiple.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct ScalarWeight<TLane, TRank>(TLane weight) : IEfcWeight<TLane, TRank>
    where TLane : unmanaged, ILane<TLane>
    where TRank : struct, IRank
{
    private readonly TLane _weight = weight;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EfcVector<TLane, TRank> Times(EfcVector<TLane, TRank> x) => _weight * x;
}

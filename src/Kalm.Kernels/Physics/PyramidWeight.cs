using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Sum of D e e' over the edges e of a pyramid that resist: with D per edge a, b, c, d it is
/// [a+b+c+d, a-b, c-d; a-b, a+b, 0; c-d, 0, c+d] in normal and tangents.
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="edges">D of each edge, 0 where it does not resist.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct PyramidWeight<TLane>(Edges<TLane> edges) : IEfcWeight<TLane, Rank3>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly TLane _sum1 = edges.A + edges.B;
    private readonly TLane _difference1 = edges.A - edges.B;
    private readonly TLane _sum2 = edges.C + edges.D;
    private readonly TLane _difference2 = edges.C - edges.D;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EfcVector<TLane, Rank3> Times(EfcVector<TLane, Rank3> x) => new(
        TLane.MulAdd(_difference2, x.B, TLane.MulAdd(_difference1, x.A, (_sum1 + _sum2) * x.N)),
        TLane.MulAdd(_sum1, x.A, _difference1 * x.N),
        TLane.MulAdd(_sum2, x.B, _difference2 * x.N),
        default);
}

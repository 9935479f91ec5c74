using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Second derivative of the cost of an elliptic cone (mj_constraintUpdate). With the unit tangent t, e = (1, -mu t)
/// and P the projection on the tangents orthogonal to t, the middle zone has c e e' + s P; the bottom zone has c = s
/// and nothing else, which is t = 0 here.
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <typeparam name="TRank">Number of coordinates.</typeparam>
/// <param name="along">c.</param>
/// <param name="across">s.</param>
/// <param name="mu">mu.</param>
/// <param name="tangent">t; its normal coordinate is not used.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct ConeWeight<TLane, TRank>(
    TLane along, TLane across, TLane mu, EfcVector<TLane, TRank> tangent) : IEfcWeight<TLane, TRank>
    where TLane : unmanaged, ILane<TLane>
    where TRank : struct, IRank
{
    private readonly TLane _along = along;
    private readonly TLane _across = across;
    private readonly TLane _mu = mu;
    private readonly EfcVector<TLane, TRank> _tangent = tangent;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EfcVector<TLane, TRank> Times(EfcVector<TLane, TRank> x)
    {
        TLane slip = EfcVector<TLane, TRank>.TangentDot(_tangent, x);
        TLane normal = _along * TLane.NegMulAdd(_mu, slip, x.N);
        TLane back = TLane.MulAdd(_mu, normal, _across * slip);
        return new(
            normal,
            TLane.NegMulAdd(back, _tangent.A, _across * x.A),
            TLane.NegMulAdd(back, _tangent.B, _across * x.B),
            TRank.Rows > 3 ? TLane.NegMulAdd(back, _tangent.C, _across * x.C) : default);
    }
}

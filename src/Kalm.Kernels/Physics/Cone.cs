using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>
/// A contact with an elliptic friction cone. In the block's coordinates, with N the normal one and T the length of the
/// others, there is no force where N >= mu T (top zone), each coordinate resists alone where mu N + T &lt;= 0 (bottom
/// zone), and between them the cost is D / (1 + mu^2) / 2 (N - mu T)^2 (middle zone).
/// </summary>
/// <typeparam name="TRank">Number of coordinates.</typeparam>
internal readonly struct Cone<TRank> : IEfcKind<TRank>
    where TRank : struct, IRank
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, TRank> Gradient<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, TRank> at, out TLane cost)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = rows.Load(block, EfcBlock.D);
        TLane mu = rows.Load(block, EfcBlock.Mu);
        TLane square = EfcVector<TLane, TRank>.TangentDot(at, at);
        TLane length = TLane.Sqrt(square);
        Zones(d, mu, at.N, length, out TLane bottom, out TLane middle);
        TLane resists = bottom & d;
        EfcVector<TLane, TRank> gradient = resists * at;
        cost = resists * TLane.MulAdd(at.N, at.N, square);
        if (!TLane.Any(middle)) return gradient;

        // derivative of N - mu T: 1 along the normal, -mu along the unit tangent
        TLane inverse = TLane.Const(1) / TLane.Select(middle, length, TLane.Const(1));
        TLane excess = TLane.NegMulAdd(mu, length, at.N);
        TLane normal = d * rows.Load(block, EfcBlock.Slant) * excess;
        TLane tangent = -(mu * normal * inverse);
        cost = TLane.Select(middle, normal * excess, cost);
        return EfcVector<TLane, TRank>.Select(
            middle, new(normal, tangent * at.A, tangent * at.B, TRank.Rows > 3 ? tangent * at.C : default), gradient);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLine<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, TRank> at, EfcVector<TLane, TRank> rate, ref LineSum<TLane> sum)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = rows.Load(block, EfcBlock.D);
        TLane mu = rows.Load(block, EfcBlock.Mu);
        TLane square = EfcVector<TLane, TRank>.TangentDot(at, at);
        TLane approach = EfcVector<TLane, TRank>.TangentDot(at, rate);
        TLane speed = EfcVector<TLane, TRank>.TangentDot(rate, rate);
        TLane length = TLane.Sqrt(square);
        Zones(d, mu, at.N, length, out TLane bottom, out TLane middle);
        TLane resists = bottom & d;
        sum.Cost = TLane.MulAdd(resists, TLane.MulAdd(at.N, at.N, square), sum.Cost);
        sum.Slope = TLane.MulAdd(resists, TLane.MulAdd(at.N, rate.N, approach), sum.Slope);
        sum.Curvature = TLane.MulAdd(resists, TLane.MulAdd(rate.N, rate.N, speed), sum.Curvature);
        if (!TLane.Any(middle)) return;

        // first and second derivative of T along the line, then of N - mu T
        TLane inverse = TLane.Const(1) / TLane.Select(middle, length, TLane.Const(1));
        TLane stretch = approach * inverse;
        TLane bend = TLane.NegMulAdd(stretch, stretch, speed) * inverse;
        TLane excess = TLane.NegMulAdd(mu, length, at.N);
        TLane change = TLane.NegMulAdd(mu, stretch, rate.N);
        TLane weight = middle & (d * rows.Load(block, EfcBlock.Slant));
        TLane force = weight * excess;
        sum.Cost = TLane.MulAdd(force, excess, sum.Cost);
        sum.Slope = TLane.MulAdd(force, change, sum.Slope);
        sum.Curvature += TLane.NegMulAdd(force * mu, bend, weight * change * change);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddHessian<TLane, TRows>(TRows rows, int block, int matrix, int pitch)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = rows.Load(block, EfcBlock.D);
        TLane mu = rows.Load(block, EfcBlock.Mu);
        EfcVector<TLane, TRank> at = EfcVector<TLane, TRank>.Load(rows, block, EfcBlock.Jar);
        TLane length = TLane.Sqrt(EfcVector<TLane, TRank>.TangentDot(at, at));
        Zones(d, mu, at.N, length, out TLane bottom, out TLane middle);
        TLane resists = bottom & d;
        if (!TLane.Any(middle))
        {
            if (!TLane.Any(resists > TLane.Const(0))) return;
            Hessian.AddBlock<TLane, TRows, TRank, ScalarWeight<TLane, TRank>>(
                rows, block, new(resists), matrix, pitch);
            return;
        }

        // middle: D / (1 + mu^2) along e, times mu^2 - mu N / T across
        TLane inverse = middle & (TLane.Const(1) / TLane.Select(middle, length, TLane.Const(1)));
        TLane along = d * rows.Load(block, EfcBlock.Slant);
        TLane across = along * mu * TLane.NegMulAdd(at.N, inverse, mu);
        Hessian.AddBlock<TLane, TRows, TRank, ConeWeight<TLane, TRank>>(
            rows, block, new(
                TLane.Select(middle, along, resists), TLane.Select(middle, across, resists), mu, inverse * at),
            matrix, pitch);
    }

    /// <summary>Masks of the zones; a world without the contact is in none that costs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Zones<TLane>(
        TLane d, TLane mu, TLane normal, TLane length, out TLane bottom, out TLane middle)
        where TLane : unmanaged, ILane<TLane>
    {
        // not a number is in the middle, so that it spreads
        TLane free = normal >= mu * length;
        TLane below = TLane.MulAdd(mu, normal, length) <= TLane.Const(0);
        bottom = below & ~free;
        middle = ~(below | free) & (d > TLane.Const(0));
    }
}

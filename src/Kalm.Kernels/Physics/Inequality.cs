using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>A scalar constraint that resists where negative: a joint limit.</summary>
internal readonly struct Inequality : IEfcKind<Rank1>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, Rank1> Gradient<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, Rank1> at, out TLane cost)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane violation = TLane.Min(at.N, TLane.Const(0));
        TLane gradient = rows.Load(block, EfcBlock.D) * violation;
        cost = gradient * violation;
        return new(gradient, default, default, default);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLine<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, Rank1> at, EfcVector<TLane, Rank1> rate, ref LineSum<TLane> sum)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = (at.N < TLane.Const(0)) & rows.Load(block, EfcBlock.D);
        TLane slope = d * rate.N;
        sum.Cost = TLane.MulAdd(d * at.N, at.N, sum.Cost);
        sum.Slope = TLane.MulAdd(slope, at.N, sum.Slope);
        sum.Curvature = TLane.MulAdd(slope, rate.N, sum.Curvature);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddHessian<TLane, TRows>(TRows rows, int block, int matrix, int pitch)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = (rows.Load(block, EfcBlock.Jar) < TLane.Const(0)) & rows.Load(block, EfcBlock.D);
        if (!TLane.Any(d > TLane.Const(0))) return;
        Hessian.AddBlock<TLane, TRows, Rank1, ScalarWeight<TLane, Rank1>>(rows, block, new(d), matrix, pitch);
    }
}

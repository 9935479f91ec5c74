using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Three scalar constraints that always resist: half a weld.</summary>
internal readonly struct Equality : IEfcKind<Rank3>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, Rank3> Gradient<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, Rank3> at, out TLane cost)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        EfcVector<TLane, Rank3> gradient = rows.Load(block, EfcBlock.D) * at;
        cost = EfcVector<TLane, Rank3>.Dot(gradient, at);
        return gradient;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLine<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, Rank3> at, EfcVector<TLane, Rank3> rate, ref LineSum<TLane> sum)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = rows.Load(block, EfcBlock.D);
        sum.Cost = TLane.MulAdd(d, EfcVector<TLane, Rank3>.Dot(at, at), sum.Cost);
        sum.Slope = TLane.MulAdd(d, EfcVector<TLane, Rank3>.Dot(at, rate), sum.Slope);
        sum.Curvature = TLane.MulAdd(d, EfcVector<TLane, Rank3>.Dot(rate, rate), sum.Curvature);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddHessian<TLane, TRows>(TRows rows, int block, int matrix, int pitch)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        Hessian.AddBlock<TLane, TRows, Rank3, ScalarWeight<TLane, Rank3>>(
            rows, block, new(rows.Load(block, EfcBlock.D)), matrix, pitch);
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>A contact with a friction pyramid: each of four edges resists where negative.</summary>
internal readonly struct Pyramid : IEfcKind<Rank3>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, Rank3> Gradient<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, Rank3> at, out TLane cost)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // edge forces are - D violation; minus their sum along normal and tangents
        Edges<TLane> violation = Edges<TLane>.Of(at).Violation();
        TLane d = rows.Load(block, EfcBlock.D);
        cost = d * Edges<TLane>.Dot(violation, violation);
        return new(
            d * ((violation.A + violation.B) + (violation.C + violation.D)),
            d * (violation.A - violation.B), d * (violation.C - violation.D), default);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLine<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, Rank3> at, EfcVector<TLane, Rank3> rate, ref LineSum<TLane> sum)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = rows.Load(block, EfcBlock.D);
        Edges<TLane> edges = Edges<TLane>.Of(at);
        Edges<TLane> violation = edges.Violation();
        Edges<TLane> change = edges.Active(Edges<TLane>.Of(rate));
        sum.Cost = TLane.MulAdd(d, Edges<TLane>.Dot(violation, violation), sum.Cost);
        sum.Slope = TLane.MulAdd(d, Edges<TLane>.Dot(violation, change), sum.Slope);
        sum.Curvature = TLane.MulAdd(d, Edges<TLane>.Dot(change, change), sum.Curvature);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddHessian<TLane, TRows>(TRows rows, int block, int matrix, int pitch)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = rows.Load(block, EfcBlock.D);
        Edges<TLane> edges = Edges<TLane>.Of(EfcVector<TLane, Rank3>.Load(rows, block, EfcBlock.Jar));
        Hessian.AddBlock<TLane, TRows, Rank3, PyramidWeight<TLane>>(
            rows, block, new(edges.Active(new(d, d, d, d))), matrix, pitch);
    }
}

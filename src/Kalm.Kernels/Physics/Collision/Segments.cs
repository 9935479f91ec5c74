using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Nearest points of two segments, given by their centers and half axes (mjraw_CapsuleCapsule in
/// engine_collision_primitive.c). A place on a segment is -1 at one end, 1 at the other.
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
internal readonly struct Segments<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly TLane _square1;
    private readonly TLane _product;
    private readonly TLane _square2;
    private readonly TLane _u;
    private readonly TLane _v;
    private readonly TLane _numerator1;
    private readonly TLane _numerator2;

    /// <summary>The equations for the nearest points of the lines.</summary>
    public Segments(Vec3<TLane> center1, Vec3<TLane> axis1, Vec3<TLane> center2, Vec3<TLane> axis2)
    {
        Vec3<TLane> between = center1 - center2;
        _square1 = PairMath.Dot(axis1, axis1);
        _product = -PairMath.Dot(axis1, axis2);
        _square2 = PairMath.Dot(axis2, axis2);
        _u = -PairMath.Dot(axis1, between);
        _v = PairMath.Dot(axis2, between);
        if (TLane.ScalarSize == sizeof(float))
        {
            // the same by cross products
            Vec3<TLane> normal = Vec3<TLane>.Cross(axis1, axis2);
            Determinant = Vec3<TLane>.Dot(normal, normal);
            _numerator1 = Vec3<TLane>.Dot(Vec3<TLane>.Cross(axis2, between), normal);
            _numerator2 = Vec3<TLane>.Dot(Vec3<TLane>.Cross(axis1, between), normal);
        }
        else
        {
            Determinant = (_square1 * _square2) - (_product * _product);
            _numerator1 = (_square2 * _u) - (_product * _v);
            _numerator2 = (_square1 * _v) - (_product * _u);
        }
    }

    /// <summary>Square of the area the half axes span, 0: parallel.</summary>
    public TLane Determinant { get; }

    /// <summary>Places of the nearest points, where the segments are not parallel.</summary>
    public void Nearest(out TLane x1, out TLane x2)
    {
        TLane one = TLane.Const(1);
        x1 = _numerator1 / Determinant;
        x2 = _numerator2 / Determinant;

        // an end of segment 1, then an end of segment 2
        TLane high = x1 > one;
        TLane low = x1 < -one;
        x1 = Clip(x1);
        x2 = TLane.Select(high | low, (_v - (x1 * _product)) / _square2, x2);
        high = x2 > one;
        low = x2 < -one;
        x2 = Clip(x2);
        x1 = TLane.Select(high | low, On1(x2), x1);
    }

    /// <summary>Place on segment 1 that is nearest to the end <paramref name="x2"/> of segment 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane On1(TLane x2) => Clip((_u - (x2 * _product)) / _square1);

    /// <summary>Place on segment 2 that is nearest to the end <paramref name="x1"/> of segment 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane On2(TLane x1) => Clip((_v - (x1 * _product)) / _square2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Clip(TLane x) => TLane.Min(TLane.Max(x, TLane.Const(-1)), TLane.Const(1));
}

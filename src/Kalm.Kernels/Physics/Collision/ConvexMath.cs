using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Vectors in plain multiplications and additions, in MuJoCo's order (engine_collision_gjk.c): which simplex GJK and
/// EPA end with can hang on the last bit, so nothing is fused here.
/// </summary>
internal static class ConvexMath
{
    /// <summary>Smallest length that counts (mjMINVAL).</summary>
    public const double MinValue = 1e-15;

    /// <summary>Largest length that counts (mjMAXVAL).</summary>
    public const double MaxValue = 1e10;

    /// <summary>Dot product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Dot<TLane>(Vec3<TLane> a, Vec3<TLane> b)
        where TLane : unmanaged, ILane<TLane> => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    /// <summary>Cross product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Cross<TLane>(Vec3<TLane> a, Vec3<TLane> b)
        where TLane : unmanaged, ILane<TLane> => new(
            (a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>Euclidean length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Length<TLane>(Vec3<TLane> a)
        where TLane : unmanaged, ILane<TLane> => TLane.Sqrt(Dot(a, a));

    /// <summary>Unit vector along a, x where it is too short (mju_normalize3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Normalize<TLane>(Vec3<TLane> a)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane length = Length(a);
        TLane small = length < TLane.Const(MinValue);
        Vec3<TLane> unit = (one / TLane.Select(small, one, length)) * a;
        return Vec3<TLane>.Select(small, new(one, zero, zero), unit);
    }

    /// <summary>Mask: a and b are both positive or both negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane SameSign<TLane>(TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        return ((a > zero) & (b > zero)) | ((a < zero) & (b < zero));
    }

    /// <summary>
    /// Reads three rows from <paramref name="row"/> + <paramref name="offset"/> on, which differ from world to world.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Gather<TLane, TRows>(TRows rows, TLane row, int offset)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => new(
            rows.Gather(row, offset), rows.Gather(row, offset + 1), rows.Gather(row, offset + 2));

    /// <summary>Writes three rows in the worlds of a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLane, TRows>(TRows rows, int row, TLane mask, Vec3<TLane> value)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        Vec3<TLane>.Select(mask, value, Vec3<TLane>.Load(rows, row)).Store(rows, row);

    /// <summary>Writes a row in the worlds of a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLane, TRows>(TRows rows, int row, TLane mask, TLane value)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => rows.Store(row, TLane.Select(mask, value, rows.Load(row)));

    /// <summary>
    /// Origin projected onto the plane of three points (projectOriginPlane): the normal is taken at the first corner
    /// where it and its product with the corner are not lost.
    /// </summary>
    /// <param name="v1">First point.</param>
    /// <param name="v2">Second point.</param>
    /// <param name="v3">Third point.</param>
    /// <param name="flat">Mask: there is no plane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> ProjectPlane<TLane>(
        Vec3<TLane> v1, Vec3<TLane> v2, Vec3<TLane> v3, out TLane flat)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> n = Cross(v3 - v2, v2 - v1);
        TLane nv = Dot(n, v2);
        TLane nn = Dot(n, n);
        flat = TLane.Same(nn, zero);
        TLane open = ~(flat | (~TLane.Same(nv, zero) & (nn > TLane.Const(MinValue))));
        Vec3<TLane> projected = (nv / nn) * n;
        if (!TLane.Any(open)) return projected;

        // copies, for what a method takes by reference lives in memory
        Vec3<TLane> corner1 = v1;
        Vec3<TLane> corner2 = v2;
        Vec3<TLane> corner3 = v3;
        Vec3<TLane> first = projected;
        TLane flats = flat;
        projected = ProjectPlaneAgain(corner1, corner2, corner3, open, first, ref flats);
        flat = flats;
        return projected;
    }

    private static Vec3<TLane> ProjectPlaneAgain<TLane>(
        in Vec3<TLane> v1, in Vec3<TLane> v2, in Vec3<TLane> v3, TLane open, in Vec3<TLane> first, ref TLane flat)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> diff31 = v3 - v1;
        Vec3<TLane> n = Cross(v2 - v1, diff31);
        TLane nv = Dot(n, v1);
        TLane nn = Dot(n, n);
        flat |= open & TLane.Same(nn, zero);
        TLane good = open & ~TLane.Same(nv, zero) & (nn > TLane.Const(MinValue));
        Vec3<TLane> projected = Vec3<TLane>.Select(good, (nv / nn) * n, first);
        open &= ~(flat | good);

        // the last corner takes what there is
        n = Cross(diff31, v3 - v2);
        nv = Dot(n, v3);
        nn = Dot(n, n);
        return Vec3<TLane>.Select(open, (nv / nn) * n, projected);
    }
}

using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Lanes;

/// <summary>A vector of three lanes: one 3-vector per world.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="x">First component.</param>
/// <param name="y">Second component.</param>
/// <param name="z">Third component.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct Vec3<TLane>(TLane x, TLane y, TLane z)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>First component.</summary>
    public readonly TLane X = x;

    /// <summary>Second component.</summary>
    public readonly TLane Y = y;

    /// <summary>Third component.</summary>
    public readonly TLane Z = z;

    /// <summary>Reads three rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Load<TRows>(TRows rows, int row)
        where TRows : unmanaged, IRows<TLane> => new(rows.Load(row), rows.Load(row, 1), rows.Load(row, 2));

    /// <summary>
    /// Reads three rows from <paramref name="row"/> + <paramref name="offset"/> on; the offset a constant.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Load<TRows>(TRows rows, int row, int offset)
        where TRows : unmanaged, IRows<TLane> =>
        new(rows.Load(row, offset), rows.Load(row, offset + 1), rows.Load(row, offset + 2));

    /// <summary>
    /// Writes three rows from <paramref name="row"/> + <paramref name="offset"/> on; the offset a constant.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TRows>(TRows rows, int row, int offset)
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(row, offset, X);
        rows.Store(row, offset + 1, Y);
        rows.Store(row, offset + 2, Z);
    }

    /// <summary>Reads three real constants from <paramref name="address"/> on, the same in every world.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Constant<TRows>(TRows rows, int address)
        where TRows : unmanaged, IRows<TLane> =>
        new(rows.Constant(address), rows.Constant(address + 1), rows.Constant(address + 2));

    /// <summary>Writes three rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TRows>(TRows rows, int row)
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(row, X);
        rows.Store(row, 1, Y);
        rows.Store(row, 2, Z);
    }

    /// <summary>Sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> operator +(Vec3<TLane> a, Vec3<TLane> b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> operator -(Vec3<TLane> a, Vec3<TLane> b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>Negation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> operator -(Vec3<TLane> a) => new(-a.X, -a.Y, -a.Z);

    /// <summary>Scaled vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> operator *(TLane s, Vec3<TLane> a) => new(s * a.X, s * a.Y, s * a.Z);

    /// <summary>b + s * a, each component with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> MulAdd(TLane s, Vec3<TLane> a, Vec3<TLane> b) =>
        new(TLane.MulAdd(s, a.X, b.X), TLane.MulAdd(s, a.Y, b.Y), TLane.MulAdd(s, a.Z, b.Z));

    /// <summary>Dot product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Dot(Vec3<TLane> a, Vec3<TLane> b) =>
        TLane.MulAdd(a.Z, b.Z, TLane.MulAdd(a.Y, b.Y, a.X * b.X));

    /// <summary>Cross product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Cross(Vec3<TLane> a, Vec3<TLane> b) => new(
        TLane.NegMulAdd(a.Z, b.Y, a.Y * b.Z),
        TLane.NegMulAdd(a.X, b.Z, a.Z * b.X),
        TLane.NegMulAdd(a.Y, b.X, a.X * b.Y));

    /// <summary>Euclidean length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Length(Vec3<TLane> a) => TLane.Sqrt(Dot(a, a));

    /// <summary>Where <paramref name="mask"/> is true <paramref name="a"/>, elsewhere <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Select(TLane mask, Vec3<TLane> a, Vec3<TLane> b) =>
        new(TLane.Select(mask, a.X, b.X), TLane.Select(mask, a.Y, b.Y), TLane.Select(mask, a.Z, b.Z));
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>
/// A vector in the coordinates of a constraint block: normal, two tangents, spin; as many as the rank says.
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <typeparam name="TRank">Number of coordinates.</typeparam>
/// <param name="n">Along the normal, or the only coordinate.</param>
/// <param name="a">Along tangent 1.</param>
/// <param name="b">Along tangent 2.</param>
/// <param name="c">Spin about the normal.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct EfcVector<TLane, TRank>(TLane n, TLane a, TLane b, TLane c)
    where TLane : unmanaged, ILane<TLane>
    where TRank : struct, IRank
{
    /// <summary>Along the normal, or the only coordinate.</summary>
    public readonly TLane N = n;

    /// <summary>Along tangent 1.</summary>
    public readonly TLane A = a;

    /// <summary>Along tangent 2.</summary>
    public readonly TLane B = b;

    /// <summary>Spin about the normal.</summary>
    public readonly TLane C = c;

    /// <summary>
    /// Reads rows from <paramref name="row"/> + <paramref name="offset"/> on; the offset a constant.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, TRank> Load<TRows>(TRows rows, int row, int offset)
        where TRows : unmanaged, IRows<TLane> => new(
            rows.Load(row, offset),
            TRank.Rows > 1 ? rows.Load(row, offset + 1) : default,
            TRank.Rows > 1 ? rows.Load(row, offset + 2) : default,
            TRank.Rows > 3 ? rows.Load(row, offset + 3) : default);

    /// <summary>
    /// Writes rows from <paramref name="row"/> + <paramref name="offset"/> on; the offset a constant.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TRows>(TRows rows, int row, int offset)
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(row, offset, N);
        if (TRank.Rows > 1)
        {
            rows.Store(row, offset + 1, A);
            rows.Store(row, offset + 2, B);
        }

        if (TRank.Rows > 3) rows.Store(row, offset + 3, C);
    }

    /// <summary>b + s * a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, TRank> MulAdd(
        TLane s, EfcVector<TLane, TRank> a, EfcVector<TLane, TRank> b) => new(
            TLane.MulAdd(s, a.N, b.N),
            TRank.Rows > 1 ? TLane.MulAdd(s, a.A, b.A) : default,
            TRank.Rows > 1 ? TLane.MulAdd(s, a.B, b.B) : default,
            TRank.Rows > 3 ? TLane.MulAdd(s, a.C, b.C) : default);

    /// <summary>Difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, TRank> operator -(EfcVector<TLane, TRank> a, EfcVector<TLane, TRank> b) => new(
        a.N - b.N,
        TRank.Rows > 1 ? a.A - b.A : default,
        TRank.Rows > 1 ? a.B - b.B : default,
        TRank.Rows > 3 ? a.C - b.C : default);

    /// <summary>Scaled vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, TRank> operator *(TLane s, EfcVector<TLane, TRank> a) => new(
        s * a.N,
        TRank.Rows > 1 ? s * a.A : default,
        TRank.Rows > 1 ? s * a.B : default,
        TRank.Rows > 3 ? s * a.C : default);

    /// <summary>The vector where the mask is true, zero elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, TRank> operator &(TLane mask, EfcVector<TLane, TRank> a) => new(
        mask & a.N,
        TRank.Rows > 1 ? mask & a.A : default,
        TRank.Rows > 1 ? mask & a.B : default,
        TRank.Rows > 3 ? mask & a.C : default);

    /// <summary>Dot product added to a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane AddDot(EfcVector<TLane, TRank> a, EfcVector<TLane, TRank> b, TLane sum)
    {
        sum = TLane.MulAdd(a.N, b.N, sum);
        if (TRank.Rows > 1) sum = TLane.MulAdd(a.B, b.B, TLane.MulAdd(a.A, b.A, sum));
        if (TRank.Rows > 3) sum = TLane.MulAdd(a.C, b.C, sum);
        return sum;
    }

    /// <summary>Dot product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Dot(EfcVector<TLane, TRank> a, EfcVector<TLane, TRank> b) =>
        TRank.Rows == 1 ? a.N * b.N : TLane.MulAdd(a.N, b.N, TangentDot(a, b));

    /// <summary>Dot product of tangents and spin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane TangentDot(EfcVector<TLane, TRank> a, EfcVector<TLane, TRank> b)
    {
        TLane sum = TLane.MulAdd(a.B, b.B, a.A * b.A);
        return TRank.Rows > 3 ? TLane.MulAdd(a.C, b.C, sum) : sum;
    }

    /// <summary>Where <paramref name="mask"/> is true <paramref name="a"/>, elsewhere <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, TRank> Select(
        TLane mask, EfcVector<TLane, TRank> a, EfcVector<TLane, TRank> b) => new(
            TLane.Select(mask, a.N, b.N),
            TRank.Rows > 1 ? TLane.Select(mask, a.A, b.A) : default,
            TRank.Rows > 1 ? TLane.Select(mask, a.B, b.B) : default,
            TRank.Rows > 3 ? TLane.Select(mask, a.C, b.C) : default);
}

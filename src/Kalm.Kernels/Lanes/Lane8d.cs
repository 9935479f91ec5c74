using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kalm.Kernels.Lanes;

/// <summary>Eight worlds in double (Vector512).</summary>
public readonly unsafe struct Lane8d : ILane<Lane8d>
{
    private readonly Vector512<double> _v;

    /// <summary>Wraps a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8d(Vector512<double> v)
    {
        _v = v;
    }

    /// <inheritdoc/>
    public static int Width => 8;

    /// <inheritdoc/>
    public static int ScalarSize => sizeof(double);

    /// <summary>The wrapped vector.</summary>
    public Vector512<double> Value => _v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Const(double value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Broadcast(void* array, int index) => new(Vector512.Create(((double*)array)[index]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Load(void* address) => new(Vector512.Load((double*)address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* address, Lane8d value) => value._v.Store((double*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FirstInteger(void* address) => double.ConvertToIntegerNative<int>(*(double*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Gather(void* rows, Lane8d row)
    {
        if (Avx2.IsSupported && Avx512F.IsSupported)
        {
            Vector256<int> at = (Avx512F.ConvertToVector256Int32WithTruncation(row._v) * 8) + Vector256<int>.Indices;
            return new(Vector512.Create(
                Avx2.GatherVector256((double*)rows, at.GetLower(), 8),
                Avx2.GatherVector256((double*)rows, at.GetUpper(), 8)));
        }

        Vector512<double> gathered = default;
        for (int w = 0; w < 8; w++)
            gathered = gathered.WithElement(w, ((double*)rows)[((int)row._v[w] * 8) + w]);
        return new(gathered);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(void* rows, Lane8d row, Lane8d value)
    {
        double* values = stackalloc double[8];
        double* at = stackalloc double[8];
        value._v.Store(values);
        row._v.Store(at);
        for (int w = 0; w < 8; w++)
            ((double*)rows)[((int)at[w] * 8) + w] = values[w];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d GatherTable(void* array, Lane8d index)
    {
        if (Avx2.IsSupported && Avx512F.IsSupported)
        {
            Vector256<int> at = Avx512F.ConvertToVector256Int32WithTruncation(index._v);
            return new(Vector512.Create(
                Avx2.GatherVector256((double*)array, at.GetLower(), 8),
                Avx2.GatherVector256((double*)array, at.GetUpper(), 8)));
        }

        Vector512<double> gathered = default;
        for (int w = 0; w < 8; w++)
            gathered = gathered.WithElement(w, ((double*)array)[(int)index._v[w]]);
        return new(gathered);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator +(Lane8d a, Lane8d b) => new(a._v + b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator -(Lane8d a, Lane8d b) => new(a._v - b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator *(Lane8d a, Lane8d b) => new(a._v * b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator /(Lane8d a, Lane8d b) => new(a._v / b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator -(Lane8d a) => new(-a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d MulAdd(Lane8d a, Lane8d b, Lane8d c) => new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d NegMulAdd(Lane8d a, Lane8d b, Lane8d c) => Avx512F.IsSupported
        ? new(Avx512F.FusedMultiplyAddNegated(a._v, b._v, c._v))
        : new(Vector512.FusedMultiplyAdd(-a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Sqrt(Lane8d a) => new(Vector512.Sqrt(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Min(Lane8d a, Lane8d b) => Avx512F.IsSupported
        ? new(Avx512F.Min(a._v, b._v))
        : new(Vector512.ConditionalSelect(Vector512.LessThan(a._v, b._v), a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Max(Lane8d a, Lane8d b) => Avx512F.IsSupported
        ? new(Avx512F.Max(a._v, b._v))
        : new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._v, b._v), a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Abs(Lane8d a) => new(Vector512.Abs(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Truncate(Lane8d a) => new(Vector512.Truncate(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d ScaleByPowerOfTwo(Lane8d a, Lane8d n) =>
        new(a._v * (((Vector512.Create(4503599627370496.0 + 1023.0) + n._v).AsInt64()) << 52).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Exponent(Lane8d a) =>
        new((Vector512.Create(4503599627370496.0).AsInt64() | (a._v.AsInt64() >>> 52)).AsDouble()
            - Vector512.Create(4503599627370496.0 + 1023.0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator <(Lane8d a, Lane8d b) => new(Vector512.LessThan(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator >(Lane8d a, Lane8d b) => new(Vector512.GreaterThan(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator <=(Lane8d a, Lane8d b) => new(Vector512.LessThanOrEqual(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator >=(Lane8d a, Lane8d b) => new(Vector512.GreaterThanOrEqual(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Same(Lane8d a, Lane8d b) => new(Vector512.Equals(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator &(Lane8d a, Lane8d b) => new(a._v & b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator |(Lane8d a, Lane8d b) => new(a._v | b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d operator ~(Lane8d a) => new(~a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8d Select(Lane8d mask, Lane8d a, Lane8d b) =>
        new(Vector512.ConditionalSelect(mask._v, a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lane8d mask) => mask._v.AsInt64() != Vector512<long>.Zero;
}

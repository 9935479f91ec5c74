using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kalm.Kernels.Lanes;

/// <summary>Four worlds in double (Vector256).</summary>
public readonly unsafe struct Lane4d : ILane<Lane4d>
{
    private readonly Vector256<double> _v;

    /// <summary>Wraps a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane4d(Vector256<double> v)
    {
        _v = v;
    }

    /// <inheritdoc/>
    public static int Width => 4;

    /// <inheritdoc/>
    public static int ScalarSize => sizeof(double);

    /// <summary>The wrapped vector.</summary>
    public Vector256<double> Value => _v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Const(double value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Broadcast(void* array, int index) => new(Vector256.Create(((double*)array)[index]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Load(void* address) => new(Vector256.Load((double*)address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* address, Lane4d value) => value._v.Store((double*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FirstInteger(void* address) => double.ConvertToIntegerNative<int>(*(double*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Gather(void* rows, Lane4d row)
    {
        if (Avx2.IsSupported)
        {
            Vector128<int> at = (Avx.ConvertToVector128Int32WithTruncation(row._v) * 4) + Vector128<int>.Indices;
            return new(Avx2.GatherVector256((double*)rows, at, 8));
        }

        Vector256<double> gathered = default;
        for (int w = 0; w < 4; w++)
            gathered = gathered.WithElement(w, ((double*)rows)[((int)row._v[w] * 4) + w]);
        return new(gathered);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(void* rows, Lane4d row, Lane4d value)
    {
        double* values = stackalloc double[4];
        double* at = stackalloc double[4];
        value._v.Store(values);
        row._v.Store(at);
        for (int w = 0; w < 4; w++)
            ((double*)rows)[((int)at[w] * 4) + w] = values[w];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d GatherTable(void* array, Lane4d index)
    {
        if (Avx2.IsSupported)
        {
            Vector128<int> at = Avx.ConvertToVector128Int32WithTruncation(index._v);
            return new(Avx2.GatherVector256((double*)array, at, 8));
        }

        Vector256<double> gathered = default;
        for (int w = 0; w < 4; w++)
            gathered = gathered.WithElement(w, ((double*)array)[(int)index._v[w]]);
        return new(gathered);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator +(Lane4d a, Lane4d b) => new(a._v + b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator -(Lane4d a, Lane4d b) => new(a._v - b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator *(Lane4d a, Lane4d b) => new(a._v * b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator /(Lane4d a, Lane4d b) => new(a._v / b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator -(Lane4d a) => new(-a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d MulAdd(Lane4d a, Lane4d b, Lane4d c) => new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d NegMulAdd(Lane4d a, Lane4d b, Lane4d c) => Fma.IsSupported
        ? new(Fma.MultiplyAddNegated(a._v, b._v, c._v))
        : new(Vector256.FusedMultiplyAdd(-a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Sqrt(Lane4d a) => new(Vector256.Sqrt(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Min(Lane4d a, Lane4d b) => Avx.IsSupported
        ? new(Avx.Min(a._v, b._v))
        : new(Vector256.ConditionalSelect(Vector256.LessThan(a._v, b._v), a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Max(Lane4d a, Lane4d b) => Avx.IsSupported
        ? new(Avx.Max(a._v, b._v))
        : new(Vector256.ConditionalSelect(Vector256.GreaterThan(a._v, b._v), a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Abs(Lane4d a) => new(Vector256.Abs(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Truncate(Lane4d a) => new(Vector256.Truncate(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d ScaleByPowerOfTwo(Lane4d a, Lane4d n) =>
        new(a._v * (((Vector256.Create(4503599627370496.0 + 1023.0) + n._v).AsInt64()) << 52).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Exponent(Lane4d a) =>
        new((Vector256.Create(4503599627370496.0).AsInt64() | (a._v.AsInt64() >>> 52)).AsDouble()
            - Vector256.Create(4503599627370496.0 + 1023.0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator <(Lane4d a, Lane4d b) => new(Vector256.LessThan(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator >(Lane4d a, Lane4d b) => new(Vector256.GreaterThan(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator <=(Lane4d a, Lane4d b) => new(Vector256.LessThanOrEqual(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator >=(Lane4d a, Lane4d b) => new(Vector256.GreaterThanOrEqual(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Same(Lane4d a, Lane4d b) => new(Vector256.Equals(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator &(Lane4d a, Lane4d b) => new(a._v & b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator |(Lane4d a, Lane4d b) => new(a._v | b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d operator ~(Lane4d a) => new(~a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4d Select(Lane4d mask, Lane4d a, Lane4d b) =>
        new(Vector256.ConditionalSelect(mask._v, a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lane4d mask) => mask._v.AsInt64() != Vector256<long>.Zero;
}

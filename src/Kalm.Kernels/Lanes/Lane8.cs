using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kalm.Kernels.Lanes;

/// <summary>Eight worlds in float (Vector256).</summary>
public readonly unsafe struct Lane8 : ILane<Lane8>
{
    private readonly Vector256<float> _v;

    /// <summary>Wraps a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8(Vector256<float> v)
    {
        _v = v;
    }

    /// <inheritdoc/>
    public static int Width => 8;

    /// <inheritdoc/>
    public static int ScalarSize => sizeof(float);

    /// <summary>The wrapped vector.</summary>
    public Vector256<float> Value => _v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Const(double value) => new(Vector256.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Broadcast(void* array, int index) => new(Vector256.Create(((float*)array)[index]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Load(void* address) => new(Vector256.Load((float*)address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* address, Lane8 value) => value._v.Store((float*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FirstInteger(void* address) => float.ConvertToIntegerNative<int>(*(float*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Gather(void* rows, Lane8 row)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> at = (Vector256.ConvertToInt32Native(row._v) << 3) + Vector256<int>.Indices;
            return new(Avx2.GatherVector256((float*)rows, at, 4));
        }

        Vector256<float> gathered = default;
        for (int w = 0; w < 8; w++)
            gathered = gathered.WithElement(w, ((float*)rows)[((int)row._v[w] * 8) + w]);
        return new(gathered);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(void* rows, Lane8 row, Lane8 value)
    {
        // through the stack, without an array there, so that the method can be inlined; the compiler would not
        // unroll a loop
        Vector256<int> at = (Vector256.ConvertToInt32Native(row._v) << 3) + Vector256<int>.Indices;
        int* to = (int*)&at;
        float* from = (float*)&value;
        ((float*)rows)[to[0]] = from[0];
        ((float*)rows)[to[1]] = from[1];
        ((float*)rows)[to[2]] = from[2];
        ((float*)rows)[to[3]] = from[3];
        ((float*)rows)[to[4]] = from[4];
        ((float*)rows)[to[5]] = from[5];
        ((float*)rows)[to[6]] = from[6];
        ((float*)rows)[to[7]] = from[7];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 GatherTable(void* array, Lane8 index)
    {
        if (Avx2.IsSupported)
            return new(Avx2.GatherVector256((float*)array, Vector256.ConvertToInt32Native(index._v), 4));

        Vector256<float> gathered = default;
        for (int w = 0; w < 8; w++)
            gathered = gathered.WithElement(w, ((float*)array)[(int)index._v[w]]);
        return new(gathered);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator +(Lane8 a, Lane8 b) => new(a._v + b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(Lane8 a, Lane8 b) => new(a._v - b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator *(Lane8 a, Lane8 b) => new(a._v * b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator /(Lane8 a, Lane8 b) => new(a._v / b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(Lane8 a) => new(-a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 MulAdd(Lane8 a, Lane8 b, Lane8 c) => new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 NegMulAdd(Lane8 a, Lane8 b, Lane8 c) => Fma.IsSupported
        ? new(Fma.MultiplyAddNegated(a._v, b._v, c._v))
        : new(Vector256.FusedMultiplyAdd(-a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Sqrt(Lane8 a) => new(Vector256.Sqrt(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Min(Lane8 a, Lane8 b) => Avx.IsSupported
        ? new(Avx.Min(a._v, b._v))
        : new(Vector256.ConditionalSelect(Vector256.LessThan(a._v, b._v), a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Max(Lane8 a, Lane8 b) => Avx.IsSupported
        ? new(Avx.Max(a._v, b._v))
        : new(Vector256.ConditionalSelect(Vector256.GreaterThan(a._v, b._v), a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Abs(Lane8 a) => new(Vector256.Abs(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Truncate(Lane8 a) => new(Vector256.Truncate(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 ScaleByPowerOfTwo(Lane8 a, Lane8 n) =>
        new(a._v * ((Vector256.ConvertToInt32(n._v) + Vector256.Create(127)) << 23).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Exponent(Lane8 a) =>
        new(Vector256.ConvertToSingle((a._v.AsInt32() >>> 23) - Vector256.Create(127)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator <(Lane8 a, Lane8 b) => new(Vector256.LessThan(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator >(Lane8 a, Lane8 b) => new(Vector256.GreaterThan(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator <=(Lane8 a, Lane8 b) => new(Vector256.LessThanOrEqual(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator >=(Lane8 a, Lane8 b) => new(Vector256.GreaterThanOrEqual(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Same(Lane8 a, Lane8 b) => new(Vector256.Equals(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator &(Lane8 a, Lane8 b) => new(a._v & b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator |(Lane8 a, Lane8 b) => new(a._v | b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator ~(Lane8 a) => new(~a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Select(Lane8 mask, Lane8 a, Lane8 b) => new(Vector256.ConditionalSelect(mask._v, a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lane8 mask) => mask._v.AsInt32() != Vector256<int>.Zero;
}

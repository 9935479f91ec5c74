using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kalm.Kernels.Lanes;

/// <summary>Sixteen worlds in float (Vector512).</summary>
public readonly unsafe struct Lane16 : ILane<Lane16>
{
    private readonly Vector512<float> _v;

    /// <summary>Wraps a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane16(Vector512<float> v)
    {
        _v = v;
    }

    /// <inheritdoc/>
    public static int Width => 16;

    /// <inheritdoc/>
    public static int ScalarSize => sizeof(float);

    /// <summary>The wrapped vector.</summary>
    public Vector512<float> Value => _v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Const(double value) => new(Vector512.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Broadcast(void* array, int index) => new(Vector512.Create(((float*)array)[index]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Load(void* address) => new(Vector512.Load((float*)address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* address, Lane16 value) => value._v.Store((float*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FirstInteger(void* address) => float.ConvertToIntegerNative<int>(*(float*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Gather(void* rows, Lane16 row)
    {
        if (Avx2.IsSupported)
        {
            Vector512<int> at = (Vector512.ConvertToInt32Native(row._v) << 4) + Vector512<int>.Indices;
            return new(Vector512.Create(
                Avx2.GatherVector256((float*)rows, at.GetLower(), 4),
                Avx2.GatherVector256((float*)rows, at.GetUpper(), 4)));
        }

        Vector512<float> gathered = default;
        for (int w = 0; w < 16; w++)
            gathered = gathered.WithElement(w, ((float*)rows)[((int)row._v[w] * 16) + w]);
        return new(gathered);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(void* rows, Lane16 row, Lane16 value)
    {
        // through the stack, without an array there, so that the method can be inlined; the compiler would not
        // unroll a loop
        Vector512<int> at = (Vector512.ConvertToInt32Native(row._v) << 4) + Vector512<int>.Indices;
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
        ((float*)rows)[to[8]] = from[8];
        ((float*)rows)[to[9]] = from[9];
        ((float*)rows)[to[10]] = from[10];
        ((float*)rows)[to[11]] = from[11];
        ((float*)rows)[to[12]] = from[12];
        ((float*)rows)[to[13]] = from[13];
        ((float*)rows)[to[14]] = from[14];
        ((float*)rows)[to[15]] = from[15];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 GatherTable(void* array, Lane16 index)
    {
        if (Avx2.IsSupported)
        {
            Vector512<int> at = Vector512.ConvertToInt32Native(index._v);
            return new(Vector512.Create(
                Avx2.GatherVector256((float*)array, at.GetLower(), 4),
                Avx2.GatherVector256((float*)array, at.GetUpper(), 4)));
        }

        Vector512<float> gathered = default;
        for (int w = 0; w < 16; w++)
            gathered = gathered.WithElement(w, ((float*)array)[(int)index._v[w]]);
        return new(gathered);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator +(Lane16 a, Lane16 b) => new(a._v + b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator -(Lane16 a, Lane16 b) => new(a._v - b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator *(Lane16 a, Lane16 b) => new(a._v * b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator /(Lane16 a, Lane16 b) => new(a._v / b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator -(Lane16 a) => new(-a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 MulAdd(Lane16 a, Lane16 b, Lane16 c) => new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 NegMulAdd(Lane16 a, Lane16 b, Lane16 c) => Avx512F.IsSupported
        ? new(Avx512F.FusedMultiplyAddNegated(a._v, b._v, c._v))
        : new(Vector512.FusedMultiplyAdd(-a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Sqrt(Lane16 a) => new(Vector512.Sqrt(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Min(Lane16 a, Lane16 b) => Avx512F.IsSupported
        ? new(Avx512F.Min(a._v, b._v))
        : new(Vector512.ConditionalSelect(Vector512.LessThan(a._v, b._v), a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Max(Lane16 a, Lane16 b) => Avx512F.IsSupported
        ? new(Avx512F.Max(a._v, b._v))
        : new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._v, b._v), a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Abs(Lane16 a) => new(Vector512.Abs(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Truncate(Lane16 a) => new(Vector512.Truncate(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 ScaleByPowerOfTwo(Lane16 a, Lane16 n) =>
        new(a._v * ((Vector512.ConvertToInt32(n._v) + Vector512.Create(127)) << 23).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Exponent(Lane16 a) =>
        new(Vector512.ConvertToSingle((a._v.AsInt32() >>> 23) - Vector512.Create(127)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator <(Lane16 a, Lane16 b) => new(Vector512.LessThan(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator >(Lane16 a, Lane16 b) => new(Vector512.GreaterThan(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator <=(Lane16 a, Lane16 b) => new(Vector512.LessThanOrEqual(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator >=(Lane16 a, Lane16 b) => new(Vector512.GreaterThanOrEqual(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Same(Lane16 a, Lane16 b) => new(Vector512.Equals(a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator &(Lane16 a, Lane16 b) => new(a._v & b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator |(Lane16 a, Lane16 b) => new(a._v | b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator ~(Lane16 a) => new(~a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Select(Lane16 mask, Lane16 a, Lane16 b) =>
        new(Vector512.ConditionalSelect(mask._v, a._v, b._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lane16 mask) => mask._v.AsInt32() != Vector512<int>.Zero;
}

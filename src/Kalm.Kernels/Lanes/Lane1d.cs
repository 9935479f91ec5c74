using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Lanes;

/// <summary>One world in double: the scalar form of the double lanes, bit for bit.</summary>
public readonly unsafe struct Lane1d : ILane<Lane1d>
{
    private readonly double _v;

    /// <summary>Wraps a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane1d(double v)
    {
        _v = v;
    }

    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static int ScalarSize => sizeof(double);

    /// <summary>The wrapped number.</summary>
    public double Value => _v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Const(double value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Broadcast(void* array, int index) => new(((double*)array)[index]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Load(void* address) => new(*(double*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* address, Lane1d value) => *(double*)address = value._v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FirstInteger(void* address) => double.ConvertToIntegerNative<int>(*(double*)address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Gather(void* rows, Lane1d row) => new(((double*)rows)[(int)row._v]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(void* rows, Lane1d row, Lane1d value) => ((double*)rows)[(int)row._v] = value._v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d GatherTable(void* array, Lane1d index) => new(((double*)array)[(int)index._v]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator +(Lane1d a, Lane1d b) => new(a._v + b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator -(Lane1d a, Lane1d b) => new(a._v - b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator *(Lane1d a, Lane1d b) => new(a._v * b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator /(Lane1d a, Lane1d b) => new(a._v / b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator -(Lane1d a) => new(-a._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d MulAdd(Lane1d a, Lane1d b, Lane1d c) => new(Math.FusedMultiplyAdd(a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d NegMulAdd(Lane1d a, Lane1d b, Lane1d c) => new(Math.FusedMultiplyAdd(-a._v, b._v, c._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Sqrt(Lane1d a) => new(Math.Sqrt(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Min(Lane1d a, Lane1d b) => new(a._v < b._v ? a._v : b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Max(Lane1d a, Lane1d b) => new(a._v > b._v ? a._v : b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Abs(Lane1d a) => new(Math.Abs(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Truncate(Lane1d a) => new(Math.Truncate(a._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d ScaleByPowerOfTwo(Lane1d a, Lane1d n) =>
        new(a._v * BitConverter.Int64BitsToDouble(((long)n._v + 1023) << 52));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Exponent(Lane1d a) => new((BitConverter.DoubleToInt64Bits(a._v) >>> 52) - 1023);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator <(Lane1d a, Lane1d b) => Mask(a._v < b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator >(Lane1d a, Lane1d b) => Mask(a._v > b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator <=(Lane1d a, Lane1d b) => Mask(a._v <= b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator >=(Lane1d a, Lane1d b) => Mask(a._v >= b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Same(Lane1d a, Lane1d b) => Mask(a._v == b._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator &(Lane1d a, Lane1d b) =>
        new(BitConverter.Int64BitsToDouble(
            BitConverter.DoubleToInt64Bits(a._v) & BitConverter.DoubleToInt64Bits(b._v)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator |(Lane1d a, Lane1d b) =>
        new(BitConverter.Int64BitsToDouble(
            BitConverter.DoubleToInt64Bits(a._v) | BitConverter.DoubleToInt64Bits(b._v)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d operator ~(Lane1d a) =>
        new(BitConverter.Int64BitsToDouble(~BitConverter.DoubleToInt64Bits(a._v)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1d Select(Lane1d mask, Lane1d a, Lane1d b) =>
        BitConverter.DoubleToInt64Bits(mask._v) != 0 ? a : b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lane1d mask) => BitConverter.DoubleToInt64Bits(mask._v) != 0;

    private static Lane1d Mask(bool condition) => new(BitConverter.Int64BitsToDouble(condition ? -1L : 0L));
}

namespace Kalm.Kernels.Lanes;

/// <summary>
/// One number per world: the arithmetic a kernel is written in. A kernel is a generic method over a lane type; the
/// same source runs one world at a time, one world per SIMD lane, in float or in double.
/// </summary>
/// <remarks>
/// A comparison gives a mask: a lane whose element is all ones (true) or all zeros (false). Masks are combined with
/// <c>&amp;</c>, <c>|</c> and <c>~</c>, consumed by <see cref="Select"/> and <see cref="Any"/>, and mean nothing as
/// numbers. Every operation gives the same bits at every width of the same precision: IEEE add, subtract, multiply,
/// divide and square root, and multiply-add fused at every width.
/// </remarks>
/// <typeparam name="TLane">The implementing type.</typeparam>
public unsafe interface ILane<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Number of worlds a lane holds.</summary>
    static abstract int Width { get; }

    /// <summary>Size of one world's number in bytes: 4 for float lanes, 8 for double lanes.</summary>
    static abstract int ScalarSize { get; }

    /// <summary>The same constant in every world, rounded to the lane's precision.</summary>
    static abstract TLane Const(double value);

    /// <summary>Element <paramref name="index"/> of an array of the lane's scalar type, in every world.</summary>
    static abstract TLane Broadcast(void* array, int index);

    /// <summary>The numbers at <paramref name="address"/>, one per world; aligned to the lane's size.</summary>
    static abstract TLane Load(void* address);

    /// <summary>Writes one number per world at <paramref name="address"/>; aligned to the lane's size.</summary>
    static abstract void Store(void* address, TLane value);

    /// <summary>
    /// The integer the first world holds at <paramref name="address"/>: for numbers all worlds of a bundle share.
    /// </summary>
    static abstract int FirstInteger(void* address);

    /// <summary>Each world's own element of its own row: <c>result[w] = rows[(int)row[w] * Width + w]</c>.</summary>
    static abstract TLane Gather(void* rows, TLane row);

    /// <summary>Writes each world's element of its own row: <c>rows[(int)row[w] * Width + w] = value[w]</c>.</summary>
    static abstract void Scatter(void* rows, TLane row, TLane value);

    /// <summary>Each world's own element of a plain array: <c>result[w] = array[(int)index[w]]</c>.</summary>
    static abstract TLane GatherTable(void* array, TLane index);

    /// <summary>Sum.</summary>
    static abstract TLane operator +(TLane a, TLane b);

    /// <summary>Difference.</summary>
    static abstract TLane operator -(TLane a, TLane b);

    /// <summary>Product.</summary>
    static abstract TLane operator *(TLane a, TLane b);

    /// <summary>Quotient.</summary>
    static abstract TLane operator /(TLane a, TLane b);

    /// <summary>Negation (flips the sign bit).</summary>
    static abstract TLane operator -(TLane a);

    /// <summary>a * b + c with one rounding.</summary>
    static abstract TLane MulAdd(TLane a, TLane b, TLane c);

    /// <summary>c - a * b with one rounding.</summary>
    static abstract TLane NegMulAdd(TLane a, TLane b, TLane c);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract TLane Sqrt(TLane a);

    /// <summary>a &lt; b ? a : b; the second operand where either is NaN.</summary>
    static abstract TLane Min(TLane a, TLane b);

    /// <summary>a &gt; b ? a : b; the second operand where either is NaN.</summary>
    static abstract TLane Max(TLane a, TLane b);

    /// <summary>Absolute value (clears the sign bit).</summary>
    static abstract TLane Abs(TLane a);

    /// <summary>Rounds towards zero; keeps the sign of a zero result.</summary>
    static abstract TLane Truncate(TLane a);

    /// <summary>a * 2^n for integral n in the exponent range of the precision.</summary>
    static abstract TLane ScaleByPowerOfTwo(TLane a, TLane n);

    /// <summary>The unbiased exponent of a positive normal number: floor(log2(a)).</summary>
    static abstract TLane Exponent(TLane a);

    /// <summary>Mask: a &lt; b.</summary>
    static abstract TLane operator <(TLane a, TLane b);

    /// <summary>Mask: a &gt; b.</summary>
    static abstract TLane operator >(TLane a, TLane b);

    /// <summary>Mask: a &lt;= b.</summary>
    static abstract TLane operator <=(TLane a, TLane b);

    /// <summary>Mask: a &gt;= b.</summary>
    static abstract TLane operator >=(TLane a, TLane b);

    /// <summary>Mask: a equals b.</summary>
    static abstract TLane Same(TLane a, TLane b);

    /// <summary>Mask and.</summary>
    static abstract TLane operator &(TLane a, TLane b);

    /// <summary>Mask or.</summary>
    static abstract TLane operator |(TLane a, TLane b);

    /// <summary>Mask not.</summary>
    static abstract TLane operator ~(TLane a);

    /// <summary>Where <paramref name="mask"/> is true <paramref name="a"/>, elsewhere <paramref name="b"/>.</summary>
    static abstract TLane Select(TLane mask, TLane a, TLane b);

    /// <summary>Whether the mask is true in at least one world.</summary>
    static abstract bool Any(TLane mask);
}

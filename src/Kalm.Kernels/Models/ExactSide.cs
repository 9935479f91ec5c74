using System.Numerics;

namespace Kalm.Kernels.Models;

/// <summary>
/// Decides on which side of the plane through three points a fourth one lies, for single-precision coordinates,
/// without error: in double precision where that is certain (Shewchuk, "Adaptive precision floating-point arithmetic
/// and fast robust geometric predicates", 1997, bound A of orient3d), otherwise in integers.
/// </summary>
internal sealed class ExactSide
{
    private const double Epsilon = 1.0 / (1L << 53);
    private const double Bound = (7 + (56 * Epsilon)) * Epsilon;

    // bits of a coordinate up to which a determinant fits 127 bits and a sign
    private const int NarrowBits = 40;

    // a single is a mantissa of 24 bits times a power of two that is at least this
    private const int LowestExponent = -149;

    private readonly float[] _points;
    private readonly int _shift = int.MaxValue;

    // all coordinates as integers; empty: they are too wide
    private readonly long[] _narrow = [];

    /// <summary>Takes coordinates, three per point, finite.</summary>
    public ExactSide(float[] points)
    {
        _points = points;
        int highest = LowestExponent;
        foreach (float x in points)
        {
            if (x == 0) continue;
            (int mantissa, int exponent) = Split(x);
            _shift = Math.Min(_shift, exponent);
            highest = Math.Max(highest, exponent + 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(mantissa)));
        }

        if (highest - (long)_shift <= NarrowBits) _narrow = [.. points.Select(x => (long)Whole(x))];
    }

    /// <summary>
    /// 1: <paramref name="d"/> lies on the side from which a, b, c turn counter-clockwise; -1: on the other; 0: in
    /// their plane.
    /// </summary>
    public int Of(int a, int b, int c, int d)
    {
        double bx = X(b, 0) - X(a, 0), by = X(b, 1) - X(a, 1), bz = X(b, 2) - X(a, 2);
        double cx = X(c, 0) - X(a, 0), cy = X(c, 1) - X(a, 1), cz = X(c, 2) - X(a, 2);
        double dx = X(d, 0) - X(a, 0), dy = X(d, 1) - X(a, 1), dz = X(d, 2) - X(a, 2);
        double yz = by * cz, zy = bz * cy, zx = bz * cx, xz = bx * cz, xy = bx * cy, yx = by * cx;
        double determinant = (dx * (yz - zy)) + (dy * (zx - xz)) + (dz * (xy - yx));
        double permanent = (Math.Abs(dx) * (Math.Abs(yz) + Math.Abs(zy)))
            + (Math.Abs(dy) * (Math.Abs(zx) + Math.Abs(xz))) + (Math.Abs(dz) * (Math.Abs(xy) + Math.Abs(yx)));
        double error = Bound * permanent;
        if (determinant > error) return 1;
        if (determinant < -error) return -1;
        return _narrow.Length > 0 ? Narrow(a, b, c, d) : Wide(a, b, c, d);
    }

    private double X(int point, int axis) => _points[(3 * point) + axis];

    private int Narrow(int a, int b, int c, int d)
    {
        long N(int point, int axis) => _narrow[(3 * point) + axis];
        Int128 bx = N(b, 0) - N(a, 0), by = N(b, 1) - N(a, 1), bz = N(b, 2) - N(a, 2);
        Int128 cx = N(c, 0) - N(a, 0), cy = N(c, 1) - N(a, 1), cz = N(c, 2) - N(a, 2);
        Int128 dx = N(d, 0) - N(a, 0), dy = N(d, 1) - N(a, 1), dz = N(d, 2) - N(a, 2);
        return Int128.Sign(
            (dx * ((by * cz) - (bz * cy))) + (dy * ((bz * cx) - (bx * cz))) + (dz * ((bx * cy) - (by * cx))));
    }

    private int Wide(int a, int b, int c, int d)
    {
        BigInteger N(int point, int axis) => Whole(_points[(3 * point) + axis]);
        BigInteger bx = N(b, 0) - N(a, 0), by = N(b, 1) - N(a, 1), bz = N(b, 2) - N(a, 2);
        BigInteger cx = N(c, 0) - N(a, 0), cy = N(c, 1) - N(a, 1), cz = N(c, 2) - N(a, 2);
        BigInteger dx = N(d, 0) - N(a, 0), dy = N(d, 1) - N(a, 1), dz = N(d, 2) - N(a, 2);
        BigInteger determinant =
            (dx * ((by * cz) - (bz * cy))) + (dy * ((bz * cx) - (bx * cz))) + (dz * ((bx * cy) - (by * cx)));
        return determinant.Sign;
    }

    // the coordinate in units of the smallest bit of all coordinates
    private BigInteger Whole(float x)
    {
        if (x == 0) return BigInteger.Zero;
        (int mantissa, int exponent) = Split(x);
        return (BigInteger)mantissa << (exponent - _shift);
    }

    // odd mantissa and exponent
    private static (int Mantissa, int Exponent) Split(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x);
        int biased = (bits >> 23) & 0xff;
        int mantissa = (bits & 0x7fffff) | (biased > 0 ? 0x800000 : 0);
        int zeros = BitOperations.TrailingZeroCount(mantissa);
        int exponent = Math.Max(biased, 1) - 150 + zeros;
        mantissa >>= zeros;
        return (bits < 0 ? -mantissa : mantissa, exponent);
    }
}

namespace Kalm.Kernels.Lanes;

/// <summary>
/// Elementary functions over lanes: one polynomial per function and precision, made of lane operations alone, so that
/// every width gives the same bits.
/// </summary>
/// <remarks>
/// Measured maximum error in units in the last place, float against the C library in double, double against the C
/// library itself: sine and cosine 1.6 and 2, exponential and logarithm 1 and 1, tanh 2.5 and 4, atan 2 and 1,
/// atan2 2.5 and 2, asin 2.7 and 2, acos 2.7 and 3. Coefficients are our own minimax fits: smallest relative error on
/// the reduced range among coefficients of the precision they are used in. A NaN argument gives NaN.
/// </remarks>
public static class LaneMath
{
    /// <summary>Sine; see <see cref="SinCos"/>.</summary>
    public static TLane Sin<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        SinCos(x, out TLane sin, out _);
        return sin;
    }

    /// <summary>Cosine; see <see cref="SinCos"/>.</summary>
    public static TLane Cos<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        SinCos(x, out _, out TLane cos);
        return cos;
    }

    /// <summary>
    /// Sine and cosine of an angle in radians, for |x| up to 1e5 (float) or 1e9 (double); the sine of -0 is 0.
    /// </summary>
    public static void SinCos<TLane>(TLane x, out TLane sin, out TLane cos)
        where TLane : unmanaged, ILane<TLane>
    {
        // nearest multiple n of pi/2, and the rest in [-pi/4, pi/4]; pi/2 in three parts
        TLane n = Round(x * TLane.Const(0.6366197723675814));
        TLane r;
        TLane sinRest;
        TLane cosRest;
        TLane half = TLane.Const(0.5);
        TLane one = TLane.Const(1.0);
        if (TLane.ScalarSize == sizeof(float))
        {
            r = TLane.NegMulAdd(n, TLane.Const(1.5707962512969970703125), x);
            r = TLane.NegMulAdd(n, TLane.Const(7.549789415861596e-8), r);
            r = TLane.NegMulAdd(n, TLane.Const(5.390302529957765e-15), r);
            TLane z = r * r;
            TLane p = TLane.Const(-1.9511010032147169e-4);
            p = TLane.MulAdd(p, z, TLane.Const(8.332121185958385e-3));
            p = TLane.MulAdd(p, z, TLane.Const(-0.1666665375232696533203125));
            sinRest = TLane.MulAdd(r * z, p, r);
            TLane q = TLane.Const(2.4432561986031942e-5);
            q = TLane.MulAdd(q, z, TLane.Const(-1.3887310633435845e-3));
            q = TLane.MulAdd(q, z, TLane.Const(4.16666455566883087158203125e-2));
            cosRest = TLane.MulAdd(z * z, q, TLane.NegMulAdd(half, z, one));
        }
        else
        {
            r = TLane.NegMulAdd(n, TLane.Const(1.5707963267948966), x);
            r = TLane.NegMulAdd(n, TLane.Const(6.123233995736766e-17), r);
            r = TLane.NegMulAdd(n, TLane.Const(1.0828566739219139e-32), r);
            TLane z = r * r;
            TLane p = TLane.Const(1.589593066766461e-10);
            p = TLane.MulAdd(p, z, TLane.Const(-2.5050742095435494e-8));
            p = TLane.MulAdd(p, z, TLane.Const(2.7557313580855001e-6));
            p = TLane.MulAdd(p, z, TLane.Const(-1.984126982945478e-4));
            p = TLane.MulAdd(p, z, TLane.Const(8.3333333333219153e-3));
            p = TLane.MulAdd(p, z, TLane.Const(-0.1666666666666663));
            sinRest = TLane.MulAdd(r * z, p, r);
            TLane q = TLane.Const(-1.1357946688854433e-11);
            q = TLane.MulAdd(q, z, TLane.Const(2.0875688461723281e-9));
            q = TLane.MulAdd(q, z, TLane.Const(-2.7557314079018998e-7));
            q = TLane.MulAdd(q, z, TLane.Const(2.4801587288462899e-5));
            q = TLane.MulAdd(q, z, TLane.Const(-1.3888888888872342e-3));
            q = TLane.MulAdd(q, z, TLane.Const(4.1666666666666588e-2));
            cosRest = TLane.MulAdd(z * z, q, TLane.NegMulAdd(half, z, one));
        }

        // n mod 4 as a number of -2, -1, 0, 1, 2 says which function and which sign
        TLane m = TLane.NegMulAdd(TLane.Const(4.0), Round(n * TLane.Const(0.25)), n);
        TLane odd = TLane.Same(TLane.Abs(m), one);
        TLane minusHalf = TLane.Const(-0.5);
        TLane threeHalves = TLane.Const(1.5);
        TLane s = TLane.Select(odd, cosRest, sinRest);
        TLane c = TLane.Select(odd, sinRest, cosRest);
        sin = TLane.Select((m < minusHalf) | (m > threeHalves), -s, s);
        cos = TLane.Select((m > half) | (m < -threeHalves), -c, c);
    }

    /// <summary>e^x; overflows to infinity, underflows through the denormals to 0.</summary>
    public static TLane Exp<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane bound = TLane.ScalarSize == sizeof(float) ? TLane.Const(110.0) : TLane.Const(760.0);
        TLane clamped = TLane.Max(TLane.Min(x, bound), -bound);
        TLane r = ExpRest(clamped, out TLane n);

        // in two steps, for the whole power may lie outside the exponent range
        TLane lower = TLane.Truncate(n * TLane.Const(0.5));
        TLane scaled = TLane.ScaleByPowerOfTwo(TLane.ScaleByPowerOfTwo(TLane.Const(1.0) + r, lower), n - lower);
        return TLane.Select(TLane.Same(x, x), scaled, x);
    }

    /// <summary>Natural logarithm; -infinity at 0, NaN below.</summary>
    public static TLane Log<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        bool single = TLane.ScalarSize == sizeof(float);
        TLane zero = TLane.Const(0.0);
        TLane one = TLane.Const(1.0);

        // lift denormals into the normal range
        TLane tiny = x < (single ? TLane.Const(1.1754943508222875e-38) : TLane.Const(2.2250738585072014e-308));
        TLane lift = single ? TLane.Const(33554432.0) : TLane.Const(18014398509481984.0);
        TLane normal = TLane.Select(tiny, x * lift, x);
        TLane e = TLane.Exponent(normal);

        // mantissa in [1, 2), in two steps because 2^-e alone may be denormal; then into [sqrt(1/2), sqrt(2))
        TLane lower = TLane.Truncate(e * TLane.Const(0.5));
        TLane mantissa = TLane.ScaleByPowerOfTwo(TLane.ScaleByPowerOfTwo(normal, -lower), lower - e);
        TLane high = mantissa > TLane.Const(1.4142135);
        mantissa = TLane.Select(high, mantissa * TLane.Const(0.5), mantissa);
        e = e + TLane.Select(high, one, zero);
        e = e - TLane.Select(tiny, single ? TLane.Const(25.0) : TLane.Const(54.0), zero);

        // log(1 + f) = 2 atanh(s) with s = f / (2 + f); 2s + s R is f - s (f - R), which keeps the digits of f
        TLane f = mantissa - one;
        TLane s = f / (f + TLane.Const(2.0));
        TLane z = s * s;
        TLane rest = single ? AtanhRestFloat(z) : AtanhRestDouble(z);
        TLane ln2Low = single ? TLane.Const(1.42860676533018704503775e-6) : TLane.Const(7.371002565167799e-13);
        TLane ln2High = single ? TLane.Const(0.693145751953125) : TLane.Const(0.6931471805592082);
        TLane correction = TLane.NegMulAdd(s, f - rest, e * ln2Low);
        TLane result = TLane.MulAdd(e, ln2High, f + correction);

        TLane infinity = TLane.Const(double.PositiveInfinity);
        result = TLane.Select(TLane.Same(x, infinity) | ~TLane.Same(x, x), x, result);
        result = TLane.Select(TLane.Same(x, zero), -infinity, result);
        return TLane.Select(x < zero, TLane.Const(double.NaN), result);
    }

    /// <summary>Hyperbolic tangent.</summary>
    public static TLane Tanh<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        // with d = e^(2|x|) - 1: tanh|x| = d / (d + 2); beyond the bound it rounds to 1
        TLane bound = TLane.ScalarSize == sizeof(float) ? TLane.Const(10.0) : TLane.Const(20.0);
        TLane twice = TLane.Min(TLane.Abs(x), bound) * TLane.Const(2.0);
        TLane r = ExpRest(twice, out TLane n);
        TLane power = TLane.ScaleByPowerOfTwo(TLane.Const(1.0), n);
        TLane d = TLane.MulAdd(power, r, power - TLane.Const(1.0));
        TLane result = CopySign(d / (d + TLane.Const(2.0)), x);
        return TLane.Select(TLane.Same(x, x), result, x);
    }

    /// <summary>Arc tangent, in [-pi/2, pi/2].</summary>
    public static TLane Atan<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane> => Atan2(x, TLane.Const(1.0));

    /// <summary>
    /// Angle of the point (x, y), in [-pi, pi]: signed zeros as in the C library, finite arguments (two infinities
    /// give NaN).
    /// </summary>
    public static TLane Atan2<TLane>(TLane y, TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        bool single = TLane.ScalarSize == sizeof(float);
        TLane zero = TLane.Const(0.0);
        TLane absX = TLane.Abs(x);
        TLane absY = TLane.Abs(y);
        TLane small = TLane.Min(absX, absY);
        TLane large = TLane.Max(absX, absY);

        // the angle below the diagonal, from 0 below pi/8 and from pi/4 above
        TLane upper = small > (large * TLane.Const(0.41421356237309503));
        TLane numerator = TLane.Select(upper, small - large, small);
        TLane denominator = TLane.Select(upper, small + large, large);
        TLane t = TLane.Select(TLane.Same(large, zero), zero, numerator / denominator);
        TLane z = t * t;
        TLane p = single ? AtanRestFloat(z) : AtanRestDouble(z);
        TLane low = single ? TLane.Const(-2.1855694143368964e-8) : TLane.Const(3.061616997868383e-17);
        TLane quarter = TLane.Const(0.7853981633974483);
        TLane angle = TLane.MulAdd(t * z, p, t);
        angle = TLane.Select(upper, quarter + (angle + low), angle);

        // mirror at the diagonal, at the y axis, at the x axis; pi/2 and pi carry their low parts too
        TLane two = TLane.Const(2.0);
        angle = TLane.Select(absY > absX, (two * quarter) - (angle - (two * low)), angle);
        TLane left = CopySign(TLane.Const(1.0), x) < zero;
        TLane four = TLane.Const(4.0);
        angle = TLane.Select(left, (four * quarter) - (angle - (four * low)), angle);
        return TLane.Select(TLane.Same(x, x) & TLane.Same(y, y), CopySign(angle, y), x + y);
    }

    /// <summary>Arc sine, in [-pi/2, pi/2]; NaN beyond [-1, 1].</summary>
    public static TLane Asin<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one = TLane.Const(1.0);
        return Atan2(x, TLane.Sqrt((one - x) * (one + x)));
    }

    /// <summary>Arc cosine, in [0, pi]; NaN beyond [-1, 1].</summary>
    public static TLane Acos<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one = TLane.Const(1.0);
        return Atan2(TLane.Sqrt((one - x) * (one + x)), x);
    }

    /// <summary>Nearest integer, ties to even, for |x| up to 2^22 (float) or 2^51 (double).</summary>
    public static TLane Round<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        // adding 1.5 * 2^(fraction bits) leaves no place for a fraction
        TLane magic = TLane.ScalarSize == sizeof(float) ? TLane.Const(12582912.0) : TLane.Const(6755399441055744.0);
        return (x + magic) - magic;
    }

    /// <summary>Largest integer not above x, for |x| up to 2^22 (float) or 2^51 (double).</summary>
    public static TLane Floor<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane nearest = Round(x);
        return nearest - TLane.Select(nearest > x, TLane.Const(1.0), TLane.Const(0.0));
    }

    /// <summary>The magnitude of <paramref name="magnitude"/> with the sign of <paramref name="sign"/>.</summary>
    public static TLane CopySign<TLane>(TLane magnitude, TLane sign)
        where TLane : unmanaged, ILane<TLane> => TLane.Abs(magnitude) | (sign & TLane.Const(-0.0));

    /// <summary>e^x = 2^n (1 + result), result in [-0.3, 0.42].</summary>
    private static TLane ExpRest<TLane>(TLane x, out TLane n)
        where TLane : unmanaged, ILane<TLane>
    {
        n = Round(x * TLane.Const(1.4426950408889634));
        TLane p;
        TLane r;
        if (TLane.ScalarSize == sizeof(float))
        {
            r = TLane.NegMulAdd(n, TLane.Const(0.693145751953125), x);
            r = TLane.NegMulAdd(n, TLane.Const(1.42860676533018704503775e-6), r);
            p = TLane.Const(1.3863893691450357e-3);
            p = TLane.MulAdd(p, r, TLane.Const(8.366687223315239e-3));
            p = TLane.MulAdd(p, r, TLane.Const(4.166750982403755e-2));
            p = TLane.MulAdd(p, r, TLane.Const(0.16666541993618011));
            p = TLane.MulAdd(p, r, TLane.Const(0.4999999701976776));
        }
        else
        {
            r = TLane.NegMulAdd(n, TLane.Const(0.6931471805592082), x);
            r = TLane.NegMulAdd(n, TLane.Const(7.371002565167799e-13), r);
            p = TLane.Const(1.688603631421237e-10);
            p = TLane.MulAdd(p, r, TLane.Const(2.0919489326539137e-9));
            p = TLane.MulAdd(p, r, TLane.Const(2.5049053356525794e-8));
            p = TLane.MulAdd(p, r, TLane.Const(2.7557259239042624e-7));
            p = TLane.MulAdd(p, r, TLane.Const(2.7557323559126597e-6));
            p = TLane.MulAdd(p, r, TLane.Const(2.4801587340587016e-5));
            p = TLane.MulAdd(p, r, TLane.Const(1.9841269838392716e-4));
            p = TLane.MulAdd(p, r, TLane.Const(1.3888888888877453e-3));
            p = TLane.MulAdd(p, r, TLane.Const(8.333333333334204e-3));
            p = TLane.MulAdd(p, r, TLane.Const(4.166666666666668e-2));
            p = TLane.MulAdd(p, r, TLane.Const(0.16666666666666666));
            p = TLane.MulAdd(p, r, TLane.Const(0.5));
        }

        return TLane.MulAdd(r * r, p, r);
    }

    /// <summary>(2 atanh(s) - 2 s) / s for z = s^2, float.</summary>
    private static TLane AtanhRestFloat<TLane>(TLane z)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane p = TLane.Const(0.2402920424938202);
        p = TLane.MulAdd(p, z, TLane.Const(0.2851014137268066));
        p = TLane.MulAdd(p, z, TLane.Const(0.40000849962234497));
        p = TLane.MulAdd(p, z, TLane.Const(0.6666666269302368));
        return p * z;
    }

    /// <summary>(2 atanh(s) - 2 s) / s for z = s^2, double.</summary>
    private static TLane AtanhRestDouble<TLane>(TLane z)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane p = TLane.Const(0.13233753614587829);
        p = TLane.MulAdd(p, z, TLane.Const(0.13252270239968911));
        p = TLane.MulAdd(p, z, TLane.Const(0.15386982991537129));
        p = TLane.MulAdd(p, z, TLane.Const(0.18181778499051562));
        p = TLane.MulAdd(p, z, TLane.Const(0.22222222605086741));
        p = TLane.MulAdd(p, z, TLane.Const(0.28571428569423452));
        p = TLane.MulAdd(p, z, TLane.Const(0.40000000000004893));
        p = TLane.MulAdd(p, z, TLane.Const(0.66666666666666663));
        return p * z;
    }

    /// <summary>(atan(t) - t) / t^3 for z = t^2, float.</summary>
    private static TLane AtanRestFloat<TLane>(TLane z)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane p = TLane.Const(-6.060305610299110e-2);
        p = TLane.MulAdd(p, z, TLane.Const(0.10585831105709076));
        p = TLane.MulAdd(p, z, TLane.Const(-0.14242279529571533));
        p = TLane.MulAdd(p, z, TLane.Const(0.19998390972614288));
        return TLane.MulAdd(p, z, TLane.Const(-0.3333331346511841));
    }

    /// <summary>(atan(t) - t) / t^3 for z = t^2, double.</summary>
    private static TLane AtanRestDouble<TLane>(TLane z)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane p = TLane.Const(1.513546960281041e-2);
        p = TLane.MulAdd(p, z, TLane.Const(-3.34105854045922e-2));
        p = TLane.MulAdd(p, z, TLane.Const(4.5005500356186571e-2));
        p = TLane.MulAdd(p, z, TLane.Const(-5.217592319010448e-2));
        p = TLane.MulAdd(p, z, TLane.Const(5.8768817464485042e-2));
        p = TLane.MulAdd(p, z, TLane.Const(-6.6662107153263817e-2));
        p = TLane.MulAdd(p, z, TLane.Const(7.6922815243257558e-2));
        p = TLane.MulAdd(p, z, TLane.Const(-9.0909080814571538e-2));
        p = TLane.MulAdd(p, z, TLane.Const(0.11111111086112116));
        p = TLane.MulAdd(p, z, TLane.Const(-0.14285714285347497));
        p = TLane.MulAdd(p, z, TLane.Const(0.19999999999997256));
        return TLane.MulAdd(p, z, TLane.Const(-0.33333333333333326));
    }
}

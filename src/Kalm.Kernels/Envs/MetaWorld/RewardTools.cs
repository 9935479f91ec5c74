using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// What the rewards are made of (metaworld/utils/reward_utils.py, after dm_control's rewards.py), and conversions of
/// orientations for the observation.
/// </summary>
internal static class RewardTools
{
    /// <summary>
    /// 1 where lower &lt;= x &lt;= upper, outside falling with the distance d from the bounds like
    /// 1 / ((3 d / margin)^2 + 1) (tolerance with the sigmoid long_tail); 0 outside where the margin is 0.
    /// </summary>
    public static TLane LongTail<TLane>(TLane x, TLane lower, TLane upper, TLane margin)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane scaled = TLane.Const(3) * Distance(x, lower, upper, margin);
        TLane value = TLane.Const(1) / ((scaled * scaled) + TLane.Const(1));
        return Bounded(x, lower, upper, margin, value);
    }

    /// <summary>The same with bounds 0 and <paramref name="upper"/> and constants.</summary>
    public static TLane LongTail<TLane>(TLane x, double upper, TLane margin)
        where TLane : unmanaged, ILane<TLane> => LongTail(x, TLane.Const(0), TLane.Const(upper), margin);

    /// <summary>The tolerance with the sigmoid gaussian: exp(-(d / margin)^2 ln 10).</summary>
    public static TLane Gaussian<TLane>(TLane x, TLane lower, TLane upper, TLane margin)
        where TLane : unmanaged, ILane<TLane>
    {
        // scale^2 / 2 with scale = sqrt(-2 ln 0.1)
        TLane distance = Distance(x, lower, upper, margin);
        TLane value = LaneMath.Exp(TLane.Const(-2.302585092994046) * (distance * distance));
        return Bounded(x, lower, upper, margin, value);
    }

    /// <summary>The same with bounds 0 and <paramref name="upper"/> and constants.</summary>
    public static TLane Gaussian<TLane>(TLane x, double upper, TLane margin)
        where TLane : unmanaged, ILane<TLane> => Gaussian(x, TLane.Const(0), TLane.Const(upper), margin);

    /// <summary>The Hamacher product a b / (a + b - a b), 0 where both are 0 (hamacher_product).</summary>
    public static TLane Hamacher<TLane>(TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane product = a * b;
        TLane denominator = (a + b) - product;
        TLane positive = denominator > TLane.Const(0);
        return positive & (product / TLane.Select(positive, denominator, TLane.Const(1)));
    }

    /// <summary>
    /// Inside the box between the points, the product of the three fractions of the way from <paramref name="zero"/> to
    /// <paramref name="one"/>; 1 outside (rect_prism_tolerance).
    /// </summary>
    public static TLane RectPrism<TLane>(Vec3<TLane> x, Vec3<TLane> zero, Vec3<TLane> one)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane inside = Between(x.X, zero.X, one.X) & Between(x.Y, zero.Y, one.Y) & Between(x.Z, zero.Z, one.Z);
        Vec3<TLane> span = one - zero;
        Vec3<TLane> way = x - zero;
        return TLane.Select(inside, (way.X / span.X) * (way.Y / span.Y) * (way.Z / span.Z), TLane.Const(1));
    }

    /// <summary>
    /// Height of a funnel around an axis, m: 0 within <paramref name="threshold"/>, outside it rises like the logarithm
    /// of the distance from there.
    /// </summary>
    /// <param name="radius">Distance from the axis, m.</param>
    /// <param name="threshold">Radius within which there is no funnel, m.</param>
    /// <param name="slope">Factor of the logarithm, m.</param>
    /// <param name="height">Height at 1 m from the threshold, m.</param>
    public static TLane Funnel<TLane>(TLane radius, TLane threshold, double slope, double height)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane outside = radius > threshold;
        TLane distance = TLane.Select(outside, radius - threshold, TLane.Const(1));
        return outside & ((TLane.Const(slope) * LaneMath.Log(distance)) + TLane.Const(height));
    }

    /// <summary>1 where <paramref name="z"/> is not below a floor, less the deeper it is below.</summary>
    public static TLane AboveFloor<TLane>(TLane z, TLane floor)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane below = LongTail(floor - z, 0.01, floor / TLane.Const(2));
        return TLane.Select(z >= floor, TLane.Const(1), below);
    }

    /// <summary>min(max(x, low), high).</summary>
    public static TLane Clip<TLane>(TLane x, double low, double high)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.Min(TLane.Max(x, TLane.Const(low)), TLane.Const(high));

    /// <summary>Mask: low &lt;= x &lt;= high.</summary>
    public static TLane Within<TLane>(TLane x, double low, double high)
        where TLane : unmanaged, ILane<TLane> => (x >= TLane.Const(low)) & (x <= TLane.Const(high));

    /// <summary>1 where the mask is true, 0 elsewhere.</summary>
    public static TLane Flag<TLane>(TLane mask)
        where TLane : unmanaged, ILane<TLane> => mask & TLane.Const(1);

    /// <summary>Length of the first two coordinates.</summary>
    public static TLane LengthXY<TLane>(Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane> => TLane.Sqrt((v.X * v.X) + (v.Y * v.Y));

    /// <summary>Length of the first and third coordinate.</summary>
    public static TLane LengthXZ<TLane>(Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane> => TLane.Sqrt((v.X * v.X) + (v.Z * v.Z));

    /// <summary>Each coordinate times its own factor.</summary>
    public static Vec3<TLane> Scaled<TLane>(Vec3<TLane> v, double x, double y, double z)
        where TLane : unmanaged, ILane<TLane> =>
        new(v.X * TLane.Const(x), v.Y * TLane.Const(y), v.Z * TLane.Const(z));

    /// <summary>The same point in every world.</summary>
    public static Vec3<TLane> Constant<TLane>(double x, double y, double z)
        where TLane : unmanaged, ILane<TLane> => new(TLane.Const(x), TLane.Const(y), TLane.Const(z));

    /// <summary>
    /// Quaternion of a matrix, x y z w and with the sign of SciPy's Rotation.from_matrix(...).as_quat(): the largest of
    /// the three diagonal elements and the trace decides which component is computed first.
    /// </summary>
    public static void SciPyQuaternion<TLane>(
        Mat3<TLane> m, out TLane x, out TLane y, out TLane z, out TLane w)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one = TLane.Const(1);
        TLane trace = m.Row0.X + m.Row1.Y + m.Row2.Z;
        TLane two = TLane.Const(2);

        // the first largest of xx, yy, zz, trace
        TLane best = m.Row0.X;
        TLane useY = m.Row1.Y > best;
        best = TLane.Max(m.Row1.Y, best);
        TLane useZ = m.Row2.Z > best;
        best = TLane.Max(m.Row2.Z, best);
        TLane useW = trace > best;
        useZ &= ~useW;
        useY &= ~useZ & ~useW;

        TLane xy = m.Row1.X + m.Row0.Y;
        TLane xz = m.Row2.X + m.Row0.Z;
        TLane yz = m.Row2.Y + m.Row1.Z;
        TLane wx = m.Row2.Y - m.Row1.Z;
        TLane wy = m.Row0.Z - m.Row2.X;
        TLane wz = m.Row1.X - m.Row0.Y;
        TLane rest = one - trace;
        x = TLane.Select(useW, wx, TLane.Select(useZ, xz, TLane.Select(useY, xy, rest + (two * m.Row0.X))));
        y = TLane.Select(useW, wy, TLane.Select(useZ, yz, TLane.Select(useY, rest + (two * m.Row1.Y), xy)));
        z = TLane.Select(useW, wz, TLane.Select(useZ, rest + (two * m.Row2.Z), TLane.Select(useY, yz, xz)));
        w = TLane.Select(useW, one + trace, TLane.Select(useZ, wz, TLane.Select(useY, wy, wx)));
        TLane length = TLane.Sqrt(((x * x) + (y * y)) + ((z * z) + (w * w)));
        x /= length;
        y /= length;
        z /= length;
        w /= length;
    }

    private static TLane Between<TLane>(TLane x, TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane> => (x >= TLane.Min(a, b)) & (x <= TLane.Max(a, b));

    private static TLane Distance<TLane>(TLane x, TLane lower, TLane upper, TLane margin)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane none = TLane.Same(margin, TLane.Const(0));
        return TLane.Select(x < lower, lower - x, x - upper) / TLane.Select(none, TLane.Const(1), margin);
    }

    private static TLane Bounded<TLane>(TLane x, TLane lower, TLane upper, TLane margin, TLane value)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane outside = TLane.Select(TLane.Same(margin, TLane.Const(0)), TLane.Const(0), value);
        return TLane.Select((x >= lower) & (x <= upper), TLane.Const(1), outside);
    }
}

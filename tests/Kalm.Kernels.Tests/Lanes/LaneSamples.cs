namespace Kalm.Kernels.Tests.Lanes;

/// <summary>Operands that visit the corners of a precision: zeros of both signs, denormals, infinities, NaN, large and
/// small magnitudes, and ordinary numbers.</summary>
internal static class LaneSamples
{
    private static readonly double[] Corners =
    [
        0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, -2.5, 3.0, 1e-40, -1e-40, 1.4e-45, -1.4e-45, 5e-324, -5e-324, 2.3e-308,
        1.1754943508222875e-38, 3.4028234663852886e38, -3.4028234663852886e38, 1.7976931348623157e308, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity, 1e-20, 1e20, 8388607.5, -8388608.5,
        2147483520.0, 4503599627370495.5, Math.PI, -Math.E, 100.25,
    ];

    /// <summary>All pairs of corners, then random numbers of many magnitudes; three operands of equal length.</summary>
    public static (double[] A, double[] B, double[] C) Operands(int random = 4096)
    {
        int n = Corners.Length;
        int count = (n * n) + random;
        double[] a = new double[count];
        double[] b = new double[count];
        double[] c = new double[count];
        Random generator = new(20240607);
        for (int i = 0; i < count; i++)
        {
            a[i] = i < n * n ? Corners[i / n] : Number(generator);
            b[i] = i < n * n ? Corners[i % n] : Number(generator);
            c[i] = i < n * n ? Corners[((i * 7) + (i / n)) % n] : Number(generator);
        }

        return (a, b, c);
    }

    /// <summary>Maps operands into the domain an operation is defined on.</summary>
    public static void Restrict(LaneOp op, double[] a, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            switch (op)
            {
                case LaneOp.Gather or LaneOp.GatherTable or LaneOp.Scatter:
                    b[i] = double.IsFinite(b[i]) ? Math.Abs(Math.Truncate(b[i] % LaneProbe.TableLength)) : 0;
                    break;
                case LaneOp.ScaleByPowerOfTwo:
                    b[i] = double.IsFinite(b[i]) ? Math.Truncate(b[i] % 126.0) : 3;
                    break;
                case LaneOp.Exponent:
                    a[i] = double.IsFinite(a[i]) ? Math.Clamp(Math.Abs(a[i]), 1.1754943508222875e-38, 3e38) : 8;
                    break;
            }
        }
    }

    private static double Number(Random generator) =>
        (generator.NextDouble() - 0.5) * Math.Pow(2, generator.Next(-30, 30));
}

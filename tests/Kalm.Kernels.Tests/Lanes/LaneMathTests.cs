using Kalm.Kernels.Lanes;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Lanes;

/// <summary>Elementary functions: their error against the C library, and what they do at the corners.</summary>
[Trait("Isa", "small")]
public sealed class LaneMathTests
{
    private const int Samples = 1 << 16;

    // bounds are the maxima LaneMath documents, in units in the last place: float, then double
    [Theory]
    [InlineData(LaneOp.Sin, -1e5, 1e5, 1.6, 2)]
    [InlineData(LaneOp.Cos, -1e5, 1e5, 1.6, 2)]
    [InlineData(LaneOp.Sin, -4, 4, 1.6, 2)]
    [InlineData(LaneOp.Cos, -4, 4, 1.6, 2)]
    [InlineData(LaneOp.Exp, -87, 88, 1, 1)]
    [InlineData(LaneOp.Exp, -1, 1, 1, 1)]
    [InlineData(LaneOp.Log, 1e-30, 1e30, 1, 1)]
    [InlineData(LaneOp.Log, 0.5, 2, 1, 1)]
    [InlineData(LaneOp.Tanh, -12, 12, 2.5, 4)]
    [InlineData(LaneOp.Tanh, -0.3, 0.3, 2.5, 4)]
    [InlineData(LaneOp.Atan, -10, 10, 2, 1)]
    [InlineData(LaneOp.Asin, -1, 1, 2.7, 2)]
    [InlineData(LaneOp.Acos, -1, 1, 2.7, 3)]
    public void Functions_of_one_argument_are_accurate(
        LaneOp op, double low, double high, double floatUlp, double doubleUlp)
    {
        double[] x = new double[Samples];
        Random random = new(7);
        bool spread = low > 0 && high / low > 1e3;
        for (int i = 0; i < Samples; i++)
        {
            double u = random.NextDouble();
            x[i] = spread ? low * Math.Pow(high / low, u) : low + ((high - low) * u);
        }

        CheckUlp(op, x, new double[Samples], floatUlp, doubleUlp);
    }

    [Fact]
    public void Atan2_is_accurate_in_all_quadrants()
    {
        double[] y = new double[Samples];
        double[] x = new double[Samples];
        Random random = new(11);
        for (int i = 0; i < Samples; i++)
        {
            double angle = (random.NextDouble() - 0.5) * 2 * Math.PI;
            double radius = Math.Pow(10, (random.NextDouble() - 0.5) * 20);
            y[i] = radius * Math.Sin(angle);
            x[i] = radius * Math.Cos(angle);
        }

        CheckUlp(LaneOp.Atan2, y, x, 2.5, 2);
    }

    [Theory]
    [InlineData(LaneOp.Exp, double.PositiveInfinity, 0, double.PositiveInfinity)]
    [InlineData(LaneOp.Exp, double.NegativeInfinity, 0, 0)]
    [InlineData(LaneOp.Exp, 1000, 0, double.PositiveInfinity)]
    [InlineData(LaneOp.Exp, -1000, 0, 0)]
    [InlineData(LaneOp.Exp, 0, 0, 1)]
    [InlineData(LaneOp.Exp, double.NaN, 0, double.NaN)]
    [InlineData(LaneOp.Log, 1, 0, 0)]
    [InlineData(LaneOp.Log, 0, 0, double.NegativeInfinity)]
    [InlineData(LaneOp.Log, -1, 0, double.NaN)]
    [InlineData(LaneOp.Log, double.NaN, 0, double.NaN)]
    [InlineData(LaneOp.Log, double.PositiveInfinity, 0, double.PositiveInfinity)]
    [InlineData(LaneOp.Tanh, 100, 0, 1)]
    [InlineData(LaneOp.Tanh, -100, 0, -1)]
    [InlineData(LaneOp.Tanh, -0.0, 0, -0.0)]
    [InlineData(LaneOp.Tanh, double.NaN, 0, double.NaN)]
    [InlineData(LaneOp.Sin, 0, 0, 0)]
    [InlineData(LaneOp.Sin, -0.0, 0, 0)]
    [InlineData(LaneOp.Sin, double.NaN, 0, double.NaN)]
    [InlineData(LaneOp.Cos, 0, 0, 1)]
    [InlineData(LaneOp.Atan2, 0, 1, 0)]
    [InlineData(LaneOp.Atan2, -0.0, 1, -0.0)]
    [InlineData(LaneOp.Atan2, 0, 0, 0)]
    [InlineData(LaneOp.Atan2, 0, -1, Math.PI)]
    [InlineData(LaneOp.Atan2, -0.0, -1, -Math.PI)]
    [InlineData(LaneOp.Atan2, 0, -0.0, Math.PI)]
    [InlineData(LaneOp.Atan2, 1, 0, Math.PI / 2)]
    [InlineData(LaneOp.Atan2, -1, 0, -Math.PI / 2)]
    [InlineData(LaneOp.Atan2, double.NaN, 1, double.NaN)]
    [InlineData(LaneOp.Atan2, 1, double.NaN, double.NaN)]
    [InlineData(LaneOp.Asin, 1.5, 0, double.NaN)]
    [InlineData(LaneOp.Asin, 1, 0, Math.PI / 2)]
    [InlineData(LaneOp.Acos, 1, 0, 0)]
    [InlineData(LaneOp.Acos, -1, 0, Math.PI)]
    [InlineData(LaneOp.Acos, -1.5, 0, double.NaN)]
    [InlineData(LaneOp.Round, 2.5, 0, 2)]
    [InlineData(LaneOp.Round, -3.5, 0, -4)]
    [InlineData(LaneOp.Floor, 2.75, 0, 2)]
    [InlineData(LaneOp.Floor, -2.25, 0, -3)]
    [InlineData(LaneOp.Floor, -2, 0, -2)]
    public void Functions_keep_their_corners(LaneOp op, double a, double b, double expected)
    {
        foreach (LaneKind kind in Enum.GetValues<LaneKind>())
        {
            double wanted = kind.Precision() == Precision.Float ? (float)expected : expected;
            double got = One(kind, op, a, b);

            bool sameSign = double.IsNaN(wanted) || double.IsNegative(wanted) == double.IsNegative(got);
            Assert.True(wanted.Equals(got) && sameSign, $"{kind} {op}({a}, {b}): expected {wanted:R}, got {got:R}");
        }
    }

    [Fact]
    public void Log_and_Exp_reach_the_denormals()
    {
        // a denormal has fewer digits than a normal number: one unit in its last place is the bound
        Tolerance.Absolute(Math.Exp(-100), One(LaneKind.Lane16, LaneOp.Exp, -100), float.Epsilon, "exp(-100)");
        Tolerance.Absolute(Math.Exp(-740), One(LaneKind.Lane8d, LaneOp.Exp, -740), double.Epsilon, "exp(-740)");

        // and of a normal number of the logarithm's size
        Tolerance.Absolute(Math.Log((float)1e-40), One(LaneKind.Lane16, LaneOp.Log, 1e-40), 8e-6, "log(1e-40)");
        Tolerance.Absolute(Math.Log(1e-310), One(LaneKind.Lane8d, LaneOp.Log, 1e-310), 1.2e-13, "log(1e-310)");
    }

    private static double One(LaneKind kind, LaneOp op, double a, double b = 0) =>
        LaneReference.Numbers(kind, LaneProbe.Run(kind, op, Repeat(a), Repeat(b), Repeat(0)))[0];

    private static double[] Repeat(double value)
    {
        double[] values = new double[LaneProbe.Multiple];
        Array.Fill(values, value);
        return values;
    }

    private static void CheckUlp(LaneOp op, double[] a, double[] b, double floatBound, double doubleBound)
    {
        double single = WorstUlp(op, a, b, LaneKind.Lane16);
        double twice = WorstUlp(op, a, b, LaneKind.Lane8d);
        string what = $"{op} in units in the last place, float {single:F2}, double {twice:F2}";
        Tolerance.Absolute(0, single, floatBound, what);
        Tolerance.Absolute(0, twice, doubleBound, what);
    }

    private static double WorstUlp(LaneOp op, double[] a, double[] b, LaneKind kind)
    {
        bool single = kind.Precision() == Precision.Float;
        double[] got = LaneReference.Numbers(kind, LaneProbe.Run(kind, op, a, b, b));
        double worst = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double expected = single ? Exact(op, (float)a[i], (float)b[i]) : Exact(op, a[i], b[i]);
            double ulp = single ? Ulp((float)expected) : Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            worst = Math.Max(worst, Math.Abs(got[i] - expected) / ulp);
        }

        return worst;
    }

    private static double Ulp(float value) => (double)MathF.BitIncrement(MathF.Abs(value)) - MathF.Abs(value);

    private static double Exact(LaneOp op, double x, double y) => op switch
    {
        LaneOp.Sin => Math.Sin(x),
        LaneOp.Cos => Math.Cos(x),
        LaneOp.Exp => Math.Exp(x),
        LaneOp.Log => Math.Log(x),
        LaneOp.Tanh => Math.Tanh(x),
        LaneOp.Atan => Math.Atan(x),
        LaneOp.Atan2 => Math.Atan2(x, y),
        LaneOp.Asin => Math.Asin(x),
        LaneOp.Acos => Math.Acos(x),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Tests.Lanes;

/// <summary>The meaning of each lane operation in plain C#.</summary>
internal static class LaneReference
{
    public static float Float(LaneOp op, float a, float b, float c) => op switch
    {
        LaneOp.Add => a + b,
        LaneOp.Subtract => a - b,
        LaneOp.Multiply => a * b,
        LaneOp.Divide => a / b,
        LaneOp.Negate => -a,
        LaneOp.MulAdd => MathF.FusedMultiplyAdd(a, b, c),
        LaneOp.NegMulAdd => MathF.FusedMultiplyAdd(-a, b, c),
        LaneOp.Sqrt => MathF.Sqrt(a),
        LaneOp.Min => a < b ? a : b,
        LaneOp.Max => a > b ? a : b,
        LaneOp.Abs => MathF.Abs(a),
        LaneOp.Truncate => MathF.Truncate(a),
        LaneOp.ScaleByPowerOfTwo => (float)(a * Math.Pow(2, b)),
        LaneOp.Exponent => MathF.ILogB(a),
        LaneOp.Select => a < b ? b : c,
        LaneOp.CopySign => MathF.CopySign(a, b),
        LaneOp.Scatter => (float)Scatter(a, b, c, single: true),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    public static double Double(LaneOp op, double a, double b, double c) => op switch
    {
        LaneOp.Add => a + b,
        LaneOp.Subtract => a - b,
        LaneOp.Multiply => a * b,
        LaneOp.Divide => a / b,
        LaneOp.Negate => -a,
        LaneOp.MulAdd => Math.FusedMultiplyAdd(a, b, c),
        LaneOp.NegMulAdd => Math.FusedMultiplyAdd(-a, b, c),
        LaneOp.Sqrt => Math.Sqrt(a),
        LaneOp.Min => a < b ? a : b,
        LaneOp.Max => a > b ? a : b,
        LaneOp.Abs => Math.Abs(a),
        LaneOp.Truncate => Math.Truncate(a),
        LaneOp.ScaleByPowerOfTwo => a * Math.Pow(2, b),
        LaneOp.Exponent => Math.ILogB(a),
        LaneOp.Select => a < b ? b : c,
        LaneOp.CopySign => Math.CopySign(a, b),
        LaneOp.Scatter => Scatter(a, b, c, single: false),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    public static bool Mask(LaneOp op, double a, double b, double c) => op switch
    {
        LaneOp.Less => a < b,
        LaneOp.Greater => a > b,
        LaneOp.LessOrEqual => a <= b,
        LaneOp.GreaterOrEqual => a >= b,
        LaneOp.Same => a == b,
        LaneOp.MaskAnd => a < b && b < c,
        LaneOp.MaskOr => a < b || b < c,
        LaneOp.MaskNot => !(a < b),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <summary>Results of <see cref="LaneProbe"/> as numbers.</summary>
    public static double[] Numbers(LaneKind kind, ulong[] bits) => Array.ConvertAll(bits, word => Number(kind, word));

    public static bool IsNaN(LaneKind kind, ulong bits) => double.IsNaN(Number(kind, bits));

    private static double Number(LaneKind kind, ulong bits) => kind.Precision() == Precision.Float
        ? BitConverter.UInt32BitsToSingle((uint)bits)
        : BitConverter.UInt64BitsToDouble(bits);

    // the weighted sum of LaneProbe's scatter operation, rounded after each step as the lane rounds
    private static double Scatter(double a, double b, double c, bool single)
    {
        int row = (int)b;
        double sum = 0;
        for (int i = 0; i < LaneProbe.TableLength; i++)
        {
            double value = i == row ? a : c;
            sum = single ? (float)sum + ((float)value * (float)(i + 1)) : sum + (value * (i + 1));
        }

        return sum;
    }
}

using System.Runtime.InteropServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Tests.Lanes;

/// <summary>
/// Applies one operation to arrays with a lane type of choice and returns the raw bits of the results.
/// </summary>
internal static unsafe class LaneProbe
{
    /// <summary>Element count every lane width divides.</summary>
    public const int Multiple = 16;

    /// <summary>Rows of the tables of the gather operations; operand b holds row numbers below this.</summary>
    public const int TableLength = 5;

    /// <summary>
    /// Bits of <c>op(a, b, c)</c>, element by element; lengths are a multiple of <see cref="Multiple"/>.
    /// </summary>
    public static ulong[] Run(LaneKind kind, LaneOp op, double[] a, double[] b, double[] c) => kind switch
    {
        LaneKind.Lane1 => Run<Lane1>(op, a, b, c),
        LaneKind.Lane8 => Run<Lane8>(op, a, b, c),
        LaneKind.Lane16 => Run<Lane16>(op, a, b, c),
        LaneKind.Lane1d => Run<Lane1d>(op, a, b, c),
        LaneKind.Lane4d => Run<Lane4d>(op, a, b, c),
        _ => Run<Lane8d>(op, a, b, c),
    };

    private static ulong[] Run<TLane>(LaneOp op, double[] a, double[] b, double[] c)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = a.Length;
        void* x = Fill(a, TLane.ScalarSize);
        void* y = Fill(b, TLane.ScalarSize);
        void* z = Fill(c, TLane.ScalarSize);
        void* table = Fill(a[..(TableLength * TLane.Width > n ? n : TableLength * TLane.Width)], TLane.ScalarSize);
        void* scratch = NativeMemory.AlignedAlloc((nuint)(TableLength * sizeof(TLane)), 64);
        void* result = NativeMemory.AlignedAlloc((nuint)(n * TLane.ScalarSize), 64);
        try
        {
            for (int i = 0; i < n; i += TLane.Width)
            {
                nint at = i * TLane.ScalarSize;
                TLane first = TLane.Load((byte*)x + at);
                TLane second = TLane.Load((byte*)y + at);
                TLane third = TLane.Load((byte*)z + at);
                TLane.Store((byte*)result + at, Apply(op, first, second, third, table, scratch));
            }

            ulong[] bits = new ulong[n];
            for (int i = 0; i < n; i++) bits[i] = TLane.ScalarSize == 4 ? ((uint*)result)[i] : ((ulong*)result)[i];
            return bits;
        }
        finally
        {
            foreach (nint memory in (nint[])[(nint)x, (nint)y, (nint)z, (nint)table, (nint)scratch, (nint)result])
                NativeMemory.AlignedFree((void*)memory);
        }
    }

    private static TLane Apply<TLane>(LaneOp op, TLane a, TLane b, TLane c, void* table, void* scratch)
        where TLane : unmanaged, ILane<TLane> => op switch
        {
            LaneOp.Add => a + b,
            LaneOp.Subtract => a - b,
            LaneOp.Multiply => a * b,
            LaneOp.Divide => a / b,
            LaneOp.Negate => -a,
            LaneOp.MulAdd => TLane.MulAdd(a, b, c),
            LaneOp.NegMulAdd => TLane.NegMulAdd(a, b, c),
            LaneOp.Sqrt => TLane.Sqrt(a),
            LaneOp.Min => TLane.Min(a, b),
            LaneOp.Max => TLane.Max(a, b),
            LaneOp.Abs => TLane.Abs(a),
            LaneOp.Truncate => TLane.Truncate(a),
            LaneOp.ScaleByPowerOfTwo => TLane.ScaleByPowerOfTwo(a, b),
            LaneOp.Exponent => TLane.Exponent(a),
            LaneOp.Less => a < b,
            LaneOp.Greater => a > b,
            LaneOp.LessOrEqual => a <= b,
            LaneOp.GreaterOrEqual => a >= b,
            LaneOp.Same => TLane.Same(a, b),
            LaneOp.MaskAnd => (a < b) & (b < c),
            LaneOp.MaskOr => (a < b) | (b < c),
            LaneOp.MaskNot => ~(a < b),
            LaneOp.Select => TLane.Select(a < b, b, c),
            LaneOp.Any => TLane.Any(a < b) ? TLane.Const(1) : TLane.Const(0),
            LaneOp.Const => TLane.Const(1.0 / 3.0),
            LaneOp.Broadcast => TLane.Broadcast(table, 3),
            LaneOp.FirstInteger => TLane.Const(TLane.FirstInteger(table)),
            LaneOp.GatherTable => TLane.GatherTable(table, b),
            LaneOp.Gather => TLane.Gather(table, b),
            LaneOp.Scatter => Scatter(a, b, c, scratch),
            LaneOp.Sin => LaneMath.Sin(a),
            LaneOp.Cos => LaneMath.Cos(a),
            LaneOp.Exp => LaneMath.Exp(a),
            LaneOp.Log => LaneMath.Log(a),
            LaneOp.Tanh => LaneMath.Tanh(a),
            LaneOp.Atan => LaneMath.Atan(a),
            LaneOp.Atan2 => LaneMath.Atan2(a, b),
            LaneOp.Asin => LaneMath.Asin(a),
            LaneOp.Acos => LaneMath.Acos(a),
            LaneOp.Round => LaneMath.Round(a),
            LaneOp.Floor => LaneMath.Floor(a),
            LaneOp.CopySign => LaneMath.CopySign(a, b),
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        };

    // writes a into each world's own row of rows that hold c, and sums the rows with different weights
    private static TLane Scatter<TLane>(TLane a, TLane row, TLane c, void* scratch)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < TableLength; i++) TLane.Store((TLane*)scratch + i, c);
        TLane.Scatter(scratch, row, a);
        TLane sum = TLane.Const(0);
        for (int i = 0; i < TableLength; i++) sum = sum + (TLane.Load((TLane*)scratch + i) * TLane.Const(i + 1));
        return sum;
    }

    private static void* Fill(double[] values, int scalarSize)
    {
        void* memory = NativeMemory.AlignedAlloc((nuint)(Math.Max(values.Length, Multiple) * scalarSize), 64);
        for (int i = 0; i < values.Length; i++)
        {
            if (scalarSize == sizeof(float)) ((float*)memory)[i] = (float)values[i];
            else ((double*)memory)[i] = values[i];
        }

        return memory;
    }
}

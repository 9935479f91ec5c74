using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Tests.Lanes;

/// <summary>
/// Lane operations: the scalar lanes compute what the interface says, every width computes the same bits.
/// </summary>
[Trait("Isa", "small")]
public sealed class LaneTests
{
    private static readonly LaneKind[] Floats = [LaneKind.Lane8, LaneKind.Lane16];
    private static readonly LaneKind[] Doubles = [LaneKind.Lane4d, LaneKind.Lane8d];

    // the others depend on the width by their meaning and have tests of their own
    public static TheoryData<LaneOp> Operations =>
        [.. Enum.GetValues<LaneOp>().Where(op => op is not (LaneOp.Any or LaneOp.Gather or LaneOp.Broadcast))];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_width_gives_the_same_bits(LaneOp op)
    {
        (double[] a, double[] b, double[] c) = LaneSamples.Operands();
        LaneSamples.Restrict(op, a, b);

        foreach (LaneKind kind in Floats)
            AssertSame(LaneProbe.Run(LaneKind.Lane1, op, a, b, c), LaneProbe.Run(kind, op, a, b, c), op, kind, a, b);
        foreach (LaneKind kind in Doubles)
            AssertSame(LaneProbe.Run(LaneKind.Lane1d, op, a, b, c), LaneProbe.Run(kind, op, a, b, c), op, kind, a, b);
    }

    [Theory]
    [InlineData(LaneOp.Add)]
    [InlineData(LaneOp.Subtract)]
    [InlineData(LaneOp.Multiply)]
    [InlineData(LaneOp.Divide)]
    [InlineData(LaneOp.Negate)]
    [InlineData(LaneOp.MulAdd)]
    [InlineData(LaneOp.NegMulAdd)]
    [InlineData(LaneOp.Sqrt)]
    [InlineData(LaneOp.Min)]
    [InlineData(LaneOp.Max)]
    [InlineData(LaneOp.Abs)]
    [InlineData(LaneOp.Truncate)]
    [InlineData(LaneOp.ScaleByPowerOfTwo)]
    [InlineData(LaneOp.Exponent)]
    [InlineData(LaneOp.Select)]
    [InlineData(LaneOp.CopySign)]
    [InlineData(LaneOp.Scatter)]
    public void Scalar_lanes_compute_what_the_interface_says(LaneOp op)
    {
        (double[] a, double[] b, double[] c) = LaneSamples.Operands();
        LaneSamples.Restrict(op, a, b);
        ulong[] floats = LaneProbe.Run(LaneKind.Lane1, op, a, b, c);
        ulong[] doubles = LaneProbe.Run(LaneKind.Lane1d, op, a, b, c);

        ulong[] expectedFloats = new ulong[a.Length];
        ulong[] expectedDoubles = new ulong[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            float single = LaneReference.Float(op, (float)a[i], (float)b[i], (float)c[i]);
            expectedFloats[i] = BitConverter.SingleToUInt32Bits(single);
            expectedDoubles[i] = BitConverter.DoubleToUInt64Bits(LaneReference.Double(op, a[i], b[i], c[i]));
        }

        AssertSame(expectedFloats, floats, op, LaneKind.Lane1, a, b);
        AssertSame(expectedDoubles, doubles, op, LaneKind.Lane1d, a, b);
    }

    [Theory]
    [InlineData(LaneOp.Less)]
    [InlineData(LaneOp.Greater)]
    [InlineData(LaneOp.LessOrEqual)]
    [InlineData(LaneOp.GreaterOrEqual)]
    [InlineData(LaneOp.Same)]
    [InlineData(LaneOp.MaskAnd)]
    [InlineData(LaneOp.MaskOr)]
    [InlineData(LaneOp.MaskNot)]
    public void Masks_are_all_ones_or_all_zeros_at_every_width(LaneOp op)
    {
        (double[] a, double[] b, double[] c) = LaneSamples.Operands();
        foreach (LaneKind kind in Enum.GetValues<LaneKind>())
        {
            bool single = kind.Precision() == Precision.Float;
            ulong[] bits = LaneProbe.Run(kind, op, a, b, c);
            for (int i = 0; i < a.Length; i++)
            {
                bool expected = single
                    ? LaneReference.Mask(op, (float)a[i], (float)b[i], (float)c[i])
                    : LaneReference.Mask(op, a[i], b[i], c[i]);
                ulong ones = single ? uint.MaxValue : ulong.MaxValue;
                string what = $"{kind} {op}({a[i]}, {b[i]}, {c[i]}) has the bits {bits[i]:x}";
                Assert.True((expected ? ones : 0) == bits[i], what);
            }
        }
    }

    [Fact]
    public void Any_sees_one_true_world_in_every_place()
    {
        foreach (LaneKind kind in Enum.GetValues<LaneKind>())
        {
            int width = kind.Width();
            for (int place = -1; place < width; place++)
            {
                double[] a = new double[LaneProbe.Multiple];
                double[] b = new double[LaneProbe.Multiple];
                if (place >= 0) b[place] = 1;
                double[] any = LaneReference.Numbers(kind, LaneProbe.Run(kind, LaneOp.Any, a, b, b));

                Assert.Equal(place >= 0 ? 1.0 : 0.0, any[0]);
            }
        }
    }

    [Fact]
    public void Gather_reads_each_worlds_element_of_its_own_row()
    {
        double[] a = new double[LaneProbe.Multiple * LaneProbe.TableLength];
        double[] b = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = 100 + i;
            b[i] = (i * 3) % LaneProbe.TableLength;
        }

        foreach (LaneKind kind in Enum.GetValues<LaneKind>())
        {
            int width = kind.Width();
            double[] gathered = LaneReference.Numbers(kind, LaneProbe.Run(kind, LaneOp.Gather, a, b, b));
            for (int i = 0; i < a.Length; i++) Assert.Equal(100 + ((int)b[i] * width) + (i % width), gathered[i]);
        }
    }

    [Fact]
    public void Broadcast_repeats_one_element_and_FirstInteger_reads_the_first()
    {
        double[] a = new double[LaneProbe.Multiple];
        a[0] = 12;
        a[3] = 7.5;
        foreach (LaneKind kind in Enum.GetValues<LaneKind>())
        {
            double[] values = LaneReference.Numbers(kind, LaneProbe.Run(kind, LaneOp.Broadcast, a, a, a));
            double[] first = LaneReference.Numbers(kind, LaneProbe.Run(kind, LaneOp.FirstInteger, a, a, a));

            Assert.All(values, value => Assert.Equal(7.5, value));
            Assert.All(first, value => Assert.Equal(12, value));
        }
    }

    private static void AssertSame(ulong[] expected, ulong[] actual, LaneOp op, LaneKind kind, double[] a, double[] b)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] == actual[i]) continue;

            // the payload of a NaN is the processor's business
            if (LaneReference.IsNaN(kind, expected[i]) && LaneReference.IsNaN(kind, actual[i])) continue;
            Assert.Fail($"{kind} {op}({a[i]:R}, {b[i]:R}) [{i}]: expected the bits {expected[i]:x}, got {actual[i]:x}");
        }
    }
}

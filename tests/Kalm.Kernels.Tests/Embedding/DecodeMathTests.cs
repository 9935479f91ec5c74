using Kalm.Kernels.Embedding;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Tests.Embedding;

/// <summary>The loops of the decoder give the same bits at every vector width.</summary>
public sealed unsafe class DecodeMathTests
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(15, 32)]
    [InlineData(16, 48)]
    [InlineData(17, 64)]
    [InlineData(100, 32)]
    public void Attention_has_the_same_bits_at_every_width(int length, int size)
    {
        int padded = (length + 15) / 16 * 16;
        PinnedFloats query = Random(size, 1), keys = Random(padded * size, 2), values = Random(padded * size, 3);
        PinnedFloats scores = new(padded);
        float[] Run<TLane>()
            where TLane : unmanaged, ILane<TLane>
        {
            PinnedFloats output = new(size);
            DecodeMath.Attend<TLane>(query.Data, keys.Data, values.Data, length, size, scores.Data, output.Data);
            return output.Span.ToArray();
        }

        float[] expected = Run<Lane1>();
        Assert.Contains(expected, value => value != 0);
        Assert.Equal(expected, Run<Lane8>());
        Assert.Equal(expected, Run<Lane16>());
    }

    [Fact]
    public void Norm_gate_and_rotation_have_the_same_bits_at_every_width()
    {
        const int C = 96;
        float[] Run<TLane>()
            where TLane : unmanaged, ILane<TLane>
        {
            PinnedFloats x = Random(C, 4), weight = Random(C, 5), y = new(C), cos = Random(32, 6), sin = Random(32, 7);
            DecodeMath.RmsNorm<TLane>(x.Data, weight.Data, C, 1e-5f, y.Data);
            DecodeMath.SwiGlu<TLane>(y.Data, x.Data, C);
            DecodeMath.Rotate<TLane>(y.Data, cos.Data, sin.Data, 32);
            return y.Span.ToArray();
        }

        float[] expected = Run<Lane1>();
        Assert.Contains(expected, value => value != 0);
        Assert.Equal(expected, Run<Lane8>());
        Assert.Equal(expected, Run<Lane16>());
    }

    private static PinnedFloats Random(int count, int seed)
    {
        var random = new Random(seed);
        PinnedFloats values = new(count);
        foreach (ref float value in values.Span) value = (float)((4 * random.NextDouble()) - 2);
        return values;
    }
}

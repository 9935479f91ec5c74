using Kalm.Native.Llm;

namespace Kalm.Native.Tests.Llm;

public sealed class SamplerTests
{
    // probabilities 0.5, 0.2, 0.3 at temperature 1
    private static readonly float[] Logits = [MathF.Log(5), MathF.Log(2), MathF.Log(3)];

    [Fact]
    public void Temperature_zero_takes_the_first_of_the_best()
    {
        Assert.Equal(1, new Sampler().Pick([1, 4, 4], 0.99));
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.49, 0)]
    [InlineData(0.51, 2)]
    [InlineData(0.79, 2)]
    [InlineData(0.81, 1)]
    [InlineData(0.999, 1)]
    public void Uniform_numbers_are_shared_out_by_probability(double uniform, int expected)
    {
        Assert.Equal(expected, new Sampler(Temperature: 1).Pick(Logits, uniform));
    }

    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(0.6, 2)]
    public void Top_p_keeps_the_tokens_that_reach_it(double topP, int last)
    {
        Assert.Equal(last, new Sampler(Temperature: 1, TopP: topP).Pick(Logits, 0.9999));
    }
}

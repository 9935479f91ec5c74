using Kalm.Kernels.Embedding;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Embedding;

/// <summary>The decoder against the plain model, which recomputes every sequence whole.</summary>
public sealed class LlamaDecoderTests
{
    private const int V = 50;

    // hidden states are of order 1 and pass through three layers of float sums of some hundred terms
    private const double Tolerance = 2e-5;

    public static TheoryData<int, int, int, int, bool> Shapes => new()
    {
        { 64, 4, 4, 88, false },
        { 64, 4, 2, 88, true },
        { 96, 3, 1, 100, false },
        { 128, 2, 2, 64, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Decoder_equals_the_recomputed_forward(int channels, int heads, int keyValueHeads, int inner, bool tied)
    {
        (LlamaDecoder decoder, PlainLlama plain) = Make(channels, heads, keyValueHeads, inner, tied, threads: 2);
        int[] prompts = [5, 1, 17, 40, 3];
        const int Steps = 30;
        float[][] rows = [.. prompts.Select((p, i) => Rows(channels, p + Steps, 100 + i))];
        double[][][] expected = [.. rows.Select(r => plain.Hidden(Split(r, channels)))];

        DecodeSession session = decoder.NewSession(prompts.Length, 80);
        float[] hidden = new float[prompts.Length * channels];
        session.Prefill([.. rows.SelectMany((r, i) => r[..(prompts[i] * channels)])], prompts, hidden);
        for (int i = 0; i < prompts.Length; i++) AssertHidden(expected[i][prompts[i] - 1], hidden, i, channels);

        for (int step = 0; step < Steps; step++)
        {
            session.Step([.. rows.SelectMany((r, i) => Split(r, prompts[i] + step, channels))], hidden);
            for (int i = 0; i < prompts.Length; i++) AssertHidden(expected[i][prompts[i] + step], hidden, i, channels);
        }

        Assert.Equal(prompts.Select(p => p + Steps), session.Lengths.ToArray());
        float[] logits = new float[prompts.Length * V];
        decoder.Logits(hidden, logits);
        for (int i = 0; i < prompts.Length; i++)
        {
            double[] plainLogits = plain.Logits(expected[i][^1]);
            for (int v = 0; v < V; v++) Assert.Equal(plainLogits[v], logits[(i * V) + v], 20 * Tolerance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sequence_gives_the_same_bits_alone_and_in_any_batch(int threads)
    {
        (LlamaDecoder decoder, _) = Make(64, 4, 2, 88, false, threads);
        const int Batch = 70, Length = 20;
        float[][] rows = [.. Enumerable.Range(0, Batch).Select(i => Rows(64, Length, i))];
        float[][] together = new float[Length][];
        DecodeSession session = decoder.NewSession(Batch, Length);
        for (int t = 0; t < Length; t++)
        {
            together[t] = new float[Batch * 64];
            session.Step([.. rows.SelectMany(r => Split(r, t, 64))], together[t]);
        }

        (LlamaDecoder single, _) = Make(64, 4, 2, 88, false, 1);
        foreach (int i in new[] { 0, 33, 69 })
        {
            // the same rows at once instead of one by one
            float[] hidden = new float[64];
            single.NewSession(1, 32).Prefill(rows[i], [Length], hidden);
            Assert.Equal(together[^1][(i * 64)..((i + 1) * 64)], hidden);
        }
    }

    [Fact]
    public void Sequences_that_are_not_named_stand_still()
    {
        (LlamaDecoder decoder, _) = Make(64, 4, 4, 88, false, 2);
        float[] a = Rows(64, 6, 1), b = Rows(64, 6, 2), hidden = new float[64], pair = new float[128];
        DecodeSession session = decoder.NewSession(2, 16);
        for (int t = 0; t < 3; t++) session.Step([.. Split(a, t, 64), .. Split(b, t, 64)], pair);
        for (int t = 3; t < 6; t++) session.Step([1], Split(b, t, 64), hidden);
        Assert.Equal([3, 6], session.Lengths.ToArray());

        DecodeSession other = decoder.NewSession(1, 16);
        float[] alone = new float[64];
        other.Prefill(b, [6], alone);
        Assert.Equal(alone, hidden);

        // the first goes on where it stood, and a reset session starts afresh
        session.Step([0], Split(a, 3, 64), hidden);
        other.Reset();
        other.Prefill(a.AsSpan(0, 4 * 64), [4], alone);
        Assert.Equal(alone, hidden);
    }

    [Fact]
    public void New_weights_take_effect()
    {
        (LlamaDecoder decoder, PlainLlama _) = Make(64, 4, 4, 88, false, 1);
        Dictionary<string, float[]> weights = PlainLlama.RandomWeights(V, 64, 88, 3, 64, false, seed: 99);
        foreach ((string name, float[] values) in weights) decoder.SetWeight(name, values);
        var plain = new PlainLlama(weights) { Channels = 64, Layers = 3, Heads = 4, KeyValueHeads = 4, Epsilon = 1e-5 };
        float[] rows = new float[3 * 64], hidden = new float[64];
        decoder.EmbedTokens([7, 49, 0], rows);
        decoder.NewSession(1, 3).Prefill(rows, [3], hidden);

        AssertHidden(plain.Hidden(plain.Embed([7, 49, 0]))[2], hidden, 0, 64);
    }

    [Fact]
    public void Decoder_refuses_what_does_not_fit()
    {
        (LlamaDecoder decoder, _) = Make(64, 4, 4, 88, false, 1);
        DecodeSession session = decoder.NewSession(2, 4);
        float[] hidden = new float[128];

        Assert.Contains("lm_head", Assert.Throws<ArgumentException>(
            () => decoder.SetWeight("lm_head.weight", [1f])).Message);
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => decoder.SetWeight("x", [1f])).Message);
        Assert.Throws<ArgumentException>(
            () => decoder.SetWeight("model.layers.3.mlp.up_proj.weight", new float[64 * 88]));
        Assert.Throws<ArgumentException>(() => decoder.EmbedTokens([V], new float[64]));
        Assert.Contains("1 to 4 rows", Assert.Throws<ArgumentException>(
            () => session.Prefill(new float[6 * 64], [1, 5], hidden)).Message);
        Assert.Throws<ArgumentException>(() => session.Step([1, 0], new float[128], hidden));
        Assert.Throws<ArgumentException>(() => session.Step(new float[64], hidden));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.NewSession(1, 1000));
        Assert.Contains("was not set", Assert.Throws<InvalidOperationException>(
            () => new LlamaDecoder(Sizes(64, 4, 4, 88, false), 1).NewSession(1, 1)).Message);
    }

    private static DecoderSizes Sizes(int channels, int heads, int keyValueHeads, int inner, bool tied) => new()
    {
        Channels = channels,
        Inner = inner,
        Layers = 3,
        Heads = heads,
        KeyValueHeads = keyValueHeads,
        Vocabulary = V,
        Positions = 128,
        NormEpsilon = 1e-5,
        RopeTheta = 10000,
        TiedHead = tied,
    };

    private static (LlamaDecoder Decoder, PlainLlama Plain) Make(
        int channels, int heads, int keyValueHeads, int inner, bool tied, int threads)
    {
        int keyValueChannels = channels / heads * keyValueHeads;
        Dictionary<string, float[]> weights =
            PlainLlama.RandomWeights(V, channels, inner, 3, keyValueChannels, tied, seed: 1);
        DecoderSizes sizes = Sizes(channels, heads, keyValueHeads, inner, tied);
        Assert.Equal(weights.Keys.Order(), LlamaDecoder.WeightNames(sizes).Order());
        var decoder = new LlamaDecoder(sizes, threads);
        foreach ((string name, float[] values) in weights) decoder.SetWeight(name, values);
        var plain = new PlainLlama(weights)
        {
            Channels = channels,
            Layers = 3,
            Heads = heads,
            KeyValueHeads = keyValueHeads,
            Epsilon = 1e-5,
        };
        return (decoder, plain);
    }

    private static float[] Rows(int channels, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, channels * count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    private static float[] Split(float[] rows, int row, int channels) => rows[(row * channels)..((row + 1) * channels)];

    private static double[][] Split(float[] rows, int channels) =>
        [.. rows.Chunk(channels).Select(row => row.Select(v => (double)v).ToArray())];

    private static void AssertHidden(double[] expected, float[] hidden, int row, int channels)
    {
        for (int c = 0; c < channels; c++) Assert.Equal(expected[c], hidden[(row * channels) + c], Tolerance);
    }
}

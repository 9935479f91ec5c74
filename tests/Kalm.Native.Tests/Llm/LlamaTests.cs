using Kalm.Native.Llm;
using Kalm.Testing;

namespace Kalm.Native.Tests.Llm;

/// <summary>The model on libtorch against the plain one.</summary>
public sealed class LlamaTests
{
    private const int V = 40;

    // float sums of up to a hundred terms of order 1 through two layers, against double
    private const double Tolerance = 1e-4;

    public static TheoryData<int, int, int, bool> Shapes => new()
    {
        { 32, 4, 4, false },
        { 32, 4, 2, true },
        { 48, 6, 1, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Logits_and_loss_equal_the_plain_model(int channels, int heads, int keyValueHeads, bool tied)
    {
        (Llama model, PlainLlama plain) = Make(channels, heads, keyValueHeads, tied);
        int[] tokens = [3, 39, 0, 7, 7, 21, 5, 30, 11];
        double[][] expected = [.. plain.Hidden(plain.Embed(tokens)).Select(plain.Logits)];
        double loss = expected[..^1].Select((row, t) => PlainLlama.CrossEntropy(row, tokens[t + 1])).Average();

        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        Tensor logits = model.call(Tokens([tokens]));
        Assert.Equal([1, tokens.Length, V], logits.shape);
        ReadOnlySpan<float> values = logits.contiguous().FloatSpan();
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i / V][i % V], values[i], Tolerance);

        Tensor targets = Tokens([tokens[1..]]).reshape(-1);
        Tensor predicted = logits.narrow(1, 0, tokens.Length - 1).reshape(-1, V);
        Assert.Equal(loss, F.cross_entropy(predicted, targets).item<float>(), Tolerance);
        model.Dispose();
    }

    [Fact]
    public void Batch_padded_on_the_right_equals_singles()
    {
        (Llama model, _) = Make(32, 4, 2, false);
        int[][] sequences = [[1, 2, 3, 4, 5, 6, 7], [8, 9], [10, 11, 12, 13]];
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        Tensor batch = model.call(Tokens([.. sequences.Select(s => s.Concat(new int[7 - s.Length]).ToArray())]));
        for (int b = 0; b < sequences.Length; b++)
        {
            float[] alone = [.. model.call(Tokens([sequences[b]])).contiguous().FloatSpan()];
            float[] together = [.. batch.select(0, b).narrow(0, 0, sequences[b].Length).contiguous().FloatSpan()];

            // the BLAS may take other kernels for other shapes
            for (int i = 0; i < alone.Length; i++) Assert.Equal(alone[i], together[i], 1e-5f);
        }

        model.Dispose();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Cached_generation_equals_recomputation(int channels, int heads, int keyValueHeads, bool tied)
    {
        (Llama model, _) = Make(channels, heads, keyValueHeads, tied);
        int[][] tokens = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [9, 8, 7, 6, 5, 4, 3, 2, 1]];
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        using var cache = new KvCache(model.Options, 2, 16);
        Tensor whole = model.call(Tokens(tokens));

        // a prompt of four, then two at once, then one by one
        int at = 0;
        foreach (int count in new[] { 4, 2, 1, 1, 1 })
        {
            Tensor part = Tokens([.. tokens.Select(row => row[at..(at + count)])]);
            float[] cached = [.. model.Logits(model.Hidden(model.Embed(part), cache)).contiguous().FloatSpan()];
            float[] expected = [.. whole.narrow(1, at, count).contiguous().FloatSpan()];
            for (int i = 0; i < cached.Length; i++) Assert.Equal(expected[i], cached[i], 1e-4f);
            at += count;
        }

        Assert.Equal(9, cache.Length);
        Assert.Contains("at most 16", Assert.Throws<ArgumentException>(
            () => model.Hidden(model.Embed(Tokens([.. tokens.Select(row => row[..8])])), cache)).Message);
        model.Dispose();
    }

    [Fact]
    public void Same_seed_gives_the_same_model_and_another_seed_another()
    {
        LlamaOptions options = Options(32, 4, 2, false);
        using var one = new Llama(options, seed: 7);
        using var same = new Llama(options, seed: 7);
        using var other = new Llama(options, seed: 8);

        Assert.Equal(one.EmbedTokens.FloatSpan().ToArray(), same.EmbedTokens.FloatSpan().ToArray());
        Assert.NotEqual(one.EmbedTokens.FloatSpan().ToArray(), other.EmbedTokens.FloatSpan().ToArray());
        Assert.Equal(options.ParameterCount, one.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Few_steps_of_training_learn_a_sequence_by_heart()
    {
        using var model = new Llama(Options(32, 4, 4, false), seed: 1);
        using var optimizer = torch.optim.AdamW(model.parameters(), 1e-2, weight_decay: 0);
        using Tensor tokens = Tokens([[5, 1, 4, 1, 5, 9, 2, 6]]).DetachFromDisposeScope();
        double first = 0, last = 0;
        for (int step = 0; step < 40; step++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            Tensor logits = model.call(tokens.narrow(1, 0, 7)).reshape(-1, V);
            Tensor loss = F.cross_entropy(logits, tokens.narrow(1, 1, 7).reshape(-1));
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            optimizer.step();
            last = loss.item<float>();
            first = step == 0 ? last : first;
        }

        Assert.InRange(first, 3, 5);
        Assert.InRange(last, 0, 0.2);
    }

    internal static LlamaOptions Options(int channels, int heads, int keyValueHeads, bool tied) => new()
    {
        VocabSize = V,
        HiddenSize = channels,
        IntermediateSize = 56,
        Layers = 2,
        Heads = heads,
        KeyValueHeads = keyValueHeads,
        MaxPositions = 64,
        TieWordEmbeddings = tied,
    };

    internal static (Llama Model, PlainLlama Plain) Make(int channels, int heads, int keyValueHeads, bool tied)
    {
        LlamaOptions options = Options(channels, heads, keyValueHeads, tied);
        Dictionary<string, float[]> weights = PlainLlama.RandomWeights(
            V, channels, options.IntermediateSize, options.Layers, keyValueHeads * options.HeadSize, tied, seed: 3);
        var model = new Llama(options, seed: null);
        List<(string Name, Parameter Value)> parameters = [.. model.named_parameters()];
        Assert.Equal(weights.Keys.Order(), parameters.Select(p => p.Name).Order());
        foreach ((string name, Parameter value) in parameters) weights[name].CopyTo(value.FloatSpan());
        var plain = new PlainLlama(weights)
        {
            Channels = channels,
            Layers = options.Layers,
            Heads = heads,
            KeyValueHeads = keyValueHeads,
            Epsilon = options.RmsNormEps,
        };
        return (model, plain);
    }

    internal static Tensor Tokens(int[][] rows)
    {
        Tensor tensor = torch.empty([rows.Length, rows[0].Length], ScalarType.Int64);
        Span<long> span = tensor.Int64Span();
        for (int i = 0; i < span.Length; i++) span[i] = rows[i / rows[0].Length][i % rows[0].Length];
        return tensor;
    }
}

using Kalm.Kernels.Embedding;
using Kalm.Native;
using Kalm.Native.Llm;

namespace Kalm.App.Tests.Embedding;

/// <summary>The decoder kernels against the model on libtorch, with the weights handed over by name.</summary>
public sealed class DecoderOnLlamaTests
{
    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 2)]
    public void Decoder_gives_the_hidden_states_and_logits_of_the_model(bool tied, int keyValueHeads)
    {
        LlamaOptions options = LlamaOptions.Preset("nano") with
        {
            VocabSize = 300,
            TieWordEmbeddings = tied,
            KeyValueHeads = keyValueHeads,
            InitializerRange = 0.1,
        };
        using var model = new Llama(options, seed: 4);
        using var decoder = new LlamaDecoder(
            new DecoderSizes
            {
                Channels = options.HiddenSize,
                Inner = options.IntermediateSize,
                Layers = options.Layers,
                Heads = options.Heads,
                KeyValueHeads = options.KeyValueHeads,
                Vocabulary = options.VocabSize,
                Positions = options.MaxPositions,
                NormEpsilon = options.RmsNormEps,
                RopeTheta = options.RopeTheta,
                TiedHead = options.TieWordEmbeddings,
            },
            threads: 2);
        model.VisitWeights(decoder.SetWeight);
        const int Batch = 5, Prompt = 7, Steps = 40;
        int c = options.HiddenSize, v = options.VocabSize;
        var random = new Random(8);
        long[] tokens = [.. Enumerable.Range(0, Batch * (Prompt + Steps)).Select(_ => (long)random.Next(v))];
        int Token(int sequence, int t) => (int)tokens[(sequence * (Prompt + Steps)) + t];

        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        Tensor whole = model.Hidden(model.Embed(torch.tensor(tokens, [Batch, Prompt + Steps])));
        Tensor last = whole.select(1, Prompt + Steps - 1).contiguous();

        float[] rows = new float[Batch * Prompt * c], hidden = new float[Batch * c], logits = new float[Batch * v];
        int[] prompt = [.. Enumerable.Range(0, Batch * Prompt).Select(i => Token(i / Prompt, i % Prompt))];
        decoder.EmbedTokens(prompt, rows);
        DecodeSession session = decoder.NewSession(Batch, Prompt + Steps);
        session.Prefill(rows, [.. Enumerable.Repeat(Prompt, Batch)], hidden);
        for (int t = Prompt; t < Prompt + Steps; t++)
        {
            decoder.EmbedTokens([.. Enumerable.Range(0, Batch).Select(b => Token(b, t))], rows.AsSpan(0, Batch * c));
            session.Step(rows.AsSpan(0, Batch * c), hidden);
        }

        decoder.Logits(hidden, logits);

        // both are float; sums of a few hundred terms through four layers in different orders
        AssertClose(last.FloatSpan(), hidden, 1e-4f);
        AssertClose(model.Logits(last).FloatSpan(), logits, 1e-4f);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance * (1 + Math.Abs(expected[i])));
    }
}

using Kalm.Native.Llm;

namespace Kalm.Native.Tests.Llm;

/// <summary>The batch of text and slots against the same computation written with tensors alone.</summary>
public sealed class MixedBatchTests
{
    private const int C = 32;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_equal_those_of_autograd_alone(bool tied)
    {
        (Llama model, _) = LlamaTests.Make(C, 4, 2, tied);
        var random = new Random(9);
        float[] slots = Values(random, 2 * C), upstream = Values(random, 2 * 6 * C);

        // text, slot, text; the second sequence is shorter and padded
        using var batch = new MixedBatch(model, 2, 6);
        batch.WriteTokens(0, 0, [4, 9, 4]);
        slots.AsSpan(0, C).CopyTo(batch.Inputs.Slice(3 * C, C));
        batch.WriteTokens(0, 4, [1, 2]);
        batch.WriteTokens(1, 0, [7]);
        slots.AsSpan(C, C).CopyTo(batch.Inputs.Slice(7 * C, C));
        batch.Forward();
        upstream.CopyTo(batch.HiddenGradient);
        int[] rows = [0, 1, 6], targets = [9, 4, 8];
        float[] weights = [0.5f, 0.25f, 1];
        double loss = batch.AddTokenLoss(rows, targets, weights);
        batch.Backward();
        float[] slotGradient =
            [.. batch.InputGradient.Slice(3 * C, C), .. batch.InputGradient.Slice(7 * C, C)];
        Dictionary<string, float[]> gradients = Gradients(model);

        using DisposeScope scope = torch.NewDisposeScope();
        model.zero_grad();
        Tensor leaf = torch.tensor(slots, [2, C]).with_requires_grad();
        Tensor zero = torch.zeros([1, C]);
        Tensor Text(params int[] ids) => model.Embed(LlamaTests.Tokens([ids])).view(-1, C);
        Tensor first = torch.cat([Text(4, 9, 4), leaf.narrow(0, 0, 1), Text(1, 2)]);
        Tensor second = torch.cat([Text(7), leaf.narrow(0, 1, 1), zero, zero, zero, zero]);
        Tensor hidden = model.Hidden(torch.stack([first, second]));
        Tensor logits = model.Logits(hidden.view(-1, C).index_select(0, torch.tensor(new long[] { 0, 1, 6 })));
        Tensor each = F.cross_entropy(logits, torch.tensor(new long[] { 9, 4, 8 }), reduction: Reduction.None);
        Tensor text = (each * torch.tensor(weights)).sum();
        (text + (hidden * torch.tensor(upstream, [2, 6, C])).sum()).backward();

        Assert.Equal(text.item<float>(), loss, 1e-5);
        AssertClose([.. leaf.grad!.FloatSpan()], slotGradient);
        foreach ((string name, float[] expected) in Gradients(model)) AssertClose(expected, gradients[name]);
        model.Dispose();
    }

    [Fact]
    public void Batch_can_be_used_again_and_evaluated_without_a_graph()
    {
        (Llama model, _) = LlamaTests.Make(C, 4, 4, false);
        using var batch = new MixedBatch(model, 1, 3);
        batch.WriteTokens(0, 0, [1, 2, 3]);
        batch.Forward(train: false);
        float[] hidden = [.. batch.Hidden];
        double loss = batch.AddTokenLoss([0, 1], [2, 3], [1, 1]);
        Assert.Throws<InvalidOperationException>(() => batch.AddTokenLoss([0], [2], [1]));

        batch.Reset();
        Assert.Throws<InvalidOperationException>(() => batch.Hidden.Length);
        batch.WriteTokens(0, 0, [1, 2, 3]);
        batch.Forward();
        Assert.Equal(hidden, batch.Hidden.ToArray());
        Assert.Equal(loss, batch.AddTokenLoss([0, 1], [2, 3], [1, 1]));
        batch.Backward();
        Assert.Contains(batch.InputGradient.ToArray(), g => g != 0);
        model.Dispose();
    }

    [Fact]
    public void Token_hits_count_the_rows_that_were_right()
    {
        (Llama model, _) = LlamaTests.Make(C, 4, 4, false);
        using var batch = new MixedBatch(model, 1, 3);
        batch.WriteTokens(0, 0, [1, 2, 3]);
        batch.Forward(train: false);
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        Tensor best = model.call(LlamaTests.Tokens([[1, 2, 3]])).argmax(-1);
        int right = (int)best.reshape(-1).Int64Span()[1];
        batch.AddTokenLoss([1, 2], [right, (int)((best.reshape(-1).Int64Span()[2] + 1) % 40)], [1, 1]);

        Assert.Equal(1, batch.TokenHits);
        model.Dispose();
    }

    [Fact]
    public void Batch_refuses_rows_and_tokens_outside_the_model()
    {
        (Llama model, _) = LlamaTests.Make(C, 4, 4, false);
        using var batch = new MixedBatch(model, 1, 3);

        Assert.Throws<ArgumentException>(() => batch.WriteTokens(0, 2, [1, 2]));
        Assert.Throws<ArgumentException>(() => batch.WriteTokens(1, 0, [1]));
        Assert.Contains("found 40", Assert.Throws<ArgumentException>(() => batch.WriteTokens(0, 0, [40])).Message);
        model.Dispose();
    }

    private static float[] Values(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];

    private static Dictionary<string, float[]> Gradients(Llama model) =>
        model.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.FloatSpan().ToArray());

    // the same operations in another order of additions
    private static void AssertClose(float[] expected, float[] found)
    {
        float scale = expected.Max(Math.Abs);
        Assert.NotEqual(0, scale);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-5f * (1 + scale));
    }
}

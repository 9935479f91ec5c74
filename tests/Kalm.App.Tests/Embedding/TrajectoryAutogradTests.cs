using Kalm.Kernels.Embedding;
using Kalm.Native;

namespace Kalm.App.Tests.Embedding;

/// <summary>Gradients and updates of the trajectory kernels against libtorch's autograd and AdamW.</summary>
public sealed class TrajectoryAutogradTests
{
    private const int C = 64;
    private const int ModelRows = 20;
    private static readonly int[] Rows = [4, 1, 19, 7, 8, 12, 0, 15, 3];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Heads_and_losses_have_the_gradients_of_autograd(bool mlp)
    {
        TrajectoryOptions options = Options(mlp);
        var heads = new TrajectoryHeads(options);
        var random = new Random(3);
        float[] hidden = Values(random, ModelRows * C), target = Values(random, Rows.Length * 10);
        float[] weights = [.. Rows.Select((_, i) => i == 2 ? 0 : 0.1f + (0.05f * i))];
        int[] actions = [.. Rows.Select(_ => random.Next(40))];

        // kernels
        float[] states = new float[Rows.Length * 10], dStates = new float[states.Length];
        float[] logits = new float[Rows.Length * 40], dLogits = new float[logits.Length];
        float[] hiddenGradient = new float[ModelRows * C];
        heads.PredictStates(hidden, Rows, states);
        heads.PredictActions(hidden, Rows, logits);
        double mse = SequenceLoss.MaskedMse(states, target, weights, dStates);
        double entropy = SequenceLoss.MaskedCrossEntropy(logits, actions, weights, dLogits);
        heads.BackwardStates(hidden, Rows, dStates, hiddenGradient);
        heads.BackwardActions(hidden, Rows, dLogits, hiddenGradient);

        // libtorch
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor h = torch.tensor(hidden, [ModelRows, C]).with_requires_grad();
        Tensor rows = h.index_select(0, torch.tensor(Rows.Select(r => (long)r).ToArray()));
        Tensor scale = torch.tensor(weights);
        Dictionary<string, Tensor> parameters = Parameters(heads.Weights);
        Tensor error = Map(rows, parameters, "state_head") - torch.tensor(target, [Rows.Length, 10]);
        Tensor torchMse = (error.pow(2).mean([1]) * scale).sum();
        Tensor each = F.cross_entropy(
            Map(rows, parameters, "action_head"),
            torch.tensor(actions.Select(a => (long)a).ToArray()),
            reduction: Reduction.None);
        Tensor torchEntropy = (each * scale).sum();
        (torchMse + torchEntropy).backward();

        Assert.Equal(torchMse.item<float>(), mse, 1e-5);
        Assert.Equal(torchEntropy.item<float>(), entropy, 1e-5);
        AssertClose(h.grad!.FloatSpan(), hiddenGradient);
        foreach (TrajectoryWeight weight in heads.Weights)
            AssertClose(parameters[weight.Name].grad!.FloatSpan(), Read(weight, TrajectoryPart.Gradient));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Encoders_have_the_gradients_and_updates_of_autograd(bool mlp)
    {
        TrajectoryOptions options = Options(mlp);
        var encoder = new TrajectoryEncoder(options);
        var random = new Random(4);
        float[] states = Values(random, Rows.Length * 10), upstream = Values(random, ModelRows * C);
        int[] actions = [.. Rows.Select(_ => random.Next(40))];
        encoder.BackwardStates(states, Rows, upstream);
        encoder.BackwardActions(actions, Rows, upstream);

        using DisposeScope scope = torch.NewDisposeScope();
        Dictionary<string, Tensor> parameters = Parameters(encoder.Weights);
        Tensor picked = torch.tensor(actions.Select(a => (long)a).ToArray());
        Tensor embedded = mlp
            ? Map(F.one_hot(picked, 40).to_type(ScalarType.Float32), parameters, "action_encoder")
            : parameters["action_encoder.weight"].index_select(0, picked);
        Tensor both = Map(torch.tensor(states, [Rows.Length, 10]), parameters, "state_encoder") + embedded;
        Tensor given = torch.tensor(upstream, [ModelRows, C])
            .index_select(0, torch.tensor(Rows.Select(r => (long)r).ToArray()));
        (both * given).sum().backward();
        foreach (TrajectoryWeight weight in encoder.Weights)
            AssertClose(parameters[weight.Name].grad!.FloatSpan(), Read(weight, TrajectoryPart.Gradient));

        // three steps of AdamW with the same gradient
        Parameter[] list = [.. parameters.Values.Cast<Parameter>()];
        using var optimizer = torch.optim.AdamW(list, 1e-2, weight_decay: 0.1);
        for (int t = 1; t <= 3; t++)
        {
            optimizer.step();
            encoder.Update(new Kernels.Learning.AdamOptions(1e-2), weightDecay: 0.1, t);
        }

        foreach (TrajectoryWeight weight in encoder.Weights)
            AssertClose(parameters[weight.Name].FloatSpan(), Read(weight, TrajectoryPart.Values));
    }

    private static TrajectoryOptions Options(bool mlp) => new()
    {
        Channels = C,
        Mlp = mlp,
        HiddenSize = 24,
        InitializerRange = 0.5,
        Seed = 2,
    };

    private static float[] Values(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];

    private static float[] Read(TrajectoryWeight weight, TrajectoryPart part)
    {
        float[] values = new float[weight.Count];
        weight.Read(part, values);
        return values;
    }

    private static Dictionary<string, Tensor> Parameters(IEnumerable<TrajectoryWeight> weights) => weights.ToDictionary(
        w => w.Name,
        Tensor (w) =>
        {
            float[] values = Read(w, TrajectoryPart.Values);
            return new Parameter(w.Rows == 1 ? torch.tensor(values) : torch.tensor(values, [w.Rows, w.Columns]));
        });

    private static Tensor Map(Tensor x, Dictionary<string, Tensor> parameters, string name)
    {
        if (parameters.TryGetValue(name + ".weight", out Tensor? weight))
            return x.matmul(weight) + parameters[name + ".bias"];
        Tensor inner = (x.matmul(parameters[name + ".0.weight"]) + parameters[name + ".0.bias"]).relu();
        return inner.matmul(parameters[name + ".2.weight"]) + parameters[name + ".2.bias"];
    }

    // 1e-5 of the largest number: single small ones are differences of larger terms
    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        float largest = 0;
        foreach (float value in expected) largest = Math.Max(largest, Math.Abs(value));
        Assert.NotEqual(0, largest);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-5f * largest);
    }
}

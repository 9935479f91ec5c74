using Kalm.Kernels.Embedding;
using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Tests.Embedding;

/// <summary>Encoders and heads against a plain double implementation and its central differences.</summary>
public sealed class TrajectoryGradientTests
{
    private const int C = 48;
    private const int Slots = 7;
    private const int ModelRows = 12;

    // rows in no order, and none twice
    private static readonly int[] Rows = [3, 0, 11, 5, 6, 9, 1];

    public static TheoryData<bool, int, int> Forms => new()
    {
        { false, 40, 0 },
        { true, 40, 0 },
        { false, 0, 4 },
        { true, 0, 4 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Encoder_writes_what_the_plain_map_gives(bool mlp, int count, int size)
    {
        TrajectoryOptions options = Options(mlp, count, size);
        var encoder = new TrajectoryEncoder(options);
        var random = new Random(5);
        float[] states = Values(random, Slots * options.StateSize);
        float[] actions = Actions(random, options, out int[] numbers);
        float[] inputs = new float[ModelRows * C];
        Array.Fill(inputs, 99);

        encoder.EncodeStates(states, Rows, inputs);
        AssertRows(inputs, Plain(encoder.Weights, "state_encoder", states, options.StateSize));
        Encode(encoder, options, actions, numbers, inputs);
        AssertRows(inputs, Plain(encoder.Weights, "action_encoder", actions, options.ActionOutputs));

        // rows that are no slots keep what they held
        foreach (int row in Enumerable.Range(0, ModelRows).Except(Rows))
            Assert.All(inputs[(row * C)..((row + 1) * C)], value => Assert.Equal(99, value));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Encoder_gradients_equal_central_differences(bool mlp, int count, int size)
    {
        TrajectoryOptions options = Options(mlp, count, size);
        var encoder = new TrajectoryEncoder(options);
        var random = new Random(6);
        float[] states = Values(random, Slots * options.StateSize);
        float[] actions = Actions(random, options, out int[] numbers);
        float[] gradient = Values(random, ModelRows * C);

        encoder.ClearGradients();
        encoder.BackwardStates(states, Rows, gradient);
        if (count > 0) encoder.BackwardActions(numbers, Rows, gradient);
        else encoder.BackwardActions(actions, Rows, gradient);

        AssertGradients(
            encoder.Weights, "state_encoder", states, options.StateSize, row => Row(gradient, Rows[row], C));
        AssertGradients(
            encoder.Weights, "action_encoder", actions, options.ActionOutputs, row => Row(gradient, Rows[row], C));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Head_gradients_equal_central_differences(bool mlp, int count, int size)
    {
        TrajectoryOptions options = Options(mlp, count, size);
        var heads = new TrajectoryHeads(options);
        var random = new Random(7);
        float[] hidden = Values(random, ModelRows * C);
        float[] rows = [.. Rows.SelectMany(row => Row(hidden, row, C))];
        float[] dStates = Values(random, Slots * options.StateSize);
        float[] dActions = Values(random, Slots * options.ActionOutputs);
        float[] hiddenGradient = new float[ModelRows * C];

        float[] predicted = new float[dStates.Length];
        heads.PredictStates(hidden, Rows, predicted);
        double[] expected = Plain(heads.Weights, "state_head", rows, C);
        for (int i = 0; i < predicted.Length; i++) Assert.Equal(expected[i], predicted[i], 1e-5);

        heads.ClearGradients();
        heads.BackwardStates(hidden, Rows, dStates, hiddenGradient);
        AssertInputGradient(heads.Weights, "state_head", hidden, options.StateSize, dStates, hiddenGradient);
        Array.Clear(hiddenGradient);
        heads.BackwardActions(hidden, Rows, dActions, hiddenGradient);
        AssertInputGradient(heads.Weights, "action_head", hidden, options.ActionOutputs, dActions, hiddenGradient);

        AssertGradients(heads.Weights, "state_head", rows, C, row => Row(dStates, row, options.StateSize));
        AssertGradients(heads.Weights, "action_head", rows, C, row => Row(dActions, row, options.ActionOutputs));
    }

    [Fact]
    public void Backward_adds_to_the_gradients_that_are_there()
    {
        TrajectoryOptions options = Options(false, 40, 0);
        var heads = new TrajectoryHeads(options);
        float[] hidden = Values(new Random(1), ModelRows * C);
        float[] dStates = Values(new Random(2), Slots * options.StateSize);
        float[] hiddenGradient = new float[ModelRows * C];
        heads.BackwardStates(hidden, Rows, dStates, hiddenGradient);
        float[] once = [.. hiddenGradient];
        double norm = heads.Weights.Sum(w => w.SquaredGradient());
        heads.BackwardStates(hidden, Rows, dStates, hiddenGradient);

        // adding twice rounds differently from doubling
        for (int i = 0; i < once.Length; i++) Assert.Equal(2 * once[i], hiddenGradient[i], 1e-5);
        Assert.Equal(4 * norm, heads.Weights.Sum(w => w.SquaredGradient()), 4e-5 * norm);
    }

    [Fact]
    public void Update_moves_weights_as_adamw_does()
    {
        TrajectoryOptions options = Options(false, 40, 0);
        var encoder = new TrajectoryEncoder(options);
        TrajectoryWeight weight = encoder.Weights.First();
        float[] before = new float[weight.Count], after = new float[weight.Count];
        float[] gradient = Values(new Random(3), weight.Count);
        weight.Read(TrajectoryPart.Values, before);
        weight.Write(TrajectoryPart.Gradient, gradient);
        encoder.Update(new AdamOptions(1e-2), weightDecay: 0.1, t: 1);
        weight.Read(TrajectoryPart.Values, after);

        // after one step from zero moments Adam moves each weight by the learning rate against its gradient's sign
        for (int i = 0; i < before.Length; i++)
            Assert.Equal((before[i] * (1 - (1e-2 * 0.1))) - (1e-2 * Math.Sign(gradient[i])), after[i], 1e-5);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(ModelRows)]
    public void Encoder_refuses_a_row_outside_the_model(int row)
    {
        var encoder = new TrajectoryEncoder(Options(false, 40, 0));

        var error = Assert.Throws<ArgumentException>(
            () => encoder.EncodeStates(new float[10], [row], new float[ModelRows * C]));
        Assert.Contains($"expected 0 to 11, found {row}", error.Message);
        Assert.Throws<ArgumentException>(() => encoder.EncodeActions([40], [0], new float[ModelRows * C]));
    }

    private static TrajectoryOptions Options(bool mlp, int count, int size) => new()
    {
        StateSize = 10,
        ActionCount = count,
        ActionSize = size,
        Channels = C,
        Mlp = mlp,
        HiddenSize = 24,
        InitializerRange = 0.5,
        Seed = 11,
    };

    private static float[] Values(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];

    // discrete actions as one-hot vectors for the plain map
    private static float[] Actions(Random random, TrajectoryOptions options, out int[] numbers)
    {
        numbers = [.. Enumerable.Range(0, Slots).Select(_ => random.Next(Math.Max(1, options.ActionCount)))];
        if (options.ActionCount == 0) return Values(random, Slots * options.ActionSize);
        float[] oneHot = new float[Slots * options.ActionCount];
        for (int i = 0; i < Slots; i++) oneHot[(i * options.ActionCount) + numbers[i]] = 1;
        return oneHot;
    }

    private static void Encode(
        TrajectoryEncoder encoder, TrajectoryOptions options, float[] actions, int[] numbers, float[] inputs)
    {
        if (options.ActionCount > 0) encoder.EncodeActions(numbers, Rows, inputs);
        else encoder.EncodeActions(actions, Rows, inputs);
    }

    private static float[] Row(float[] matrix, int row, int size) => matrix[(row * size)..((row + 1) * size)];

    // y = x W + b, or the two-layer form, in double
    private static double[] Plain(IEnumerable<TrajectoryWeight> weights, string name, float[] x, int inputs) =>
        Plain(Read(weights, name), [.. x.Select(v => (double)v)], inputs);

    private static List<(int Rows, int Columns, double[] Values)> Read(
        IEnumerable<TrajectoryWeight> weights, string name)
    {
        var list = new List<(int, int, double[])>();
        foreach (TrajectoryWeight weight in weights.Where(w => w.Name.StartsWith(name + ".", StringComparison.Ordinal)))
        {
            float[] values = new float[weight.Count];
            weight.Read(TrajectoryPart.Values, values);
            list.Add((weight.Rows, weight.Columns, [.. values.Select(v => (double)v)]));
        }

        return list;
    }

    private static double[] Plain(List<(int Rows, int Columns, double[] Values)> weights, double[] x, int inputs)
    {
        for (int layer = 0; layer < weights.Count; layer += 2)
        {
            (int rows, int columns, double[] w) = weights[layer];
            double[]? bias = layer + 1 < weights.Count ? weights[layer + 1].Values : null;
            Assert.Equal(inputs, rows);
            double[] y = new double[x.Length / rows * columns];
            for (int i = 0; i < y.Length; i++)
            {
                int row = i / columns, column = i % columns;
                double sum = bias?[column] ?? 0;
                for (int k = 0; k < rows; k++) sum += x[(row * rows) + k] * w[(k * columns) + column];
                y[i] = layer + 2 < weights.Count ? Math.Max(sum, 0) : sum;
            }

            (x, inputs) = (y, columns);
        }

        return x;
    }

    private static void AssertRows(float[] inputs, double[] expected)
    {
        // sums of at most 24 products of numbers below 1 in float
        for (int i = 0; i < Slots * C; i++) Assert.Equal(expected[i], inputs[(Rows[i / C] * C) + (i % C)], 1e-5);
    }

    // the loss is the inner product of the outputs with the gradient given to backward
    private static void AssertGradients(
        IEnumerable<TrajectoryWeight> all, string name, float[] x, int inputs, Func<int, float[]> dy)
    {
        double[] wide = [.. x.Select(v => (double)v)];
        double[] direction = [.. Enumerable.Range(0, Slots).SelectMany(dy).Select(v => (double)v)];
        var weights = Read(all, name);
        var kernels = all.Where(w => w.Name.StartsWith(name + ".", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(weights);
        for (int part = 0; part < weights.Count; part++)
        {
            float[] gradient = new float[kernels[part].Count];
            kernels[part].Read(TrajectoryPart.Gradient, gradient);
            double[] values = weights[part].Values;
            for (int i = 0; i < values.Length; i += 1 + (values.Length / 60))
            {
                double at = values[i];
                values[i] = at + 1e-5;
                double above = Inner(Plain(weights, wide, inputs), direction);
                values[i] = at - 1e-5;
                double below = Inner(Plain(weights, wide, inputs), direction);
                values[i] = at;

                // float sums over 7 slots and 48 channels
                double difference = (above - below) / 2e-5;
                Assert.Equal(difference, gradient[i], 1e-5 * (1 + Math.Abs(difference)));
            }
        }
    }

    private static void AssertInputGradient(
        IEnumerable<TrajectoryWeight> all, string name, float[] hidden, int outputs, float[] dy, float[] gradient)
    {
        var weights = Read(all, name);
        double[] direction = [.. dy.Select(v => (double)v)];
        for (int i = 0; i < hidden.Length; i += 5)
        {
            double above = Inner(Plain(weights, Shifted(hidden, i, 1e-5), C), direction);
            double below = Inner(Plain(weights, Shifted(hidden, i, -1e-5), C), direction);
            double difference = (above - below) / 2e-5;
            Assert.Equal(difference, gradient[i], 1e-5 * (1 + Math.Abs(difference)));
        }

        Assert.Equal(Slots * outputs, dy.Length);
    }

    private static double[] Shifted(float[] hidden, int index, double shift)
    {
        double[] wide = [.. hidden.Select(v => (double)v)];
        wide[index] += shift;
        return [.. Rows.SelectMany(row => wide[(row * C)..((row + 1) * C)])];
    }

    private static double Inner(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}

using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Tests.Learning;

public class LearnerTests
{
    // float gradients (relative 6e-8 per operation, sums of a few hundred terms) against central differences in double
    private const double GradientTolerance = 2e-5;

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    public void Bc_gradient_equals_central_differences(Activation activation)
    {
        NetworkShape shape = SmallData.Shape with { Activation = activation };
        using Transitions data = SmallData.Create(shape);
        using WorkTeam team = new(1);
        using GoalNetwork gradient = new(shape);
        using DiscreteBc bc = new(new() { BatchSize = 13, Seed = 4 }, shape, data, team, gradient);
        bc.Update();
        NaiveNetwork network = new(bc.Policy[0]);
        Assert.Equal(NaiveLosses.Bc(network, bc.Batch, shape, 0.5), bc.Losses[0], 1e-5);
        CheckGradient(network, gradient, () => NaiveLosses.Bc(network, bc.Batch, shape, 0.5));
    }

    [Theory]
    [InlineData(1, 0.99)]
    [InlineData(2, 0.99)]
    [InlineData(3, 1.0)]
    public void Cql_gradient_equals_central_differences(int critics, double gamma)
    {
        NetworkShape shape = SmallData.Shape;
        using Transitions data = SmallData.Create(shape);
        using WorkTeam team = new(1);
        GoalNetwork[] gradients = new GoalNetwork[critics];
        for (int c = 0; c < critics; c++) gradients[c] = new(shape);
        DiscreteCqlOptions options = new()
        {
            BatchSize = 13,
            Seed = 4,
            Critics = critics,
            Gamma = 0.99,
            OfficialGamma = gamma == 1,
        };
        using DiscreteCql cql = new(options, shape, data, team, gradients);
        cql.Update();
        NaiveNetwork[] networks = [.. cql.Policy.Select(x => new NaiveNetwork(x))];
        NaiveNetwork[] fixedOnes = [.. cql.Policy.Select(x => new NaiveNetwork(x))];
        double Loss() => NaiveLosses.Cql(networks, fixedOnes, fixedOnes, cql.Batch, shape, gamma, 10);
        Assert.Equal(Loss(), cql.Losses[0], 1e-4);
        for (int c = 0; c < critics; c++)
        {
            CheckGradient(networks[c], gradients[c], Loss);
            gradients[c].Dispose();
        }
    }

    [Theory]
    [InlineData("bc")]
    [InlineData("cql")]
    public void Threads_change_no_bit(string algorithm)
    {
        float[][] results = new float[3][];
        for (int i = 0; i < 3; i++)
        {
            using WorkTeam team = new(i + 1);
            using Transitions data = SmallData.Create(SmallData.Shape);
            using ILearner learner = Create(algorithm, data, team);
            for (int step = 0; step < 12; step++) learner.Update();
            results[i] = State(learner);
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Theory]
    [InlineData("bc")]
    [InlineData("cql")]
    public void Resume_continues_identically(string algorithm)
    {
        using WorkTeam team = new(1);
        using Transitions data = SmallData.Create(SmallData.Shape);
        using ILearner whole = Create(algorithm, data, team), first = Create(algorithm, data, team);
        using ILearner second = Create(algorithm, data, team);
        for (int step = 0; step < 9; step++) whole.Update();
        for (int step = 0; step < 4; step++) first.Update();

        // the copy has other numbers of its own before it resumes
        for (int step = 0; step < 2; step++) second.Update();
        for (int i = 0; i < first.Tensors.Count; i++)
        {
            float[] numbers = new float[first.Tensors[i].Length];
            first.Tensors[i].Read(numbers);
            second.Tensors[i].Write(numbers);
        }

        second.Resume(4);
        for (int step = 4; step < 9; step++) second.Update();
        Assert.Equal(State(whole), State(second));
    }

    [Theory]
    [InlineData("bc")]
    [InlineData("cql")]
    public void Updates_allocate_nothing(string algorithm)
    {
        using WorkTeam team = new(1);
        using Transitions data = SmallData.Create(SmallData.Shape);
        using ILearner learner = Create(algorithm, data, team);
        for (int step = 0; step < 6; step++) learner.Update();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 50; step++) learner.Update();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("bc")]
    [InlineData("cql")]
    public void Updates_lower_the_loss_on_a_small_set(string algorithm)
    {
        using WorkTeam team = new(2);
        using Transitions data = SmallData.Create(SmallData.Shape, rollouts: 3, imagined: 0);
        using ILearner learner = Create(algorithm, data, team);
        learner.Update();
        float first = learner.Losses[0];
        for (int step = 0; step < 300; step++) learner.Update();
        Assert.True(learner.Losses[0] < 0.8 * first, $"{first} -> {learner.Losses[0]}");
    }

    private static ILearner Create(string algorithm, Transitions data, WorkTeam team) => algorithm == "bc"
        ? new DiscreteBc(new() { BatchSize = 21, Seed = 2 }, SmallData.Shape, data, team)
        : new DiscreteCql(
            new() { BatchSize = 21, Seed = 2, Critics = 2, TargetUpdateInterval = 5, LearningRate = 1e-3 },
            SmallData.Shape, data, team);

    private static float[] State(ILearner learner)
    {
        List<float> all = [.. learner.Losses];
        foreach (LearnerTensor tensor in learner.Tensors)
        {
            float[] numbers = new float[tensor.Length];
            tensor.Read(numbers);
            all.AddRange(numbers);
        }

        return [.. all];
    }

    private static void CheckGradient(NaiveNetwork network, GoalNetwork gradient, Func<double> loss)
    {
        NaiveNetwork exact = new(gradient);
        double largest = exact.Weights.Concat(exact.Biases).Max(x => x.Max(Math.Abs));
        for (int layer = 0; layer < network.Weights.Length; layer++)
        {
            Check(network.Weights[layer], exact.Weights[layer]);
            Check(network.Biases[layer], exact.Biases[layer]);
        }

        void Check(double[] numbers, double[] derivative)
        {
            // every 17th number: the rest is covered by the comparison with libtorch
            for (int i = 0; i < numbers.Length; i += 17)
            {
                const double H = 1e-6;
                double at = numbers[i];
                numbers[i] = at + H;
                double up = loss();
                numbers[i] = at - H;
                double down = loss();
                numbers[i] = at;
                Assert.Equal((up - down) / (2 * H), derivative[i], GradientTolerance * Math.Max(largest, 1));
            }
        }
    }
}

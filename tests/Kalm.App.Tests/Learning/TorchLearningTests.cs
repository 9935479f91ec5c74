using Kalm.Benchmarks.Learning;
using Kalm.Kernels.Learning;

namespace Kalm.App.Tests.Learning;

/// <summary>The learning kernels beside libtorch: same weights, same batches.</summary>
public class TorchLearningTests
{
    // both sides sum a few hundred float products in different orders
    private const double GradientTolerance = 1e-4;
    private const double LossTolerance = 1e-4;

    [Theory]
    [InlineData(1, 32)]
    [InlineData(2, 37)]
    public void Cql_gradients_equal_autograd(int critics, int batch)
    {
        NetworkShape shape = new();
        using Transitions data = RandomData(shape);
        using WorkTeam team = new(2);
        GoalNetwork[] gradients = [.. Enumerable.Range(0, critics).Select(_ => new GoalNetwork(shape))];
        DiscreteCqlOptions options = new() { BatchSize = batch, Critics = critics, Seed = 3 };
        using DiscreteCql cql = new(options, shape, data, team, gradients);
        cql.Update();
        using TorchDiscreteCql other = new(options, cql.Policy);
        using (NewDisposeScope())
        {
            TorchTransitions transitions = TorchTransitions.Of(cql.Batch, shape);
            using Tensor all = arange(batch);
            (Tensor total, Tensor td, Tensor conservative) = other.Losses(transitions, all, all);
            total.backward();
            Close(td.item<float>(), cql.Losses[1]);
            Close(conservative.item<float>(), cql.Losses[2]);
            for (int c = 0; c < critics; c++) CompareGradients(other.Critics[c], gradients[c]);
        }

        foreach (GoalNetwork gradient in gradients) gradient.Dispose();
    }

    [Fact]
    public void Bc_gradients_equal_autograd()
    {
        NetworkShape shape = new();
        using Transitions data = RandomData(shape);
        using WorkTeam team = new(2);
        using GoalNetwork gradient = new(shape);
        DiscreteBcOptions options = new() { Seed = 3 };
        using DiscreteBc bc = new(options, shape, data, team, gradient);
        bc.Update();
        using TorchDiscreteBc other = new(options, bc.Policy[0]);
        using (NewDisposeScope())
        {
            TorchTransitions transitions = TorchTransitions.Of(bc.Batch, shape);
            using Tensor all = arange(options.BatchSize);
            (Tensor total, Tensor nll, Tensor penalty) = other.Losses(transitions, all, all);
            total.backward();
            Close(nll.item<float>(), bc.Losses[1]);
            Close(penalty.item<float>(), bc.Losses[2]);
            CompareGradients(other.Imitator, gradient);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Ten_cql_updates_have_the_losses_of_libtorch(int critics)
    {
        NetworkShape shape = new();
        using Transitions data = RandomData(shape);
        using WorkTeam team = new(2);

        // a large rate moves the losses, a short interval moves the targets within the ten updates
        DiscreteCqlOptions options = new()
        {
            Critics = critics,
            Seed = 5,
            LearningRate = 1e-3,
            TargetUpdateInterval = 4,
        };
        using DiscreteCql cql = new(options, shape, data, team);
        using TorchDiscreteCql other = new(options, cql.Policy);
        for (int step = 0; step < 10; step++)
        {
            cql.Update();
            using (NewDisposeScope())
            {
                TorchTransitions transitions = TorchTransitions.Of(cql.Batch, shape);
                Tensor all = arange(options.BatchSize);
                (Tensor total, _, _) = other.Losses(transitions, all, all);
                Close(total.item<float>(), cql.Losses[0]);
                other.Update(transitions, all, all);
            }
        }
    }

    [Fact]
    public void Ten_bc_updates_have_the_losses_of_libtorch()
    {
        NetworkShape shape = new();
        using Transitions data = RandomData(shape);
        using WorkTeam team = new(2);
        DiscreteBcOptions options = new() { Seed = 5 };
        using DiscreteBc bc = new(options, shape, data, team);
        using TorchDiscreteBc other = new(options, bc.Policy[0]);
        for (int step = 0; step < 10; step++)
        {
            bc.Update();
            using (NewDisposeScope())
            {
                TorchTransitions transitions = TorchTransitions.Of(bc.Batch, shape);
                Tensor all = arange(options.BatchSize);
                (Tensor total, _, _) = other.Losses(transitions, all, all);
                Close(total.item<float>(), bc.Losses[0]);
                other.Update(transitions, all, all);
            }
        }
    }

    private static void Close(float expected, float actual) =>
        Assert.Equal(expected, actual, LossTolerance * Math.Abs(expected));

    // relative to the largest gradient of the tensor
    private static void CompareGradients(TorchNetwork expected, GoalNetwork actual)
    {
        IEnumerable<LearnerTensor> tensors = LearnerTensor.Of("critic", actual);
        foreach ((Parameter parameter, LearnerTensor tensor) in expected.Parameters.Zip(tensors))
        {
            float[] numbers = new float[tensor.Length];
            tensor.Read(numbers);
            using Tensor gradient = parameter.grad!;
            Span<float> reference = Kalm.Native.TensorMemory.FloatSpan(gradient);
            Assert.Equal(reference.Length, numbers.Length);
            float largest = 0, difference = 0;
            for (int i = 0; i < numbers.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(reference[i]));
                difference = Math.Max(difference, Math.Abs(reference[i] - numbers[i]));
            }

            Assert.True(largest > 0, tensor.Name);
            Assert.True(difference <= GradientTolerance * largest, $"{tensor.Name}: {difference} of {largest}");
        }
    }

    private static Transitions RandomData(NetworkShape shape)
    {
        Random random = new(1);
        Transitions data = new(shape.StateSize, shape.GoalSize);
        for (int goal = 0; goal < 30; goal++) data.AddGoal(Numbers(shape.GoalSize, random));
        for (int rollout = 0; rollout < 60; rollout++)
        {
            if (rollout == 40) data.BeginImagined();
            int steps = 1 + random.Next(9);
            int[] actions = new int[steps];
            for (int i = 0; i < steps; i++) actions[i] = random.Next(shape.OutputSize);
            data.AddRollout(
                Numbers((steps + 1) * shape.StateSize, random), actions, Numbers(steps, random), rollout % 10 * 3, 3);
        }

        return data;
    }

    private static float[] Numbers(int count, Random random)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = (random.NextSingle() * 2) - 1;
        return numbers;
    }
}

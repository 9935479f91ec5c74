using Kalm.Kernels.Learning;

namespace Kalm.Benchmarks.Learning;

/// <summary>A data set as libtorch tensors, for the updates that Kalm is compared with.</summary>
internal sealed class TorchTransitions
{
    /// <summary>States, (transitions, state size).</summary>
    public required Tensor States { get; init; }

    /// <summary>Next states, (transitions, state size).</summary>
    public required Tensor NextStates { get; init; }

    /// <summary>Goal codes, (goals, goal size).</summary>
    public required Tensor Codes { get; init; }

    /// <summary>Actions, (transitions, 1).</summary>
    public required Tensor Actions { get; init; }

    /// <summary>Rewards, (transitions, 1).</summary>
    public required Tensor Rewards { get; init; }

    /// <summary>0 where terminal, else 1, (transitions, 1).</summary>
    public required Tensor Continues { get; init; }

    /// <summary>The batch of a Kalm learner as a data set of its own, whose transition i has goal code i.</summary>
    public static unsafe TorchTransitions Of(TransitionBatch batch, NetworkShape shape)
    {
        int count = batch.Count;
        float[] states = new float[count * shape.StateSize], next = new float[states.Length];
        float[] codes = new float[count * shape.GoalSize];
        long[] actions = new long[count];
        float[] rewards = new float[count], continues = new float[count];
        for (int row = 0; row < count; row++)
        {
            Copy(batch.States + (row * batch.StateStride), states, row, shape.StateSize);
            Copy(batch.NextStates + (row * batch.StateStride), next, row, shape.StateSize);
            Copy(batch.GoalCodes[row], codes, row, shape.GoalSize);
            actions[row] = batch.Actions[row];
            rewards[row] = batch.Rewards[row];
            continues[row] = batch.Continues[row];
        }

        return new()
        {
            States = tensor(states, [count, shape.StateSize]),
            NextStates = tensor(next, [count, shape.StateSize]),
            Codes = tensor(codes, [count, shape.GoalSize]),
            Actions = tensor(actions, [count, 1]),
            Rewards = tensor(rewards, [count, 1]),
            Continues = tensor(continues, [count, 1]),
        };
    }

    private static unsafe void Copy(float* source, float[] target, int row, int size) =>
        new ReadOnlySpan<float>(source, size).CopyTo(target.AsSpan(row * size, size));
}

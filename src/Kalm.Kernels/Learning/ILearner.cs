namespace Kalm.Kernels.Learning;

/// <summary>An offline RL algorithm over a data set: one call, one update.</summary>
public interface ILearner : IDisposable
{
    /// <summary>Updates done.</summary>
    long Steps { get; }

    /// <summary>The networks whose mean output, at its largest, is the greedy action.</summary>
    IReadOnlyList<GoalNetwork> Policy { get; }

    /// <summary>All state but <see cref="Steps"/>: weights, targets, moments.</summary>
    IReadOnlyList<LearnerTensor> Tensors { get; }

    /// <summary>Names of <see cref="Losses"/>; the first is what the update minimizes.</summary>
    IReadOnlyList<string> LossNames { get; }

    /// <summary>The losses of the last update, before its step.</summary>
    ReadOnlySpan<float> Losses { get; }

    /// <summary>One update on a fresh batch.</summary>
    void Update();

    /// <summary>
    /// Continues after <paramref name="steps"/> updates, once <see cref="Tensors"/> have been written.
    /// </summary>
    void Resume(long steps);
}

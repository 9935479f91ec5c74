using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// O_S and O_A: hidden states of the language model back to states and actions (KALM, arXiv 2404.09248, section 3.2).
/// Hidden rows (B*T, C) are read where they lie and their gradient is added where it belongs: no copy of a tensor.
/// </summary>
public sealed unsafe class TrajectoryHeads
{
    private readonly TrajectoryOptions _options;
    private readonly SlotMap _states;
    private readonly SlotMap _actions;
    private readonly RowTable _x = new();
    private readonly RowTable _dx = new();
    private readonly RowTable _y = new();

    /// <summary>Fresh heads.</summary>
    public TrajectoryHeads(TrajectoryOptions options)
    {
        options.Validate();
        _options = options;

        // another stream than the encoder's
        var random = new Random(unchecked(options.Seed + 0x5eed));
        int hidden = options.Mlp ? options.HiddenSize : 0;
        _states = new SlotMap("state_head", options.Channels, options.StateSize, hidden, random);
        _actions = new SlotMap("action_head", options.Channels, options.ActionOutputs, hidden, random);
    }

    /// <summary>All weights and biases.</summary>
    public IEnumerable<TrajectoryWeight> Weights => _states.Weights.Concat(_actions.Weights);

    /// <summary>States predicted from hidden rows.</summary>
    /// <param name="hidden">Hidden rows of the model, (B*T, C).</param>
    /// <param name="rows">Rows to read, n of them.</param>
    /// <param name="predicted">Receives (n, StateSize).</param>
    public void PredictStates(ReadOnlySpan<float> hidden, ReadOnlySpan<int> rows, Span<float> predicted) =>
        Predict(_states, _options.StateSize, hidden, rows, predicted);

    /// <summary>Logits of discrete actions, or continuous actions, from hidden rows.</summary>
    /// <param name="hidden">Hidden rows of the model, (B*T, C).</param>
    /// <param name="rows">Rows to read, n of them.</param>
    /// <param name="predicted">Receives (n, ActionOutputs).</param>
    public void PredictActions(ReadOnlySpan<float> hidden, ReadOnlySpan<int> rows, Span<float> predicted) =>
        Predict(_actions, _options.ActionOutputs, hidden, rows, predicted);

    /// <summary>Adds to the gradients of the state head's weights and of the hidden rows.</summary>
    /// <param name="hidden">As in <see cref="PredictStates"/>.</param>
    /// <param name="rows">As in <see cref="PredictStates"/>.</param>
    /// <param name="dPredicted">Gradient of the predictions, (n, StateSize).</param>
    /// <param name="hiddenGradient">Gradient of the hidden rows, (B*T, C); added to.</param>
    public void BackwardStates(
        ReadOnlySpan<float> hidden, ReadOnlySpan<int> rows, ReadOnlySpan<float> dPredicted,
        Span<float> hiddenGradient) =>
        Backward(_states, _options.StateSize, hidden, rows, dPredicted, hiddenGradient);

    /// <summary>Adds to the gradients of the action head's weights and of the hidden rows.</summary>
    /// <param name="hidden">As in <see cref="PredictActions"/>.</param>
    /// <param name="rows">As in <see cref="PredictActions"/>.</param>
    /// <param name="dPredicted">Gradient of the predictions, (n, ActionOutputs).</param>
    /// <param name="hiddenGradient">Gradient of the hidden rows, (B*T, C); added to.</param>
    public void BackwardActions(
        ReadOnlySpan<float> hidden, ReadOnlySpan<int> rows, ReadOnlySpan<float> dPredicted,
        Span<float> hiddenGradient) =>
        Backward(_actions, _options.ActionOutputs, hidden, rows, dPredicted, hiddenGradient);

    /// <summary>One AdamW step on all weights.</summary>
    /// <param name="options">Learning rate and the rest.</param>
    /// <param name="weightDecay">Decay, 0 for Adam.</param>
    /// <param name="t">Number of the step, from 1.</param>
    public void Update(in AdamOptions options, double weightDecay, long t)
    {
        foreach (TrajectoryWeight weight in Weights) weight.Update(options, weightDecay, t);
    }

    /// <summary>Sets all gradients to zero.</summary>
    public void ClearGradients()
    {
        foreach (TrajectoryWeight weight in Weights) weight.ClearGradient();
    }

    private void Predict(
        SlotMap map, int size, ReadOnlySpan<float> hidden, ReadOnlySpan<int> rows, Span<float> predicted)
    {
        TrajectoryEncoder.Check(predicted.Length, size, _options.Channels, rows, hidden.Length);
        fixed (float* from = hidden)
        {
            float** y = _y.Own(map.Stride, rows.Length);
            map.Forward(_x.Point(from, _options.Channels, rows), rows.Length, y);
            for (int i = 0; i < rows.Length; i++)
                new ReadOnlySpan<float>(y[i], size).CopyTo(predicted.Slice(i * size, size));
        }
    }

    private void Backward(
        SlotMap map, int size, ReadOnlySpan<float> hidden, ReadOnlySpan<int> rows, ReadOnlySpan<float> dPredicted,
        Span<float> hiddenGradient)
    {
        TrajectoryEncoder.Check(dPredicted.Length, size, _options.Channels, rows, hidden.Length);
        TrajectoryEncoder.Check(dPredicted.Length, size, _options.Channels, rows, hiddenGradient.Length);
        fixed (float* from = hidden, to = hiddenGradient)
        {
            float** dy = _y.Own(map.Stride, rows.Length);
            for (int i = 0; i < rows.Length; i++)
                dPredicted.Slice(i * size, size).CopyTo(new Span<float>(dy[i], size));
            float** x = _x.Point(from, _options.Channels, rows);
            map.Backward(x, dy, rows.Length, _dx.Point(to, _options.Channels, rows));
        }
    }
}

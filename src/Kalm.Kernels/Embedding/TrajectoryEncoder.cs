using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// E_S and E_A: states and actions into the token space of the language model (KALM, arXiv 2404.09248, section 3.2).
/// Slots are written straight into the model's input rows (B*T, C), wherever these lie, and gradients are read from
/// the rows' gradient: a tensor's storage is never copied.
/// </summary>
/// <remarks>
/// Default form of the released code: one linear layer for states (and continuous actions), an embedding for discrete
/// actions. Form of the paper: two layers; a discrete action then is a one-hot vector.
/// </remarks>
public sealed unsafe class TrajectoryEncoder
{
    private readonly TrajectoryOptions _options;
    private readonly SlotMap _states;
    private readonly SlotMap? _actions;
    private readonly TrajectoryWeight? _actionTable;
    private readonly RowTable _x = new();
    private readonly RowTable _y = new();

    /// <summary>Fresh encoders.</summary>
    public TrajectoryEncoder(TrajectoryOptions options)
    {
        options.Validate();
        _options = options;
        var random = new Random(options.Seed);
        int hidden = options.Mlp ? options.HiddenSize : 0;
        _states = new SlotMap("state_encoder", options.StateSize, options.Channels, hidden, random);
        if (options.ActionCount > 0 && !options.Mlp)
        {
            _actionTable = new TrajectoryWeight("action_encoder.weight", options.ActionCount, options.Channels);
            _actionTable.FillNormal(random, options.InitializerRange);
        }
        else
        {
            _actions = new SlotMap("action_encoder", options.ActionOutputs, options.Channels, hidden, random);
        }
    }

    /// <summary>All weights and biases.</summary>
    public IEnumerable<TrajectoryWeight> Weights =>
        _states.Weights.Concat(_actionTable is null ? _actions!.Weights : [_actionTable]);

    /// <summary>Writes the embeddings of states into their rows.</summary>
    /// <param name="states">Row-major (n, StateSize).</param>
    /// <param name="rows">Row of each state, b * T + t; n of them.</param>
    /// <param name="inputs">Input rows of the model, (B*T, C).</param>
    public void EncodeStates(ReadOnlySpan<float> states, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        Check(states.Length, _options.StateSize, rows, inputs.Length);
        Encode(_states, states, rows, inputs);
    }

    /// <summary>Writes the embeddings of discrete actions into their rows.</summary>
    /// <param name="actions">Action numbers, n of them.</param>
    /// <param name="rows">Row of each action.</param>
    /// <param name="inputs">Input rows of the model, (B*T, C).</param>
    public void EncodeActions(ReadOnlySpan<int> actions, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        CheckActions(actions);
        Check(actions.Length, 1, rows, inputs.Length);
        fixed (float* to = inputs)
        {
            float** y = _y.Point(to, _options.Channels, rows);
            if (_actionTable is not null) EmbeddingTable.Gather(_actionTable.Values, _options.Channels, actions, y);
            else _actions!.Forward(OneHot(actions), actions.Length, y);
        }
    }

    /// <summary>Writes the embeddings of continuous actions into their rows.</summary>
    /// <param name="actions">Row-major (n, ActionSize).</param>
    /// <param name="rows">Row of each action.</param>
    /// <param name="inputs">Input rows of the model, (B*T, C).</param>
    public void EncodeActions(ReadOnlySpan<float> actions, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        CheckContinuous();
        Check(actions.Length, _options.ActionSize, rows, inputs.Length);
        Encode(_actions!, actions, rows, inputs);
    }

    /// <summary>Adds the gradient that arrived at the state slots to the weights' gradients.</summary>
    /// <param name="states">As in <see cref="EncodeStates"/>.</param>
    /// <param name="rows">As in <see cref="EncodeStates"/>.</param>
    /// <param name="inputGradient">Gradient of the input rows, (B*T, C).</param>
    public void BackwardStates(ReadOnlySpan<float> states, ReadOnlySpan<int> rows, ReadOnlySpan<float> inputGradient)
    {
        Check(states.Length, _options.StateSize, rows, inputGradient.Length);
        Backward(_states, states, rows, inputGradient);
    }

    /// <summary>Adds the gradient that arrived at the slots of discrete actions to the weights' gradients.</summary>
    /// <param name="actions">Action numbers.</param>
    /// <param name="rows">Row of each action.</param>
    /// <param name="inputGradient">Gradient of the input rows, (B*T, C).</param>
    public void BackwardActions(ReadOnlySpan<int> actions, ReadOnlySpan<int> rows, ReadOnlySpan<float> inputGradient)
    {
        CheckActions(actions);
        Check(actions.Length, 1, rows, inputGradient.Length);
        fixed (float* from = inputGradient)
        {
            float** dy = _y.Point(from, _options.Channels, rows);
            if (_actionTable is not null)
                EmbeddingTable.ScatterAdd(_actionTable.Gradient, _options.Channels, actions, dy);
            else
                _actions!.Backward(OneHot(actions), dy, actions.Length, null);
        }
    }

    /// <summary>Adds the gradient that arrived at the slots of continuous actions to the weights' gradients.</summary>
    /// <param name="actions">Row-major (n, ActionSize).</param>
    /// <param name="rows">Row of each action.</param>
    /// <param name="inputGradient">Gradient of the input rows, (B*T, C).</param>
    public void BackwardActions(ReadOnlySpan<float> actions, ReadOnlySpan<int> rows, ReadOnlySpan<float> inputGradient)
    {
        CheckContinuous();
        Check(actions.Length, _options.ActionSize, rows, inputGradient.Length);
        Backward(_actions!, actions, rows, inputGradient);
    }

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

    /// <summary>Checks that slots and rows fit together and lie inside the model's rows.</summary>
    internal static void Check(int length, int size, int channels, ReadOnlySpan<int> rows, int inputs)
    {
        if (length != rows.Length * size)
            throw new ArgumentException($"slots: expected {rows.Length} of {size} numbers each, found {length}");
        foreach (int row in rows)
        {
            if (row < 0 || (long)(row + 1) * channels > inputs)
                throw new ArgumentException($"row: expected 0 to {(inputs / channels) - 1}, found {row}");
        }
    }

    private void Encode(SlotMap map, ReadOnlySpan<float> values, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        fixed (float* from = values, to = inputs)
        {
            float** x = _x.Point(from, map.Inputs, rows.Length);
            map.Forward(x, rows.Length, _y.Point(to, _options.Channels, rows));
        }
    }

    private void Backward(SlotMap map, ReadOnlySpan<float> values, ReadOnlySpan<int> rows, ReadOnlySpan<float> gradient)
    {
        fixed (float* from = values, dy = gradient)
        {
            float** x = _x.Point(from, map.Inputs, rows.Length);
            map.Backward(x, _y.Point(dy, _options.Channels, rows), rows.Length, null);
        }
    }

    private float** OneHot(ReadOnlySpan<int> actions)
    {
        float** x = _x.Own(ChannelMath.Pad(_options.ActionCount), actions.Length);
        for (int i = 0; i < actions.Length; i++) x[i][actions[i]] = 1;
        return x;
    }

    private void Check(int length, int size, ReadOnlySpan<int> rows, int inputs) =>
        Check(length, size, _options.Channels, rows, inputs);

    private void CheckActions(ReadOnlySpan<int> actions)
    {
        if (_options.ActionCount == 0)
            throw new InvalidOperationException("the actions of this encoder are continuous");
        foreach (int action in actions)
        {
            if ((uint)action >= (uint)_options.ActionCount)
                throw new ArgumentException($"action: expected 0 to {_options.ActionCount - 1}, found {action}");
        }
    }

    private void CheckContinuous()
    {
        if (_options.ActionCount > 0) throw new InvalidOperationException("the actions of this encoder are discrete");
    }
}

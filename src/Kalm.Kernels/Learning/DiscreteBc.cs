using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Learning;

/// <summary>
/// Behavioral cloning of discrete actions, as d3rlpy's DiscreteBC has it:
/// loss = batch mean of -log softmax(logits)[a] + beta * mean of logit^2 over batch and actions.
/// </summary>
public sealed unsafe class DiscreteBc : ILearner
{
    private static readonly string[] Names = ["loss", "nll_loss", "logit_penalty", "accuracy"];
    private readonly Arena _arena = new();
    private readonly DiscreteBcOptions _options;
    private readonly Transitions _data;
    private readonly WorkTeam _team;
    private readonly NetworkShape _shape;
    private readonly Action<int> _work;
    private readonly GoalNetwork _imitator;
    private readonly AdamOptimizer _adam;
    private readonly NetworkPass _logits;
    private readonly TransitionBatch _batch;
    private readonly float[] _losses = new float[4];
    private readonly float* _nll;
    private readonly float* _squares;
    private readonly float* _hit;
    private readonly GoalNetwork? _gradientOnly;

    /// <summary>Prepares the network and memory; nothing is allocated after this.</summary>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="shape">Sizes of the network; outputs are actions.</param>
    /// <param name="data">Transitions; not changed while the algorithm lives.</param>
    /// <param name="team">Threads of an update.</param>
    public DiscreteBc(DiscreteBcOptions options, NetworkShape shape, Transitions data, WorkTeam team)
        : this(options, shape, data, team, null)
    {
    }

    /// <summary>As the public constructor; with <paramref name="gradient"/> an update only writes it.</summary>
    internal DiscreteBc(
        DiscreteBcOptions options, NetworkShape shape, Transitions data, WorkTeam team, GoalNetwork? gradient)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.StateSize, shape.StateSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.GoalSize, shape.GoalSize);
        (_options, _shape, _data, _team, _gradientOnly) = (options, shape, data, team, gradient);
        _work = Work;
        _batch = new(shape, options.BatchSize, _arena);
        _imitator = new(shape);
        _imitator.Initialize(options.Seed, 0);
        _adam = new(_imitator, new AdamOptions(options.LearningRate));
        _logits = new(_imitator, options.BatchSize, _arena, backward: true);
        _nll = _arena.Allocate<float>(options.BatchSize);
        _squares = _arena.Allocate<float>(options.BatchSize);
        _hit = _arena.Allocate<float>(options.BatchSize);
        Policy = [_imitator];
        Tensors =
        [
            .. LearnerTensor.Of("imitator", _imitator),
            .. LearnerTensor.Of("adam.first", _adam.FirstMoment),
            .. LearnerTensor.Of("adam.second", _adam.SecondMoment),
        ];
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<GoalNetwork> Policy { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LearnerTensor> Tensors { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> LossNames => Names;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Losses => _losses;

    /// <summary>The batch of the last update.</summary>
    internal TransitionBatch Batch => _batch;

    /// <inheritdoc/>
    public void Update()
    {
        _batch.Sample(_data, _options.Mix, _options.Seed, Steps);
        _team.Run(_work);
        SumLosses();
        if (_gradientOnly == null) Steps++;
    }

    /// <inheritdoc/>
    public void Resume(long steps) => Steps = steps;

    /// <inheritdoc/>
    public void Dispose()
    {
        _adam.Dispose();
        _imitator.Dispose();
        _arena.Dispose();
    }

    // columns, rows, columns: each part needs all of the one before
    private void Work(int member)
    {
        Share panels = _team.ShareOf(_logits.Panels(0), member);
        _logits.Goals(_batch.GoalCodes, panels);
        _logits.FirstLayer(_batch.States, _batch.StateStride, _logits.GoalPart, panels);
        _logits.TransposeWeights(_team, member);
        _batch.FillStrips(_team.ShareOf(_batch.StripCount, member));
        _team.Barrier();

        Share blocks = _team.ShareOf((_batch.Count + 7) / 8, member);
        Share rows = new(Math.Min(blocks.First * 8, _batch.Count), Math.Min(blocks.End * 8, _batch.Count));
        _logits.Forward(rows);
        for (int row = rows.First; row < rows.End; row++) Loss(row);
        _logits.Backward(rows);
        _team.Barrier();

        if (_gradientOnly == null) _logits.Step(_adam, _adam.At(Steps + 1), _batch.Inputs, _team, member);
        else if (member == 0) _logits.WeightGradients(_gradientOnly, _batch.Inputs);
    }

    // loss of one transition and its gradient at the logits
    private void Loss(int row)
    {
        int a = _batch.Actions[row], greedy = 0, actions = _shape.OutputSize;
        float* logits = _logits.Output + (row * _logits.OutputStride);
        float* dLogits = _logits.OutputGradient + (row * _logits.OutputStride);
        float logSumExp = SoftmaxRow.Run(logits, actions, dLogits), squares = 0;
        _nll[row] = logSumExp - logits[a];
        dLogits[a] -= 1;

        // d nll = (softmax - onehot) / batch, d penalty = 2 beta logit / (batch actions)
        float share = 1f / _batch.Count, penalty = 2 * (float)_options.Beta / (_batch.Count * actions);
        for (int k = 0; k < actions; k++)
        {
            squares += logits[k] * logits[k];
            dLogits[k] = (share * dLogits[k]) + (penalty * logits[k]);
            if (logits[k] > logits[greedy]) greedy = k;
        }

        _squares[row] = squares;
        _hit[row] = greedy == a ? 1 : 0;
    }

    private void SumLosses()
    {
        float nll = 0, squares = 0, hits = 0;
        for (int row = 0; row < _batch.Count; row++)
        {
            nll += _nll[row];
            squares += _squares[row];
            hits += _hit[row];
        }

        _losses[1] = nll / _batch.Count;
        _losses[2] = squares / (_batch.Count * _shape.OutputSize);
        _losses[0] = _losses[1] + ((float)_options.Beta * _losses[2]);
        _losses[3] = hits / _batch.Count;
    }
}

using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Learning;

/// <summary>
/// Conservative Q-learning for discrete actions: the CQL(H) loss of Kumar et al. (arXiv 2006.04779, equation 4) on a
/// double DQN (van Hasselt et al., arXiv 1509.06461), as d3rlpy's DiscreteCQL composes them:
/// loss = sum over critics of huber(Q_c(s, a) - y) + alpha (log sum exp Q(s, .) - Q(s, a)), batch mean, Q without index
/// the critics' mean, y = r + gamma (1 - terminal) min over target critics of Q'_c(s', argmax Q(s', .)).
/// </summary>
/// <remarks>
/// The same numbers with less work: s and s' share their goal code, so its part of the first layer is computed once;
/// the target critics' part is kept per goal until their next hard update; no gradient of a weight goes through memory.
/// </remarks>
public sealed unsafe class DiscreteCql : ILearner
{
    private static readonly string[] Names = ["loss", "td_loss", "conservative_loss"];
    private readonly Arena _arena = new();
    private readonly DiscreteCqlOptions _options;
    private readonly Transitions _data;
    private readonly WorkTeam _team;
    private readonly NetworkShape _shape;
    private readonly Action<int> _work;
    private readonly GoalNetwork[] _critics;
    private readonly GoalNetwork[] _targets;
    private readonly AdamOptimizer[] _adams;
    private readonly NetworkPass[] _q;
    private readonly NetworkPass[] _qNext;
    private readonly NetworkPass[] _qTarget;
    private readonly GoalPartCache[] _targetGoals;
    private readonly TransitionBatch _batch;
    private readonly float[] _losses = new float[3];
    private readonly float* _tdLoss;
    private readonly float* _conservativeLoss;
    private readonly float* _values;
    private readonly float* _policy;
    private readonly int _valueStride;
    private readonly GoalNetwork[]? _gradientsOnly;

    /// <summary>Prepares critics, targets and memory; nothing is allocated after this.</summary>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="shape">Sizes of the critics; outputs are actions.</param>
    /// <param name="data">Transitions; not changed while the algorithm lives.</param>
    /// <param name="team">Threads of an update.</param>
    public DiscreteCql(DiscreteCqlOptions options, NetworkShape shape, Transitions data, WorkTeam team)
        : this(options, shape, data, team, null)
    {
    }

    /// <summary>As the public constructor; with <paramref name="gradients"/> an update only writes them.</summary>
    internal DiscreteCql(
        DiscreteCqlOptions options, NetworkShape shape, Transitions data, WorkTeam team, GoalNetwork[]? gradients)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Critics, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TargetUpdateInterval, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.StateSize, shape.StateSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.GoalSize, shape.GoalSize);
        (_options, _shape, _data, _team, _gradientsOnly) = (options, shape, data, team, gradients);
        _work = Work;
        _batch = new(shape, options.BatchSize, _arena);
        int count = options.Critics;
        _critics = new GoalNetwork[count];
        _targets = new GoalNetwork[count];
        _adams = new AdamOptimizer[count];
        (_q, _qNext, _qTarget) = (new NetworkPass[count], new NetworkPass[count], new NetworkPass[count]);
        _targetGoals = new GoalPartCache[count];
        for (int c = 0; c < count; c++)
        {
            _critics[c] = new(shape);
            _critics[c].Initialize(options.Seed, (ulong)c);
            _targets[c] = new(shape);
            _targets[c].CopyFrom(_critics[c]);
            _adams[c] = new(_critics[c], new AdamOptions(options.LearningRate));
            _q[c] = new(_critics[c], options.BatchSize, _arena, backward: true);
            _qNext[c] = new(_critics[c], options.BatchSize, _arena, backward: false);
            _qTarget[c] = new(_targets[c], options.BatchSize, _arena, backward: false);
            _targetGoals[c] = new(_targets[c], data.GoalCount, options.BatchSize, _arena);
        }

        _valueStride = PackedMatrix.PaddedColumns(shape.OutputSize);
        _values = _arena.Allocate<float>((nint)options.BatchSize * _valueStride);
        _policy = _arena.Allocate<float>((nint)options.BatchSize * _valueStride);
        _tdLoss = _arena.Allocate<float>(options.BatchSize);
        _conservativeLoss = _arena.Allocate<float>(options.BatchSize);
        Tensors = ListTensors();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<GoalNetwork> Policy => _critics;

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
        foreach (GoalPartCache cache in _targetGoals) cache.Prepare(_batch);
        _team.Run(_work);
        SumLosses();
        if (_gradientsOnly != null) return;

        Steps++;
        if (Steps % _options.TargetUpdateInterval == 0) UpdateTargets();
    }

    /// <inheritdoc/>
    public void Resume(long steps)
    {
        Steps = steps;
        foreach (GoalPartCache cache in _targetGoals) cache.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int c = 0; c < _critics.Length; c++)
        {
            _adams[c].Dispose();
            _targets[c].Dispose();
            _critics[c].Dispose();
        }

        _arena.Dispose();
    }

    // columns, rows, columns: each part needs all of the one before
    private void Work(int member)
    {
        FirstLayers(member);
        _team.Barrier();
        Share blocks = _team.ShareOf((_batch.Count + 7) / 8, member);
        Share rows = new(Math.Min(blocks.First * 8, _batch.Count), Math.Min(blocks.End * 8, _batch.Count));
        for (int c = 0; c < _critics.Length; c++)
        {
            _qNext[c].Forward(rows);
            _qTarget[c].Forward(rows);
            _q[c].Forward(rows);
        }

        for (int row = rows.First; row < rows.End; row++) Loss(row);
        foreach (NetworkPass q in _q) q.Backward(rows);
        _team.Barrier();
        Step(member);
    }

    private void FirstLayers(int member)
    {
        Share panels = _team.ShareOf(_q[0].Panels(0), member);
        for (int c = 0; c < _critics.Length; c++)
        {
            // s and s' have the same goal: its part of the first layer serves both
            _q[c].Goals(_batch.GoalCodes, panels);
            _q[c].FirstLayer(_batch.States, _batch.StateStride, _q[c].GoalPart, panels);
            _qNext[c].FirstLayer(_batch.NextStates, _batch.StateStride, _q[c].GoalPart, panels);
            _targetGoals[c].Fill(_batch, _qTarget[c].GoalPart, _qTarget[c].GoalStride, panels);
            _qTarget[c].FirstLayer(_batch.NextStates, _batch.StateStride, _qTarget[c].GoalPart, panels);
            _q[c].TransposeWeights(_team, member);
        }

        _batch.FillStrips(_team.ShareOf(_batch.StripCount, member));
    }

    // loss of one transition and its gradient at every critic's outputs
    private void Loss(int row)
    {
        int a = _batch.Actions[row], count = _batch.Count, critics = _critics.Length;
        float gamma = _options.OfficialGamma ? 1 : (float)_options.Gamma;
        float y = _batch.Rewards[row] + (gamma * _batch.Continues[row] * NextValue(row));

        // conservative loss on the mean critic: log sum exp Q(s, .) - Q(s, a)
        float* mean = _values + (row * _valueStride), softmax = _policy + (row * _valueStride);
        Mean(_q, row, mean);
        float logSumExp = SoftmaxRow.Run(mean, _shape.OutputSize, softmax);
        _conservativeLoss[row] = logSumExp - mean[a];

        // d/dQ_c: alpha (softmax - onehot) / (batch critics) everywhere, the clipped TD error / batch at a
        float weight = (float)_options.Alpha / (count * critics), huber = 0;
        foreach (NetworkPass q in _q)
        {
            float* dq = q.OutputGradient + (row * q.OutputStride);
            for (int k = 0; k < _shape.OutputSize; k++) dq[k] = weight * softmax[k];
            float error = q.Output[(row * q.OutputStride) + a] - y, size = Math.Abs(error);
            huber += size < 1 ? 0.5f * error * error : size - 0.5f;
            dq[a] += (Math.Clamp(error, -1, 1) / count) - weight;
        }

        _tdLoss[row] = huber;
    }

    // double DQN: the critics choose the next action, the target critics value it
    private float NextValue(int row)
    {
        float* mean = _values + (row * _valueStride);
        Mean(_qNext, row, mean);
        int greedy = 0;
        for (int k = 1; k < _shape.OutputSize; k++)
        {
            if (mean[k] > mean[greedy]) greedy = k;
        }

        float value = float.PositiveInfinity;
        foreach (NetworkPass target in _qTarget)
            value = Math.Min(value, target.Output[(row * target.OutputStride) + greedy]);
        return value;
    }

    private void Mean(NetworkPass[] critics, int row, float* mean)
    {
        float share = 1f / critics.Length;
        for (int k = 0; k < _shape.OutputSize; k++)
        {
            float sum = 0;
            foreach (NetworkPass critic in critics) sum += critic.Output[(row * critic.OutputStride) + k];
            mean[k] = sum * share;
        }
    }

    private void Step(int member)
    {
        AdamStep step = _adams[0].At(Steps + 1);
        for (int c = 0; c < _critics.Length; c++)
        {
            if (_gradientsOnly == null) _q[c].Step(_adams[c], step, _batch.Inputs, _team, member);
            else if (member == 0) _q[c].WeightGradients(_gradientsOnly[c], _batch.Inputs);
        }
    }

    private void SumLosses()
    {
        float td = 0, conservative = 0;
        for (int row = 0; row < _batch.Count; row++)
        {
            td += _tdLoss[row];
            conservative += _conservativeLoss[row];
        }

        _losses[1] = td / _batch.Count;
        _losses[2] = conservative / _batch.Count;
        _losses[0] = _losses[1] + ((float)_options.Alpha * _losses[2]);
    }

    private void UpdateTargets()
    {
        for (int c = 0; c < _critics.Length; c++)
        {
            _targets[c].CopyFrom(_critics[c]);
            _targetGoals[c].Clear();
        }
    }

    private List<LearnerTensor> ListTensors()
    {
        List<LearnerTensor> tensors = [];
        for (int c = 0; c < _critics.Length; c++)
        {
            tensors.AddRange(LearnerTensor.Of($"critics.{c}", _critics[c]));
            tensors.AddRange(LearnerTensor.Of($"targets.{c}", _targets[c]));
            tensors.AddRange(LearnerTensor.Of($"adam.first.{c}", _adams[c].FirstMoment));
            tensors.AddRange(LearnerTensor.Of($"adam.second.{c}", _adams[c].SecondMoment));
        }

        return tensors;
    }
}

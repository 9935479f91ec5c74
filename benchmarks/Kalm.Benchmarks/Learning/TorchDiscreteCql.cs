using Kalm.Kernels.Learning;

namespace Kalm.Benchmarks.Learning;

/// <summary>
/// The update of <see cref="DiscreteCql"/> in libtorch tensors: one forward pass of each critic serves both losses,
/// targets are made without autograd, Adam is one fused native pass.
/// </summary>
internal sealed class TorchDiscreteCql : IDisposable
{
    private readonly DiscreteCqlOptions _options;
    private readonly TorchNetwork[] _critics;
    private readonly TorchNetwork[] _targets;
    private readonly Adam _adam;
    private long _steps;

    /// <summary>Starts from the critics of a Kalm learner.</summary>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="critics">The critics to copy.</param>
    public TorchDiscreteCql(DiscreteCqlOptions options, IReadOnlyList<GoalNetwork> critics)
    {
        _options = options;
        _critics = [.. critics.Select(x => new TorchNetwork(x, trained: true))];
        _targets = [.. critics.Select(x => new TorchNetwork(x, trained: false))];
        _adam = optim.Adam(_critics.SelectMany(x => x.Parameters), options.LearningRate);
    }

    /// <summary>The critics' parameters.</summary>
    public IReadOnlyList<TorchNetwork> Critics => _critics;

    /// <summary>One update.</summary>
    /// <param name="data">Transitions.</param>
    /// <param name="index">Transitions of the batch, (batch).</param>
    /// <param name="goals">Their goal codes, (batch).</param>
    public void Update(TorchTransitions data, Tensor index, Tensor goals)
    {
        using (NewDisposeScope())
        {
            Losses(data, index, goals).Total.backward();
            _adam.step();
            _adam.zero_grad();
        }

        if (++_steps % _options.TargetUpdateInterval != 0) return;
        for (int c = 0; c < _critics.Length; c++) _targets[c].CopyFrom(_critics[c]);
    }

    /// <summary>The losses of a batch, with autograd.</summary>
    public (Tensor Total, Tensor Td, Tensor Conservative) Losses(TorchTransitions data, Tensor index, Tensor goals)
    {
        Tensor code = data.Codes.index_select(0, goals), action = data.Actions.index_select(0, index);
        Tensor state = cat([data.States.index_select(0, index), code], 1);
        Tensor y;
        using (no_grad())
        {
            Tensor next = cat([data.NextStates.index_select(0, index), code], 1);
            Tensor greedy = Mean([.. _critics.Select(x => x.Forward(next))]).argmax(1, keepdim: true);
            Tensor value = _targets[0].Forward(next).gather(1, greedy);
            for (int c = 1; c < _targets.Length; c++)
                value = value.minimum(_targets[c].Forward(next).gather(1, greedy));
            double gamma = _options.OfficialGamma ? 1 : _options.Gamma;
            y = data.Rewards.index_select(0, index)
                + (data.Continues.index_select(0, index).mul_(gamma) * value);
        }

        Tensor[] q = [.. _critics.Select(x => x.Forward(state))];
        Tensor td = F.huber_loss(q[0].gather(1, action), y);
        for (int c = 1; c < q.Length; c++) td = td + F.huber_loss(q[c].gather(1, action), y);

        // log sum exp - value at a is cross entropy
        Tensor conservative = F.cross_entropy(Mean(q), action.squeeze(1));
        return (td + (conservative * _options.Alpha), td, conservative);
    }

    /// <summary>Frees the optimizer and the weights.</summary>
    public void Dispose()
    {
        _adam.Dispose();
        foreach (TorchNetwork network in _critics.Concat(_targets))
        {
            foreach (Parameter parameter in network.Parameters) parameter.Dispose();
        }
    }

    private static Tensor Mean(Tensor[] values)
    {
        if (values.Length == 1) return values[0];
        Tensor sum = values[0];
        for (int c = 1; c < values.Length; c++) sum = sum + values[c];
        return sum / values.Length;
    }
}

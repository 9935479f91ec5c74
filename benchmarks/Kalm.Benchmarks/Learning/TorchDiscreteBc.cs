using Kalm.Kernels.Learning;

namespace Kalm.Benchmarks.Learning;

/// <summary>The update of <see cref="DiscreteBc"/> in libtorch tensors, with Adam as one fused native pass.</summary>
internal sealed class TorchDiscreteBc : IDisposable
{
    private readonly DiscreteBcOptions _options;
    private readonly Adam _adam;

    /// <summary>Starts from the network of a Kalm learner.</summary>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="imitator">The network to copy.</param>
    public TorchDiscreteBc(DiscreteBcOptions options, GoalNetwork imitator)
    {
        _options = options;
        Imitator = new(imitator, trained: true);
        _adam = optim.Adam(Imitator.Parameters, options.LearningRate);
    }

    /// <summary>The network.</summary>
    public TorchNetwork Imitator { get; }

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
    }

    /// <summary>The losses of a batch, with autograd.</summary>
    public (Tensor Total, Tensor Nll, Tensor Penalty) Losses(TorchTransitions data, Tensor index, Tensor goals)
    {
        Tensor state = cat([data.States.index_select(0, index), data.Codes.index_select(0, goals)], 1);
        Tensor logits = Imitator.Forward(state);
        Tensor nll = F.cross_entropy(logits, data.Actions.index_select(0, index).squeeze(1));
        Tensor penalty = logits.square().mean();
        return (nll + (penalty * _options.Beta), nll, penalty);
    }

    /// <summary>Frees the optimizer and the weights.</summary>
    public void Dispose()
    {
        _adam.Dispose();
        foreach (Parameter parameter in Imitator.Parameters) parameter.Dispose();
    }
}

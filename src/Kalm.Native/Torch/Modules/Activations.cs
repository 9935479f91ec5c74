namespace Kalm.Native.Torch.Modules;

/// <summary>Sets elements to zero at random in training.</summary>
public sealed class Dropout : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly double _probability;

    /// <summary>A layer that drops elements with a probability.</summary>
    internal Dropout(double probability)
        : base(nameof(Dropout)) => _probability = probability;

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) =>
        torch.nn.functional.dropout(input, _probability, training);
}

/// <summary>max(x, 0).</summary>
public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>The layer.</summary>
    internal ReLU()
        : base(nameof(ReLU))
    {
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) => input.relu();
}

/// <summary>x · sigmoid(x).</summary>
public sealed class SiLU : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>The layer.</summary>
    internal SiLU()
        : base(nameof(SiLU))
    {
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) => input.silu();
}

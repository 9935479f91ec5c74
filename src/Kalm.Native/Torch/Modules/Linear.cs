namespace Kalm.Native.Torch.Modules;

/// <summary>x · Wᵀ + b.</summary>
public class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>A layer with PyTorch's initial weights, uniform within ±1/√inputs.</summary>
    internal Linear(long inputSize, long outputSize, bool hasBias, torch.ScalarType? dtype)
        : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        double bound = 1 / Math.Sqrt(inputSize);
        weight = new Parameter(torch.empty([outputSize, inputSize], dtype));
        torch.nn.init.uniform_(weight, -bound, bound);
        register_parameter(nameof(weight), weight);
        if (!hasBias)
            return;
        bias = new Parameter(torch.empty([outputSize], dtype));
        torch.nn.init.uniform_(bias, -bound, bound);
        register_parameter(nameof(bias), bias);
    }

    /// <summary>Number of inputs.</summary>
    public long in_features { get; }

    /// <summary>Number of outputs.</summary>
    public long out_features { get; }

    /// <summary>W, (outputs, inputs).</summary>
    public Parameter weight { get; }

    /// <summary>b, (outputs); null without a bias.</summary>
    public Parameter? bias { get; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, weight, bias);
}

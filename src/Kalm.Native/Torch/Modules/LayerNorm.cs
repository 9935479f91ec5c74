namespace Kalm.Native.Torch.Modules;

/// <summary>Mean 0 and variance 1 over the last dimensions, then scaled and shifted.</summary>
public class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly long[] _shape;
    private readonly double _eps;

    /// <summary>A layer over dimensions of the given sizes.</summary>
    internal LayerNorm(long[] shape, double eps, bool affine, bool hasBias, torch.ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        _shape = shape;
        _eps = eps;
        if (!affine)
            return;
        weight = new Parameter(torch.ones(shape, dtype));
        register_parameter(nameof(weight), weight);
        if (!hasBias)
            return;
        bias = new Parameter(torch.zeros(shape, dtype));
        register_parameter(nameof(bias), bias);
    }

    /// <summary>Scale; null when there is none.</summary>
    public Parameter? weight { get; }

    /// <summary>Shift; null when there is none.</summary>
    public Parameter? bias { get; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) =>
        torch.nn.functional.layer_norm(input, _shape, weight, bias, _eps);
}

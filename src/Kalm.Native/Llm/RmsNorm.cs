namespace Kalm.Native.Llm;

/// <summary>x / sqrt(mean(x²) + eps) · weight over the channels (Zhang and Sennrich, arXiv 1910.07467).</summary>
public sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly double _epsilon;

    /// <summary>A norm that scales by one.</summary>
    public RmsNorm(long channels, double epsilon)
        : base(nameof(RmsNorm))
    {
        _epsilon = epsilon;
        _weight = new Parameter(torch.ones([channels]));
        register_parameter("weight", _weight);
    }

    /// <summary>(..., C) to (..., C).</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor scale = (input.pow(2).mean([-1], true) + _epsilon).rsqrt();
        return scope.MoveToOuter(input * scale * _weight);
    }
}

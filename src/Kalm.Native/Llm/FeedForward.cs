namespace Kalm.Native.Llm;

/// <summary>SwiGLU: (silu(x Wg) · (x Wu)) Wd (Shazeer, arXiv 2002.05202, eq. 6).</summary>
public sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    private readonly Projection _gate;
    private readonly Projection _up;
    private readonly Projection _down;

    /// <summary>The feed-forward block of one layer.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="deviation">Spread of fresh weights, or null to leave them unset.</param>
    public FeedForward(LlamaOptions options, double? deviation)
        : base(nameof(FeedForward))
    {
        _gate = new Projection(options.HiddenSize, options.IntermediateSize, deviation);
        _up = new Projection(options.HiddenSize, options.IntermediateSize, deviation);
        _down = new Projection(options.IntermediateSize, options.HiddenSize, deviation);
        register_module("gate_proj", _gate);
        register_module("up_proj", _up);
        register_module("down_proj", _down);
    }

    /// <summary>(B, T, C) to (B, T, C).</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return scope.MoveToOuter(_down.call(F.silu(_gate.call(input)) * _up.call(input)));
    }
}

namespace Kalm.Native.Llm;

/// <summary>One layer: attention and feed-forward, each behind a norm and added to the residual stream.</summary>
public sealed class LlamaLayer : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly RmsNorm _inputNorm;
    private readonly Attention _attention;
    private readonly RmsNorm _postNorm;
    private readonly FeedForward _feedForward;

    /// <summary>A layer.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="layer">Its number.</param>
    /// <param name="deviation">Spread of fresh weights, or null to leave them unset.</param>
    public LlamaLayer(LlamaOptions options, int layer, double? deviation)
        : base(nameof(LlamaLayer))
    {
        _inputNorm = new RmsNorm(options.HiddenSize, options.RmsNormEps);
        _attention = new Attention(options, layer, deviation);
        _postNorm = new RmsNorm(options.HiddenSize, options.RmsNormEps);
        _feedForward = new FeedForward(options, deviation);
        register_module("self_attn", _attention);
        register_module("mlp", _feedForward);
        register_module("input_layernorm", _inputNorm);
        register_module("post_attention_layernorm", _postNorm);
    }

    /// <summary>(B, T, C) to (B, T, C).</summary>
    public override Tensor forward(Tensor input, AttentionContext context)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = input + _attention.call(_inputNorm.call(input), context);
        return scope.MoveToOuter(x + _feedForward.call(_postNorm.call(x)));
    }
}

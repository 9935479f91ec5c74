namespace Kalm.Native.Llm;

/// <summary>Token embeddings, layers and the last norm; what Hugging Face's names call <c>model</c>.</summary>
internal sealed class LlamaBody : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly LlamaLayer[] _layers;
    private readonly RmsNorm _norm;

    /// <summary>A body.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="deviation">Spread of fresh weights, or null to leave them unset.</param>
    public LlamaBody(LlamaOptions options, double? deviation)
        : base(nameof(LlamaBody))
    {
        // a linear layer from channels to tokens has the shape of an embedding table
        EmbedTokens = new Projection(options.HiddenSize, options.VocabSize, deviation);
        _layers = [.. Enumerable.Range(0, options.Layers).Select(i => new LlamaLayer(options, i, deviation))];
        _norm = new RmsNorm(options.HiddenSize, options.RmsNormEps);
        register_module("embed_tokens", EmbedTokens);
        register_module("layers", nn.ModuleList(_layers));
        register_module("norm", _norm);
    }

    /// <summary>The token embeddings, (V, C), which a tied head uses as its weight.</summary>
    public Projection EmbedTokens { get; }

    /// <summary>(B, T, C) to (B, T, C).</summary>
    public override Tensor forward(Tensor input, AttentionContext context)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = input;
        foreach (LlamaLayer layer in _layers)
            x = layer.call(x, context);
        return scope.MoveToOuter(_norm.call(x));
    }
}

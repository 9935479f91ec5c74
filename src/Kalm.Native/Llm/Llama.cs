namespace Kalm.Native.Llm;

/// <summary>
/// A LLaMA-2 language model (Touvron et al., arXiv 2307.09288): RMSNorm, rotary positions, grouped key and value
/// heads, SwiGLU. Weight names and shapes are those of Hugging Face's LlamaForCausalLM.
/// </summary>
/// <remarks>
/// Letters in shapes: B batch, T time, C channels, V vocabulary, H heads, D channels of a head. Batches are padded on
/// the right: positions count from 0 and no row looks ahead, so padding changes nothing before it.
/// </remarks>
public sealed class Llama : nn.Module<Tensor, Tensor>
{
    private readonly LlamaBody _body;
    private readonly Projection? _head;
    private readonly Rope _rope;

    /// <summary>A fresh model.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="seed">Seed of the fresh weights, or null to leave them unset for a checkpoint to fill.</param>
    /// <exception cref="ArgumentException">The sizes do not belong together.</exception>
    public Llama(LlamaOptions options, long? seed)
        : base(nameof(Llama))
    {
        options.Validate();
        Options = options;
        if (seed is { } value)
            torch.manual_seed(value);
        double? deviation = seed is null ? null : options.InitializerRange;
        _body = new LlamaBody(options, deviation);
        register_module("model", _body);
        if (!options.TieWordEmbeddings)
        {
            _head = new Projection(options.HiddenSize, options.VocabSize, deviation);
            register_module("lm_head", _head);
        }

        _rope = new Rope(options.HeadSize, options.MaxPositions, options.RopeTheta);
    }

    /// <summary>Takes one weight by name.</summary>
    /// <param name="name">Hugging Face name.</param>
    /// <param name="values">Row-major (out, in).</param>
    public delegate void WeightVisitor(string name, ReadOnlySpan<float> values);

    /// <summary>Sizes of the model.</summary>
    public LlamaOptions Options { get; }

    /// <summary>The token embeddings, (V, C).</summary>
    public Parameter EmbedTokens => _body.EmbedTokens.Weight;

    /// <summary>Tokens (B, T) to logits (B, T, V).</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Logits(Hidden(Embed(input))));
    }

    /// <summary>Tokens (B, T) to embeddings (B, T, C).</summary>
    public Tensor Embed(Tensor tokens)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor rows = EmbedTokens.index_select(0, tokens.reshape(-1));
        return scope.MoveToOuter(rows.view(tokens.shape[0], tokens.shape[1], Options.HiddenSize));
    }

    /// <summary>Embeddings (B, T, C) to hidden states after the last norm (B, T, C).</summary>
    /// <param name="inputs">Embeddings of text tokens and slots.</param>
    /// <param name="cache">Where given, the rows follow the positions it holds, and are added to it.</param>
    public Tensor Hidden(Tensor inputs, KvCache? cache = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long time = inputs.shape[1], past = cache?.Length ?? 0;
        if (past + time > (cache?.Capacity ?? Options.MaxPositions))
        {
            throw new ArgumentException(
                $"sequence: expected at most {cache?.Capacity ?? Options.MaxPositions} positions, found {past + time}");
        }

        Tensor? mask = time == 1
            ? null
            : torch.full([time, past + time], float.NegativeInfinity).triu(past + 1);
        var context = new AttentionContext(_rope.Cos(past, time), _rope.Sin(past, time), mask, cache);
        Tensor hidden = _body.call(inputs, context);
        cache?.Advance((int)time);
        return scope.MoveToOuter(hidden);
    }

    /// <summary>Hidden states (..., C) to logits (..., V).</summary>
    public Tensor Logits(Tensor hidden) => (_head ?? _body.EmbedTokens).call(hidden);

    /// <summary>Shows every weight to a visitor, for example a decoder that packs them.</summary>
    public void VisitWeights(WeightVisitor visitor)
    {
        foreach ((string name, Parameter parameter) in named_parameters())
            visitor(name, parameter.FloatSpan());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rope.Dispose();
        base.Dispose(disposing);
    }
}

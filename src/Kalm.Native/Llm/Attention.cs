namespace Kalm.Native.Llm;

/// <summary>
/// Causal self-attention with rotary positions and grouped key and value heads (Touvron et al., arXiv 2307.09288,
/// section 2.2; Ainslie et al., arXiv 2305.13245).
/// </summary>
public sealed class Attention : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly LlamaOptions _options;
    private readonly int _layer;
    private readonly Projection _query;
    private readonly Projection _key;
    private readonly Projection _value;
    private readonly Projection _output;

    /// <summary>Attention of one layer.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="layer">Number of the layer, for the cache.</param>
    /// <param name="deviation">Spread of fresh weights, or null to leave them unset.</param>
    public Attention(LlamaOptions options, int layer, double? deviation)
        : base(nameof(Attention))
    {
        _options = options;
        _layer = layer;
        long channels = options.HiddenSize, keyValue = (long)options.KeyValueHeads * options.HeadSize;
        _query = new Projection(channels, channels, deviation);
        _key = new Projection(channels, keyValue, deviation);
        _value = new Projection(channels, keyValue, deviation);
        _output = new Projection(channels, channels, deviation);
        register_module("q_proj", _query);
        register_module("k_proj", _key);
        register_module("v_proj", _value);
        register_module("o_proj", _output);
    }

    /// <summary>(B, T, C) to (B, T, C).</summary>
    public override Tensor forward(Tensor input, AttentionContext context)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long batch = input.shape[0], time = input.shape[1];

        // the scale goes to the queries, which are smaller than the scores
        Tensor query = Rope.Rotate(Split(_query.call(input), _options.Heads), context.Cos, context.Sin);
        query = query * (1 / Math.Sqrt(_options.HeadSize));
        Tensor key = Rope.Rotate(Split(_key.call(input), _options.KeyValueHeads), context.Cos, context.Sin);
        Tensor value = Split(_value.call(input), _options.KeyValueHeads);
        if (context.Cache is not null)
            (key, value) = context.Cache.Append(_layer, key, value);

        Tensor scores = torch.matmul(query, Repeat(key).transpose(2, 3));
        if (context.Mask is not null)
            scores.add_(context.Mask);
        Tensor mixed = torch.matmul(scores.softmax(-1), Repeat(value));
        return scope.MoveToOuter(_output.call(mixed.transpose(1, 2).reshape(batch, time, _options.HiddenSize)));
    }

    // (B, T, heads * D) to (B, heads, T, D)
    private Tensor Split(Tensor rows, int heads)
    {
        return rows.view(rows.shape[0], rows.shape[1], heads, _options.HeadSize).transpose(1, 2);
    }

    // every key and value head serves the query heads of its group
    private Tensor Repeat(Tensor heads)
    {
        int group = _options.Heads / _options.KeyValueHeads;
        if (group == 1)
            return heads;
        long[] s = heads.shape;
        return heads.unsqueeze(2).expand(s[0], s[1], group, s[2], s[3]).reshape(s[0], s[1] * group, s[2], s[3]);
    }
}

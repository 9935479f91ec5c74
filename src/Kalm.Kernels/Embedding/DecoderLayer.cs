namespace Kalm.Kernels.Embedding;

/// <summary>The packed weights of one layer of a <see cref="LlamaDecoder"/>.</summary>
internal sealed class DecoderLayer
{
    /// <summary>Zero weights.</summary>
    public DecoderLayer(DecoderSizes sizes)
    {
        int c = sizes.Channels, kv = sizes.KeyValueChannels, f = sizes.Inner;
        InputNorm = new PinnedFloats(c);
        PostNorm = new PinnedFloats(c);
        Query = new PackedWeight(c, c);
        Key = new PackedWeight(c, kv);
        Value = new PackedWeight(c, kv);
        Output = new PackedWeight(c, c);
        Gate = new PackedWeight(c, f);
        Up = new PackedWeight(c, f);
        Down = new PackedWeight(f, c);
    }

    /// <summary>Scale of the norm before attention, (C).</summary>
    public PinnedFloats InputNorm { get; }

    /// <summary>Scale of the norm before the feed-forward block, (C).</summary>
    public PinnedFloats PostNorm { get; }

    /// <summary>Query projection, (C, C).</summary>
    public PackedWeight Query { get; }

    /// <summary>Key projection, (C, KV * D).</summary>
    public PackedWeight Key { get; }

    /// <summary>Value projection, (C, KV * D).</summary>
    public PackedWeight Value { get; }

    /// <summary>Output projection, (C, C).</summary>
    public PackedWeight Output { get; }

    /// <summary>Gate of SwiGLU, (C, F).</summary>
    public PackedWeight Gate { get; }

    /// <summary>Second factor of SwiGLU, (C, F).</summary>
    public PackedWeight Up { get; }

    /// <summary>Way back from SwiGLU, (F, C).</summary>
    public PackedWeight Down { get; }

    /// <summary>The packed weight that Hugging Face calls <paramref name="name"/>, or null.</summary>
    public PackedWeight? Find(string name) => name switch
    {
        "self_attn.q_proj.weight" => Query,
        "self_attn.k_proj.weight" => Key,
        "self_attn.v_proj.weight" => Value,
        "self_attn.o_proj.weight" => Output,
        "mlp.gate_proj.weight" => Gate,
        "mlp.up_proj.weight" => Up,
        "mlp.down_proj.weight" => Down,
        _ => null,
    };

    /// <summary>The norm's scale that Hugging Face calls <paramref name="name"/>, or null.</summary>
    public PinnedFloats? FindNorm(string name) => name switch
    {
        "input_layernorm.weight" => InputNorm,
        "post_attention_layernorm.weight" => PostNorm,
        _ => null,
    };
}

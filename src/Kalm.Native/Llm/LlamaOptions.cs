namespace Kalm.Native.Llm;

/// <summary>Sizes and constants of a LLaMA-2 model; the fields of a Hugging Face <c>config.json</c>.</summary>
public sealed record LlamaOptions
{
    /// <summary>Number of tokens the model knows (V); <c>vocab_size</c>.</summary>
    public int VocabSize { get; init; } = 2048;

    /// <summary>Width of the residual stream (C); <c>hidden_size</c>.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Width inside the feed-forward block (F); <c>intermediate_size</c>.</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Number of layers; <c>num_hidden_layers</c>.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Number of query heads (H); <c>num_attention_heads</c>.</summary>
    public int Heads { get; init; } = 6;

    /// <summary>Number of key and value heads, each shared by Heads / KeyValueHeads query heads;
    /// <c>num_key_value_heads</c>.</summary>
    public int KeyValueHeads { get; init; } = 6;

    /// <summary>Longest sequence (T); <c>max_position_embeddings</c>.</summary>
    public int MaxPositions { get; init; } = 512;

    /// <summary>Added to the mean square in RMSNorm; <c>rms_norm_eps</c>.</summary>
    public double RmsNormEps { get; init; } = 1e-5;

    /// <summary>Base of the rotary frequencies; <c>rope_theta</c>.</summary>
    public double RopeTheta { get; init; } = 10000;

    /// <summary>Whether the head shares the token embeddings; <c>tie_word_embeddings</c>.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Standard deviation of fresh weights; <c>initializer_range</c>.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Token that starts a sequence; <c>bos_token_id</c>.</summary>
    public int BosTokenId { get; init; } = 1;

    /// <summary>Token that ends a sequence; <c>eos_token_id</c>.</summary>
    public int EosTokenId { get; init; } = 2;

    /// <summary>Token that fills up short sequences; <c>pad_token_id</c>.</summary>
    public int PadTokenId { get; init; }

    /// <summary>Channels of one head (D).</summary>
    public int HeadSize => HiddenSize / Heads;

    /// <summary>The names <see cref="Preset"/> knows.</summary>
    public static IReadOnlyList<string> PresetNames { get; } =
        ["nano", "tiny", "small", "medium", "tinyllama-1.1b", "llama-2-7b", "llama-2-13b"];

    /// <summary>Number of parameters of a model with these sizes.</summary>
    public long ParameterCount
    {
        get
        {
            long keyValue = (long)KeyValueHeads * HeadSize;
            long attention = (2L * HiddenSize * HiddenSize) + (2L * HiddenSize * keyValue);
            long layer = attention + (3L * HiddenSize * IntermediateSize) + (2L * HiddenSize);
            return (Layers * layer) + HiddenSize + ((TieWordEmbeddings ? 1L : 2L) * VocabSize * HiddenSize);
        }
    }

    /// <summary>
    /// Sizes by name: <c>nano</c> (0.9 M parameters), <c>tiny</c> (2.6 M, the embedded default) and <c>small</c>
    /// (5.8 M) are trained from scratch; <c>medium</c> (33 M) asks for a bigger machine; the others are published
    /// models, read from their folders.
    /// </summary>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static LlamaOptions Preset(string name) => name switch
    {
        "nano" => Sizes(128, 344, 4, 4, 1024, 512),
        "tiny" => Sizes(192, 512, 5, 6, 1024, 512),
        "small" => Sizes(256, 688, 6, 8, 2048, 1024),
        "medium" => Sizes(512, 1376, 10, 8, 2048, 2048),
        "tinyllama-1.1b" => Sizes(2048, 5632, 22, 32, 32000, 2048) with { KeyValueHeads = 4 },
        "llama-2-7b" => Sizes(4096, 11008, 32, 32, 32000, 4096),
        "llama-2-13b" => Sizes(5120, 13824, 40, 40, 32000, 4096),
        _ => throw new ArgumentException(
            $"model preset: expected one of {string.Join(", ", PresetNames)}, found '{name}'"),
    };

    /// <summary>Checks that the sizes belong together.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the field.</exception>
    public void Validate()
    {
        Require(VocabSize >= 1, "vocab_size", "at least 1", VocabSize);
        Require(Heads >= 1, "num_attention_heads", "at least 1", Heads);
        Require(HiddenSize >= 1 && HiddenSize % Heads == 0 && HeadSize % 2 == 0, "hidden_size",
            $"a multiple of {2 * Heads} (an even number of channels for each of {Heads} heads)", HiddenSize);
        Require(IntermediateSize >= 1, "intermediate_size", "at least 1", IntermediateSize);
        Require(Layers >= 1, "num_hidden_layers", "at least 1", Layers);
        Require(KeyValueHeads >= 1 && Heads % KeyValueHeads == 0, "num_key_value_heads",
            $"a divisor of num_attention_heads = {Heads}", KeyValueHeads);
        Require(MaxPositions >= 1, "max_position_embeddings", "at least 1", MaxPositions);
        Require(RmsNormEps is > 0 and < 1, "rms_norm_eps", "a number between 0 and 1", RmsNormEps);
        Require(RopeTheta > 1 && double.IsFinite(RopeTheta), "rope_theta", "a number above 1", RopeTheta);
        Require(InitializerRange is >= 0 and < 10, "initializer_range", "a number from 0 to 10", InitializerRange);
    }

    private static LlamaOptions Sizes(int hidden, int inner, int layers, int heads, int vocabulary, int positions)
    {
        return new LlamaOptions
        {
            HiddenSize = hidden,
            IntermediateSize = inner,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = heads,
            VocabSize = vocabulary,
            MaxPositions = positions,
        };
    }

    private static void Require(bool holds, string field, string expected, object found)
    {
        if (!holds)
            throw new ArgumentException($"{field}: expected {expected}, found {found}");
    }
}

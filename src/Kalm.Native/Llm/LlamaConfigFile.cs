using System.Text;
using System.Text.Json;

namespace Kalm.Native.Llm;

/// <summary>Reads and writes <see cref="LlamaOptions"/> as a Hugging Face <c>config.json</c>.</summary>
public static class LlamaConfigFile
{
    /// <summary>Largest file read; published ones have about a thousand bytes.</summary>
    private const long MaxLength = 1 << 20;

    /// <summary>Reads and checks a config.json.</summary>
    /// <exception cref="InvalidDataException">
    /// Not JSON, not a LLaMA, a size that cannot be, or a variant this model does not compute.
    /// </exception>
    public static LlamaOptions Read(string path)
    {
        using JsonDocument document = JsonFile.Parse(path, MaxLength);
        JsonElement root = document.RootElement;
        var fields = new JsonFields(path, root);

        // what would change the computation and is not computed here is refused by name
        fields.RequireText("model_type", "llama", required: true);
        fields.RequireText("hidden_act", "silu", required: false);
        fields.RequireAbsent("rope_scaling");
        fields.RequireFalse("attention_bias");
        fields.RequireFalse("mlp_bias");

        int heads = fields.Integer("num_attention_heads");
        var options = new LlamaOptions
        {
            VocabSize = fields.Integer("vocab_size"),
            HiddenSize = fields.Integer("hidden_size"),
            IntermediateSize = fields.Integer("intermediate_size"),
            Layers = fields.Integer("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = fields.Integer("num_key_value_heads", heads),
            MaxPositions = fields.Integer("max_position_embeddings", 2048),
            RmsNormEps = fields.Number("rms_norm_eps", 1e-6),
            RopeTheta = fields.Number("rope_theta", 10000),
            TieWordEmbeddings = fields.Flag("tie_word_embeddings", false),
            InitializerRange = fields.Number("initializer_range", 0.02),
            BosTokenId = fields.Integer("bos_token_id", 1),
            EosTokenId = fields.Integer("eos_token_id", 2),
            PadTokenId = fields.Integer("pad_token_id", 0),
        };

        try
        {
            options.Validate();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        int headSize = fields.Integer("head_dim", options.HeadSize);
        if (headSize != options.HeadSize)
            throw fields.Bad("head_dim", $"hidden_size / num_attention_heads = {options.HeadSize}", $"{headSize}");
        return options;
    }

    /// <summary>Writes a config.json that Hugging Face transformers reads as a LlamaForCausalLM.</summary>
    public static void Write(string path, LlamaOptions options)
    {
        options.Validate();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("architectures");
            json.WriteStringValue("LlamaForCausalLM");
            json.WriteEndArray();
            json.WriteBoolean("attention_bias", false);
            json.WriteNumber("bos_token_id", options.BosTokenId);
            json.WriteNumber("eos_token_id", options.EosTokenId);
            json.WriteString("hidden_act", "silu");
            json.WriteNumber("hidden_size", options.HiddenSize);
            json.WriteNumber("initializer_range", options.InitializerRange);
            json.WriteNumber("intermediate_size", options.IntermediateSize);
            json.WriteNumber("max_position_embeddings", options.MaxPositions);
            json.WriteString("model_type", "llama");
            json.WriteNumber("num_attention_heads", options.Heads);
            json.WriteNumber("num_hidden_layers", options.Layers);
            json.WriteNumber("num_key_value_heads", options.KeyValueHeads);
            json.WriteNumber("pad_token_id", options.PadTokenId);
            json.WriteNumber("rms_norm_eps", options.RmsNormEps);
            json.WriteNull("rope_scaling");
            json.WriteNumber("rope_theta", options.RopeTheta);
            json.WriteBoolean("tie_word_embeddings", options.TieWordEmbeddings);
            json.WriteString("torch_dtype", "float32");
            json.WriteNumber("vocab_size", options.VocabSize);
            json.WriteEndObject();
        }

        AtomicFile.WriteText(path, Encoding.UTF8.GetString(stream.ToArray()) + "\n");
    }
}

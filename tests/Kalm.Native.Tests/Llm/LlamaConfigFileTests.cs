using Kalm.Native.Llm;

namespace Kalm.Native.Tests.Llm;

public sealed class LlamaConfigFileTests : IDisposable
{
    private readonly string _path = Path.Combine(
        Directory.CreateTempSubdirectory("kalm-config").FullName, "config.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Config_reads_back_what_was_written()
    {
        LlamaOptions options =
            LlamaOptions.Preset("tinyllama-1.1b") with { RopeTheta = 50000, TieWordEmbeddings = true };
        LlamaConfigFile.Write(_path, options);

        Assert.Equal(options, LlamaConfigFile.Read(_path));
    }

    [Fact]
    public void Config_of_the_published_llama_2_7b_gives_the_preset()
    {
        // the fields of the published file, with null and unknown fields as they stand there
        File.WriteAllText(_path, """
            {
              "architectures": ["LlamaForCausalLM"], "bos_token_id": 1, "eos_token_id": 2, "hidden_act": "silu",
              "hidden_size": 4096, "initializer_range": 0.02, "intermediate_size": 11008,
              "max_position_embeddings": 4096, "model_type": "llama", "num_attention_heads": 32,
              "num_hidden_layers": 32, "num_key_value_heads": 32, "pretraining_tp": 1, "rms_norm_eps": 1e-05,
              "rope_scaling": null, "tie_word_embeddings": false, "torch_dtype": "float16", "vocab_size": 32000
            }
            """);

        Assert.Equal(LlamaOptions.Preset("llama-2-7b"), LlamaConfigFile.Read(_path));
    }

    [Fact]
    public void Presets_have_the_parameter_counts_they_claim()
    {
        Assert.Equal(5_795_072, LlamaOptions.Preset("small").ParameterCount);
        Assert.Equal(6_738_415_616, LlamaOptions.Preset("llama-2-7b").ParameterCount);
        Assert.All(LlamaOptions.PresetNames, name => LlamaOptions.Preset(name).Validate());
    }

    [Theory]
    [InlineData("\"model_type\": \"gpt2\"", "model_type: expected \"llama\", found \"gpt2\"")]
    [InlineData("\"hidden_act\": \"gelu\"", "hidden_act: expected \"silu\"")]
    [InlineData("\"rope_scaling\": {\"type\": \"linear\"}", "rope_scaling: expected null")]
    [InlineData("\"attention_bias\": true", "attention_bias: expected false")]
    [InlineData("\"hidden_size\": 130", "hidden_size: expected a multiple of 8")]
    [InlineData("\"hidden_size\": \"128\"", "hidden_size: expected a whole number")]
    [InlineData("\"hidden_size\": null", "hidden_size: expected a whole number")]
    [InlineData("\"num_key_value_heads\": 3", "num_key_value_heads: expected a divisor")]
    [InlineData("\"num_attention_heads\": 0", "num_attention_heads: expected at least 1")]
    [InlineData("\"vocab_size\": 99999999999", "vocab_size: expected a whole number below 2^31")]
    [InlineData("\"rms_norm_eps\": -1", "rms_norm_eps: expected")]
    [InlineData("\"head_dim\": 64", "head_dim: expected hidden_size / num_attention_heads = 32, found 64")]
    public void Config_with_a_bad_field_is_refused_by_name(string field, string expected)
    {
        LlamaConfigFile.Write(_path, LlamaOptions.Preset("nano"));
        string name = field[..field.IndexOf(':', StringComparison.Ordinal)];
        IEnumerable<string> kept = File.ReadAllLines(_path)
            .Where(line => !line.Contains(name + ":", StringComparison.Ordinal));
        string rest = string.Join(' ', kept.Select(line => line.Trim())).TrimStart('{').Replace(", }", "}");
        File.WriteAllText(_path, "{" + field + "," + rest);

        var error = Assert.Throws<InvalidDataException>(() => LlamaConfigFile.Read(_path));
        Assert.StartsWith(_path, error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    public void Config_that_is_not_a_json_object_is_refused(string text)
    {
        File.WriteAllText(_path, text);

        Assert.Contains("expected", Assert.Throws<InvalidDataException>(() => LlamaConfigFile.Read(_path)).Message);
    }
}

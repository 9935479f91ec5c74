namespace Kalm.Native.Llm;

/// <summary>
/// A model with its tokenizer as a Hugging Face folder: <c>config.json</c>, <c>model.safetensors</c> (or shards with
/// an index) and <c>tokenizer.json</c>.
/// </summary>
public static class LlamaFolder
{
    private const string ConfigName = "config.json";
    private const string TokenizerName = "tokenizer.json";

    /// <summary>Writes a folder; each file appears whole or not at all.</summary>
    public static void Save(string folder, Llama model, BpeTokenizer tokenizer)
    {
        Directory.CreateDirectory(folder);
        TokenizerJson.Write(Path.Combine(folder, TokenizerName), tokenizer);
        Checkpoint.Write(folder, model);
        LlamaConfigFile.Write(Path.Combine(folder, ConfigName), model.Options);
    }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">A file is damaged or does not fit the others.</exception>
    public static (Llama Model, BpeTokenizer Tokenizer) Load(string folder)
    {
        string config = Path.Combine(folder, ConfigName), words = Path.Combine(folder, TokenizerName);
        LlamaOptions options = LlamaConfigFile.Read(config);
        BpeTokenizer tokenizer = TokenizerJson.Read(words);
        if (tokenizer.Count > options.VocabSize)
        {
            throw new InvalidDataException(
                $"{words}: vocab: expected at most the vocab_size of {options.VocabSize} in {config}, "
                + $"found {tokenizer.Count} tokens");
        }

        var model = new Llama(options, seed: null);
        try
        {
            Checkpoint.Read(folder, model);
        }
        catch
        {
            model.Dispose();
            throw;
        }

        return (model, tokenizer);
    }
}

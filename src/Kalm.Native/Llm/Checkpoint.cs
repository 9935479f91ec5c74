using System.Text.Json;

namespace Kalm.Native.Llm;

/// <summary>The weights of a model on disk: one safetensors file, or several with an index.</summary>
public static class Checkpoint
{
    /// <summary>Name of an unsharded checkpoint.</summary>
    public const string FileName = "model.safetensors";

    /// <summary>Name of the index of a sharded checkpoint.</summary>
    public const string IndexName = "model.safetensors.index.json";

    /// <summary>Largest index read.</summary>
    private const long MaxIndex = 64 << 20;

    /// <summary>Writes the weights of a model as F32.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The model.</param>
    public static void Write(string folder, Llama model)
    {
        List<(string Name, Parameter Value)> parameters = [.. model.named_parameters()];
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        using var writer = new SafetensorsWriter(
            Path.Combine(folder, FileName), parameters.Select(p => (p.Name, p.Value.shape)), metadata);
        foreach ((string name, Parameter value) in parameters)
            writer.Write(name, value.FloatSpan());
        writer.Commit();
    }

    /// <summary>Reads the weights of a model; F32, F16 and BF16 become F32.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The model, whose sizes the files must have.</param>
    /// <exception cref="InvalidDataException">A weight is missing, foreign, or of another shape.</exception>
    public static void Read(string folder, Llama model)
    {
        Dictionary<string, Parameter> parameters = model.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        var files = new Dictionary<string, SafetensorsReader>(StringComparer.Ordinal);
        try
        {
            Dictionary<string, string> shards = Shards(folder, files);
            foreach (string name in shards.Keys.Where(name => !parameters.ContainsKey(name) && !IsDerived(name)))
            {
                throw new InvalidDataException(
                    $"{Path.Combine(folder, shards[name])}: tensor '{name}': expected only weights of the model, "
                    + "found one it does not have");
            }

            foreach ((string name, Parameter parameter) in parameters)
            {
                if (!shards.TryGetValue(name, out string? shard))
                    throw new InvalidDataException($"{folder}: tensor '{name}': expected it in a file, found none");
                Open(folder, shard, files).Read(name, parameter.shape, parameter.FloatSpan());
            }
        }
        finally
        {
            foreach (SafetensorsReader reader in files.Values)
                reader.Dispose();
        }
    }

    // tables that older checkpoints carry and that follow from the configuration
    private static bool IsDerived(string name) => name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);

    // the file of each tensor
    private static Dictionary<string, string> Shards(string folder, Dictionary<string, SafetensorsReader> files)
    {
        string index = Path.Combine(folder, IndexName);
        if (!File.Exists(index))
            return Open(folder, FileName, files).Entries.Keys.ToDictionary(name => name, _ => FileName);

        using JsonDocument document = JsonFile.Parse(index, MaxIndex);
        var fields = new JsonFields(index, document.RootElement);
        var shards = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty entry in fields.Object("weight_map").EnumerateObject())
        {
            // a shard lies in the same folder: its name is no way out of it
            string? shard = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : null;
            if (string.IsNullOrEmpty(shard) || Path.GetFileName(shard) != shard || shard is "." or "..")
                throw fields.Bad($"weight_map, '{entry.Name}'", "a file name", entry.Value.GetRawText());
            shards[entry.Name] = shard;
        }

        return shards;
    }

    private static SafetensorsReader Open(string folder, string shard, Dictionary<string, SafetensorsReader> files)
    {
        if (!files.TryGetValue(shard, out SafetensorsReader? reader))
            files[shard] = reader = new SafetensorsReader(Path.Combine(folder, shard));
        return reader;
    }
}

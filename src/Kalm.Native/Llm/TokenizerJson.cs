using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kalm.Native.Llm;

/// <summary>
/// Reads and writes a <see cref="BpeTokenizer"/> as a Hugging Face <c>tokenizer.json</c>: BPE with byte fallback, the
/// normalizer of LLaMA-2 (prepend and replace), and at most one splitting expression.
/// </summary>
public static class TokenizerJson
{
    /// <summary>Largest file read; LLaMA-2's has 1.8 million bytes.</summary>
    private const long MaxLength = 64 << 20;

    private const string Mark = "▁";

    /// <summary>Reads and checks a tokenizer.json.</summary>
    /// <exception cref="InvalidDataException">Not JSON, tables that do not fit together, or a step that is not
    /// computed here.</exception>
    public static BpeTokenizer Read(string path)
    {
        using JsonDocument document = JsonFile.Parse(path, MaxLength);
        var root = new JsonFields(path, document.RootElement);
        CheckNormalizer(path, root);
        string? pattern = ReadPattern(path, root);

        var model = new JsonFields($"{path}: model", root.Object("model"));
        model.RequireText("type", "BPE", required: true);
        model.RequireAbsent("dropout");
        foreach (string affix in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (model.Text(affix, null) is { Length: > 0 } text)
                throw model.Bad(affix, "null", $"'{text}'");
        }

        if (!model.Flag("byte_fallback", false))
            throw model.Bad("byte_fallback", "true", "false");
        if (model.Flag("ignore_merges", false))
            throw model.Bad("ignore_merges", "false", "true");

        SortedDictionary<int, string> tokens = ReadVocabulary(model);
        HashSet<int> special = ReadAdded(path, root, tokens);
        int count = tokens.Count == 0 ? 0 : tokens.Keys.Last() + 1;
        if (tokens.Count != count)
            throw model.Bad("vocab", $"ids 0 to {tokens.Count - 1} without a gap", $"an id of {count - 1}");
        List<(string Left, string Right)> merges = ReadMerges(model);

        try
        {
            return new BpeTokenizer([.. tokens.Values], merges, special, pattern);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Writes a tokenizer.json.</summary>
    public static void Write(string path, BpeTokenizer tokenizer)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteNull("truncation");
            json.WriteNull("padding");
            WriteAdded(json, tokenizer);
            json.WritePropertyName("normalizer");
            json.WriteRawValue($$"""
                {"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"{{Mark}}"},
                {"type":"Replace","pattern":{"String":" "},"content":"{{Mark}}"}]}
                """);
            WritePattern(json, tokenizer.Pattern);
            json.WriteNull("post_processor");
            json.WritePropertyName("decoder");
            json.WriteRawValue($$"""
                {"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"{{Mark}}"},"content":" "},
                {"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}
                """);
            WriteModel(json, tokenizer);
            json.WriteEndObject();
        }

        AtomicFile.WriteText(path, Encoding.UTF8.GetString(stream.ToArray()) + "\n");
    }

    private static void CheckNormalizer(string path, JsonFields root)
    {
        var normalizer = new JsonFields($"{path}: normalizer", root.Object("normalizer"));
        normalizer.RequireText("type", "Sequence", required: true);
        JsonElement steps = normalizer.Array("normalizers");
        if (steps.GetArrayLength() != 2)
            throw normalizer.Bad("normalizers", "Prepend and Replace", $"{steps.GetArrayLength()} steps");

        var prepend = new JsonFields($"{path}: normalizer 0", steps[0]);
        prepend.RequireText("type", "Prepend", required: true);
        prepend.RequireText("prepend", Mark, required: true);
        var replace = new JsonFields($"{path}: normalizer 1", steps[1]);
        replace.RequireText("type", "Replace", required: true);
        replace.RequireText("content", Mark, required: true);
        var pattern = new JsonFields($"{path}: normalizer 1, pattern", replace.Object("pattern"));
        pattern.RequireText("String", " ", required: true);
    }

    private static string? ReadPattern(string path, JsonFields root)
    {
        if (!root.Has("pre_tokenizer"))
            return null;
        var split = new JsonFields($"{path}: pre_tokenizer", root.Object("pre_tokenizer"));
        split.RequireText("type", "Split", required: true);
        split.RequireText("behavior", "Isolated", required: true);
        split.RequireFalse("invert");
        var pattern = new JsonFields($"{path}: pre_tokenizer, pattern", split.Object("pattern"));
        return pattern.Text("Regex", null) ?? throw pattern.Bad("Regex", "a regular expression", "nothing");
    }

    private static SortedDictionary<int, string> ReadVocabulary(JsonFields model)
    {
        var tokens = new SortedDictionary<int, string>();
        foreach (JsonProperty entry in model.Object("vocab").EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out int id) || id < 0)
                throw model.Bad($"vocab, '{entry.Name}'", "an id from 0 on", entry.Value.GetRawText());
            if (!tokens.TryAdd(id, entry.Name))
                throw model.Bad($"vocab, '{entry.Name}'", "an id of its own", $"{id}, which is '{tokens[id]}'");
        }

        return tokens;
    }

    private static HashSet<int> ReadAdded(string path, JsonFields root, SortedDictionary<int, string> tokens)
    {
        var special = new HashSet<int>();
        foreach (JsonElement item in root.Array("added_tokens").EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
                throw root.Bad("added_tokens", "objects", item.GetRawText());
            var token = new JsonFields($"{path}: added_tokens", item);
            int id = token.Integer("id");
            string content = token.Text("content", null) ?? throw token.Bad("content", "a string", "nothing");
            if (id < 0 || (!tokens.TryAdd(id, content) && tokens[id] != content))
                throw token.Bad("id", $"the id of '{content}'", $"{id}");
            if (token.Flag("special", false))
                special.Add(id);
        }

        return special;
    }

    private static List<(string Left, string Right)> ReadMerges(JsonFields model)
    {
        // older files join the two tokens by a space, newer ones write a pair
        var merges = new List<(string, string)>();
        foreach (JsonElement item in model.Array("merges").EnumerateArray())
        {
            string[] pair = item.ValueKind switch
            {
                JsonValueKind.String => item.GetString()!.Split(' '),
                JsonValueKind.Array when item.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
                    [.. item.EnumerateArray().Select(e => e.GetString()!)],
                _ => [],
            };
            if (pair.Length != 2)
                throw model.Bad($"merges, {merges.Count}", "two tokens", item.GetRawText());
            merges.Add((pair[0], pair[1]));
        }

        return merges;
    }

    private static void WriteAdded(Utf8JsonWriter json, BpeTokenizer tokenizer)
    {
        json.WriteStartArray("added_tokens");
        foreach (int id in tokenizer.Special.Order())
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", tokenizer.Tokens[id]);
            foreach (string flag in new[] { "single_word", "lstrip", "rstrip", "normalized" })
                json.WriteBoolean(flag, false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePattern(Utf8JsonWriter json, string? pattern)
    {
        if (pattern is null)
        {
            json.WriteNull("pre_tokenizer");
            return;
        }

        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", pattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, BpeTokenizer tokenizer)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", true);
        json.WriteBoolean("ignore_merges", false);
        json.WriteStartObject("vocab");
        for (int id = 0; id < tokenizer.Count; id++)
            json.WriteNumber(tokenizer.Tokens[id], id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach ((string left, string right) in tokenizer.Merges)
        {
            json.WriteStartArray();
            json.WriteStringValue(left);
            json.WriteStringValue(right);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

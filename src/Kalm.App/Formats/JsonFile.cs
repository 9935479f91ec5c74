using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>JSON as all of the program writes it: snake_case names, enums by name, strict reading.</summary>
public static class JsonFile
{
    /// <summary>One line per document.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>For files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>Writes a document atomically.</summary>
    /// <param name="path">Where the file shall be.</param>
    /// <param name="value">The document.</param>
    /// <exception cref="KalmException">The file cannot be written.</exception>
    public static void Write<T>(string path, T value) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(value, Indented) + "\n");

    /// <summary>Reads a document whose root is an object.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KalmException">The file is missing or is no JSON object.</exception>
    public static JsonObject ReadObject(string path)
    {
        string text = ReadText(path);
        try
        {
            return JsonNode.Parse(text) as JsonObject
                ?? throw new KalmException($"{path}: expected a JSON object, found {Describe(text)}");
        }
        catch (JsonException e)
        {
            throw NotJson(path, e);
        }
    }

    /// <summary>Reads a document of a known type.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KalmException">The file is missing, is no JSON, or a field has another type.</exception>
    public static T Read<T>(string path)
        where T : class
    {
        string text = ReadText(path);
        try
        {
            return JsonSerializer.Deserialize<T>(text, Compact)
                ?? throw new KalmException($"{path}: expected a JSON object, found null");
        }
        catch (JsonException e)
        {
            throw NotJson(path, e);
        }
    }

    /// <summary>Reads a text file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KalmException">The file is missing or cannot be read.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KalmException($"{path}: no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KalmException($"{path}: cannot be read: {AtomicFile.Reason(e)}");
        }
    }

    private static KalmException NotJson(string path, JsonException e)
    {
        string field = string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $", field {e.Path.TrimStart('$', '.')}";
        string message = e.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.');
        return new KalmException(
            $"{path}: line {(e.LineNumber ?? 0) + 1}{field}: not the JSON expected here: {message}");
    }

    private static string Describe(string text)
    {
        string start = text.Trim();
        return start.Length == 0 ? "an empty file" : $"'{start[..Math.Min(start.Length, 20)]}'";
    }

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        WriteIndented = indented,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}

using System.Text.Json;

namespace Kalm.Native.Llm;

/// <summary>Opens JSON files that others wrote.</summary>
internal static class JsonFile
{
    /// <summary>Parses a file whose root is an object.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxLength">Longest file read, in bytes.</param>
    /// <exception cref="InvalidDataException">Too long, not JSON, or not an object.</exception>
    public static JsonDocument Parse(string path, long maxLength)
    {
        byte[] bytes;
        using (FileStream stream = File.OpenRead(path))
        {
            if (stream.Length > maxLength)
            {
                throw new InvalidDataException(
                    $"{path}: length: expected at most {maxLength} bytes, found {stream.Length}");
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: content: expected JSON, found other text ({e.Message})", e);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        JsonValueKind kind = document.RootElement.ValueKind;
        document.Dispose();
        throw new InvalidDataException($"{path}: content: expected a JSON object, found {kind}");
    }
}

using System.Text.Json;

namespace Kalm.Native.Llm;

/// <summary>Reads the fields of one JSON object; errors name file, field, expected and found.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="root">The object.</param>
internal readonly struct JsonFields(string path, JsonElement root)
{
    /// <summary>Whether there is such a field, other than null.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>A whole number that has to be there, unless <paramref name="otherwise"/> says what stands in.</summary>
    public int Integer(string name, int? otherwise = null)
    {
        if (!TryGet(name, out JsonElement value))
            return otherwise ?? throw Bad(name, "a whole number", "nothing");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw Bad(name, "a whole number below 2^31", value.GetRawText());
    }

    /// <summary>A number; <paramref name="otherwise"/> where there is none.</summary>
    public double Number(string name, double otherwise)
    {
        if (!TryGet(name, out JsonElement value))
            return otherwise;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
            ? number
            : throw Bad(name, "a number", value.GetRawText());
    }

    /// <summary>true or false; <paramref name="otherwise"/> where there is neither.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (!TryGet(name, out JsonElement value))
            return otherwise;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Bad(name, "true or false", value.GetRawText());
    }

    /// <summary>A string; <paramref name="otherwise"/> where there is none.</summary>
    public string? Text(string name, string? otherwise)
    {
        if (!TryGet(name, out JsonElement value))
            return otherwise;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw Bad(name, "a string", value.GetRawText());
    }

    /// <summary>An object that has to be there.</summary>
    public JsonElement Object(string name)
    {
        if (!TryGet(name, out JsonElement value))
            throw Bad(name, "an object", "nothing");
        return value.ValueKind == JsonValueKind.Object ? value : throw Bad(name, "an object", value.GetRawText());
    }

    /// <summary>An array that has to be there.</summary>
    public JsonElement Array(string name)
    {
        if (!TryGet(name, out JsonElement value))
            throw Bad(name, "an array", "nothing");
        return value.ValueKind == JsonValueKind.Array ? value : throw Bad(name, "an array", value.GetRawText());
    }

    /// <summary>Refuses any other string than the one given.</summary>
    public void RequireText(string name, string expected, bool required)
    {
        if (!TryGet(name, out JsonElement value))
        {
            if (required)
                throw Bad(name, $"\"{expected}\"", "nothing");
            return;
        }

        if (value.ValueKind != JsonValueKind.String || value.GetString() != expected)
            throw Bad(name, $"\"{expected}\"", value.GetRawText());
    }

    /// <summary>Refuses anything but null or no such field.</summary>
    public void RequireAbsent(string name)
    {
        if (TryGet(name, out JsonElement value))
            throw Bad(name, "null", value.GetRawText());
    }

    /// <summary>Refuses anything but false, null or no such field.</summary>
    public void RequireFalse(string name)
    {
        if (TryGet(name, out JsonElement value) && value.ValueKind != JsonValueKind.False)
            throw Bad(name, "false", value.GetRawText());
    }

    /// <summary>The error for a field.</summary>
    public InvalidDataException Bad(string name, string expected, string found)
    {
        string text = found.Length <= 80 ? found : string.Concat(found.AsSpan(0, 80), "...");
        return new InvalidDataException($"{path}: {name}: expected {expected}, found {text}");
    }

    // null counts as not there, as Hugging Face writes it
    private bool TryGet(string name, out JsonElement value)
    {
        return root.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kalm.App.Formats;

namespace Kalm.App.Pipeline;

/// <summary>Options as JSON, their hash, and the place where two sets of options differ.</summary>
public static class OptionsKey
{
    /// <summary>Options as a JSON object with all fields.</summary>
    /// <param name="options">An option record.</param>
    public static JsonObject ToJson(object options) =>
        JsonSerializer.SerializeToNode(options, options.GetType(), JsonFile.Compact)!.AsObject();

    /// <summary>SHA-256 of a JSON document whose objects are sorted by name, as 32 hexadecimal digits.</summary>
    /// <param name="document">The document.</param>
    public static string Hash(JsonNode document) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(document))))[..32];

    /// <summary>The first field in which two documents differ, or null.</summary>
    /// <param name="found">The one on the disk.</param>
    /// <param name="wanted">The one asked for.</param>
    public static (string Field, string Found, string Wanted)? FirstDifference(JsonNode? found, JsonNode? wanted) =>
        FirstDifference("", found, wanted);

    private static (string, string, string)? FirstDifference(string path, JsonNode? found, JsonNode? wanted)
    {
        if (found is JsonObject a && wanted is JsonObject b)
        {
            foreach (string name in a.Select(p => p.Key).Union(b.Select(p => p.Key)))
            {
                string field = path.Length == 0 ? name : path + "." + name;
                if (FirstDifference(field, a[name], b[name]) is { } difference) return difference;
            }
            return null;
        }
        return Canonical(found) == Canonical(wanted) ? null : (path, Show(found), Show(wanted));
    }

    private static string Show(JsonNode? node) => node?.ToJsonString(JsonFile.Compact) ?? "nothing";

    private static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject o => "{" + string.Join(",", o.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => JsonSerializer.Serialize(p.Key) + ":" + Canonical(p.Value))) + "}",
        JsonArray a => "[" + string.Join(",", a.Select(Canonical)) + "]",
        _ => node.ToJsonString(JsonFile.Compact),
    };
}

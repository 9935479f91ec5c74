using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// The curves of a run: <c>metrics.jsonl</c>, one object per line, <c>{"scope": …, "step": …, NAME: VALUE, …}</c>.
/// A scope is the stage or the part of it that counts its own steps (<c>ground</c>, <c>train/easy/cql-1</c>).
/// </summary>
/// <remarks>
/// Lines are appended. A stage that continues from a checkpoint calls <see cref="Rewind"/> with the checkpoint's step
/// first, so that an interrupted run holds the same lines as an uninterrupted one. No line holds a time of day.
/// </remarks>
public sealed class MetricsWriter
{
    private readonly string _path;
    private readonly Lock _gate = new();

    /// <summary>Opens the curves of a run; a line torn by a crash is cut off.</summary>
    /// <param name="path">The file; need not exist.</param>
    /// <exception cref="KalmException">The file holds something else, or cannot be read.</exception>
    public MetricsWriter(string path)
    {
        _path = path;
        if (!File.Exists(path)) return;
        string text = JsonFile.ReadText(path);
        int whole = text.LastIndexOf('\n') + 1;
        if (whole < text.Length) AtomicFile.WriteText(path, text[..whole]);
        Read(path);
    }

    /// <summary>Appends one line.</summary>
    /// <param name="scope">Whose step this is.</param>
    /// <param name="step">The step, counted from 0 within the scope.</param>
    /// <param name="values">Names and values; a value that is no number is written as null.</param>
    /// <exception cref="KalmException">The file cannot be written.</exception>
    public void Write(string scope, long step, params ReadOnlySpan<(string Name, double Value)> values)
    {
        var line = new JsonObject { ["scope"] = scope, ["step"] = step };
        foreach ((string name, double value) in values)
            line[name] = double.IsFinite(value) ? JsonValue.Create(value) : null;
        byte[] bytes = Encoding.UTF8.GetBytes(line.ToJsonString(JsonFile.Compact) + "\n");
        lock (_gate)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
                using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, 1);
                stream.Write(bytes);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new KalmException($"{_path}: cannot be written: {AtomicFile.Reason(e)}");
            }
        }
    }

    /// <summary>Drops the lines of a scope from a step on: the stage is about to do these steps again.</summary>
    /// <param name="scope">
    /// The scope; scopes below it (<c>scope/…</c>) are dropped whole when <paramref name="step"/> is 0.
    /// </param>
    /// <param name="step">The first step to drop.</param>
    public void Rewind(string scope, long step)
    {
        lock (_gate)
        {
            if (!File.Exists(_path)) return;
            IReadOnlyList<JsonObject> lines = Read(_path);
            var kept = lines.Where(line => !Dropped(line, scope, step)).ToList();
            if (kept.Count == lines.Count) return;
            AtomicFile.WriteText(_path, string.Concat(kept.Select(line => line.ToJsonString(JsonFile.Compact) + "\n")));
        }
    }

    /// <summary>Reads all lines of a metrics file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KalmException">A line is no JSON object with <c>scope</c> and <c>step</c>.</exception>
    public static IReadOnlyList<JsonObject> Read(string path)
    {
        var lines = new List<JsonObject>();
        int number = 0;
        foreach (string line in JsonFile.ReadText(path).Split('\n'))
        {
            number++;
            if (line.Length == 0) continue;
            lines.Add(Parse(path, number, line));
        }
        return lines;
    }

    private static JsonObject Parse(string path, int number, string line)
    {
        JsonObject? parsed = null;
        try
        {
            parsed = JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            // told below, with the line's number
        }
        if (parsed?["scope"]?.GetValueKind() == JsonValueKind.String
            && parsed["step"]?.GetValueKind() == JsonValueKind.Number)
            return parsed;
        string found = line.Length > 40 ? line[..40] + "…" : line;
        throw new KalmException(
            $"{path}: line {number}: expected {{\"scope\": text, \"step\": number, …}}, found {found}");
    }

    private static bool Dropped(JsonObject line, string scope, long step)
    {
        string found = line["scope"]!.GetValue<string>();
        if (found == scope) return line["step"]!.GetValue<long>() >= step;
        return step == 0 && found.StartsWith(scope + "/", StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Runs a stage once. A stage that begins leaves <c>STAGE/options.json</c>, a stage that ended leaves
/// <c>STAGE/done.json</c>; both hold the key of everything its result depends on.
/// </summary>
/// <remarks>
/// The key is the hash of the stage's options, the run's seed and the keys of the stages it reads from. A stage that is
/// done with the same key is skipped, one that was begun with the same key continues from its last checkpoint; with
/// another key it is an error that names the first option that differs. Nothing is ever deleted.
/// </remarks>
public static class StageRunner
{
    /// <summary>Runs a stage, or reads its result when it is done already.</summary>
    /// <param name="name">The stage's name and folder.</param>
    /// <param name="inputs">Names of the stages whose output it reads; they must be done.</param>
    /// <param name="options">Its options.</param>
    /// <param name="context">The run it belongs to.</param>
    /// <param name="stage">The stage itself.</param>
    /// <exception cref="KalmException">
    /// An input is missing, or the folder holds the stage with other options.
    /// </exception>
    public static TResult Run<TOptions, TResult>(
        string name, string[] inputs, TOptions options, StageContext context,
        Func<TOptions, StageContext, TResult> stage)
        where TOptions : class
        where TResult : class
    {
        string folder = context.Folder.File(name);
        JsonObject identity = Identity(name, inputs, options, context);
        string key = OptionsKey.Hash(identity);
        if (ReadDone<TResult>(folder, identity) is { } done)
        {
            context.Progress.Message($"{name}: already done, kept");
            return done;
        }

        string begun = Path.Combine(folder, "options.json");
        if (File.Exists(begun))
        {
            CheckIdentity(begun, identity);
            context.Progress.Message($"{name}: begun before, continues");
        }
        else
        {
            JsonFile.Write(begun, new JsonObject { ["key"] = key, ["identity"] = identity.DeepClone() });
        }

        var clock = Stopwatch.StartNew();
        TResult result = stage(options, context);
        context.Progress.End();
        JsonFile.Write(Path.Combine(folder, "done.json"), new JsonObject
        {
            ["key"] = key,
            ["identity"] = identity.DeepClone(),
            ["seconds"] = Math.Round(clock.Elapsed.TotalSeconds, 3),
            ["result"] = JsonSerializer.SerializeToNode(result, JsonFile.Compact),
        });
        return result;
    }

    /// <summary>Whether a stage of a run is done.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="name">The stage.</param>
    public static bool IsDone(RunFolder folder, string name) => File.Exists(folder.File(name, "done.json"));

    /// <summary>Reads a part of what a done stage left, for example its result.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="name">The stage.</param>
    /// <param name="path">Names of the fields on the way to the part.</param>
    /// <exception cref="KalmException">The stage is not done, or the part is missing or of another form.</exception>
    public static T Read<T>(RunFolder folder, string name, params string[] path)
        where T : class
    {
        string file = folder.File(name, "done.json");
        JsonNode? part = JsonFile.ReadObject(file);
        foreach (string field in path) part = (part as JsonObject)?[field];
        string place = string.Join('.', path);
        try
        {
            return part.Deserialize<T>(JsonFile.Compact)
                ?? throw new KalmException($"{file}: field '{place}': found nothing, expected {typeof(T).Name}");
        }
        catch (JsonException e)
        {
            throw new KalmException($"{file}: field '{place}': {e.Message}");
        }
    }

    private static JsonObject Identity(string name, string[] inputs, object options, StageContext context)
    {
        var keys = new JsonObject();
        foreach (string input in inputs)
        {
            string path = context.Folder.File(input, "done.json");
            if (!File.Exists(path))
                throw new KalmException(
                    $"{path}: no such file; '{name}' needs the output of '{input}': run `kalm {input}` first");
            keys[input] = JsonFile.ReadObject(path)["key"]?.ToString()
                ?? throw new KalmException($"{path}: field 'key': found nothing, expected the stage's key");
        }
        return new JsonObject
        {
            ["options"] = OptionsKey.ToJson(options),
            ["seed"] = context.Seed,
            ["inputs"] = keys,
        };
    }

    private static TResult? ReadDone<TResult>(string folder, JsonObject identity)
        where TResult : class
    {
        string path = Path.Combine(folder, "done.json");
        if (!File.Exists(path)) return null;
        JsonObject found = CheckIdentity(path, identity);
        try
        {
            return found["result"].Deserialize<TResult>(JsonFile.Compact)
                ?? throw new KalmException($"{path}: field 'result': found nothing, expected the stage's result");
        }
        catch (JsonException e)
        {
            throw new KalmException($"{path}: field 'result': {e.Message}");
        }
    }

    private static JsonObject CheckIdentity(string path, JsonObject identity)
    {
        JsonObject found = JsonFile.ReadObject(path);
        if (OptionsKey.FirstDifference(found["identity"], identity) is not { } difference) return found;
        throw new KalmException(
            $"{path}: field '{difference.Field}': found {difference.Found}, expected {difference.Wanted}; "
            + "the stage was run with other options: choose another --run folder, or the same options "
            + "(nothing was changed)");
    }
}

using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Memory;

namespace Kalm.App.Cli;

/// <summary>Which run a stage belongs to: options that all stages share.</summary>
internal sealed record RunChoice
{
    /// <summary>Preset of runs that name none.</summary>
    public const string DefaultPreset = "tiny";

    /// <summary>Folder of the run; begun when missing, continued when there (default: runs/PRESET).</summary>
    public string? Run { get; init; }

    /// <summary>Preset the options start from: tiny or micro (default: the run's own, else tiny).</summary>
    public string? Preset { get; init; }

    /// <summary>Seed of all random numbers (default: the run's own, else 1).</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Worker threads; only the language model's training depends on their number, in its last digits.
    /// </summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The preset that was typed, else that of the existing run, else the default.</summary>
    public string PresetInUse()
    {
        if (Preset is not null) return Preset;
        string manifest = Path.Combine(Folder(), "run.json");
        return File.Exists(manifest) ? Manifest.Read(manifest).Preset : DefaultPreset;
    }

    /// <summary>Opens the run.</summary>
    /// <param name="choice">Which run.</param>
    /// <param name="options">All options of the run when it is begun as a whole; empty otherwise.</param>
    /// <param name="context">The verb's surroundings.</param>
    public static StageContext Open(RunChoice choice, JsonObject options, VerbContext context)
    {
        string preset = choice.PresetInUse();
        Presets.Get(preset);
        var wanted = new Manifest { Seed = choice.Seed ?? 1, Preset = preset, Options = options };
        RunFolder folder = RunFolder.Open(choice.Folder(), wanted, choice.Seed is not null);
        return new StageContext
        {
            Folder = folder,
            Progress = context.Progress,
            Metrics = new MetricsWriter(folder.MetricsFile),
            Cancel = context.Cancel,
            Threads = choice.Threads,
            Seed = folder.Manifest.Seed,
        };
    }

    /// <summary>The options a stage was given when its run was begun as a whole; null when it was not.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="stage">The stage.</param>
    public static TOptions? Recorded<TOptions>(RunFolder folder, string stage)
        where TOptions : class
    {
        try
        {
            return folder.Manifest.Options[stage].Deserialize<TOptions>(JsonFile.Compact);
        }
        catch (JsonException e)
        {
            throw new KalmException($"{folder.ManifestFile}: field 'options.{stage}': {e.Message}");
        }
    }

    private string Folder() => Run ?? Path.Combine("runs", Preset ?? DefaultPreset);
}

using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Kalm.App.Pipeline;

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

    /// <summary>Worker threads; results do not depend on it.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Opens the run.</summary>
    /// <param name="choice">Which run.</param>
    /// <param name="options">All options of the run when it is begun as a whole; empty otherwise.</param>
    /// <param name="context">The verb's surroundings.</param>
    public static StageContext Open(RunChoice choice, JsonObject options, VerbContext context)
    {
        string path = choice.Run ?? Path.Combine("runs", choice.Preset ?? DefaultPreset);
        bool exists = File.Exists(Path.Combine(path, "run.json"));
        string preset = choice.Preset ?? (exists ? "" : DefaultPreset);
        if (preset.Length > 0) Presets.Get(preset);
        var wanted = new Manifest { Seed = choice.Seed ?? 1, Preset = preset, Options = options };
        RunFolder folder = RunFolder.Open(path, wanted, choice.Seed is not null);
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
}

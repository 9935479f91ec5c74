using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Where a run keeps what it makes: <c>run.json</c>, <c>metrics.jsonl</c>, <c>report.html</c> and one folder per stage
/// (<c>collect</c>, <c>ground</c>, <c>imagine/LEVEL</c>, <c>train/LEVEL/METHOD-SEED</c>, <c>evaluate</c>).
/// </summary>
public sealed class RunFolder
{
    private RunFolder(string path, Manifest manifest)
    {
        Path = path;
        Manifest = manifest;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What its <c>run.json</c> says.</summary>
    public Manifest Manifest { get; }

    /// <summary>The manifest's file.</summary>
    public string ManifestFile => File("run.json");

    /// <summary>The curves' file.</summary>
    public string MetricsFile => File("metrics.jsonl");

    /// <summary>The report.</summary>
    public string ReportFile => File("report.html");

    /// <summary>Output of <c>collect</c>: a rollout set.</summary>
    public string Collect => File("collect");

    /// <summary>Output of <c>ground</c>: the grounded model.</summary>
    public string Ground => File("ground");

    /// <summary>Output of <c>evaluate</c>.</summary>
    public string Evaluate => File("evaluate");

    /// <summary>Output of <c>imagine</c> for one level: a rollout set.</summary>
    /// <param name="level">rephrase, easy or hard.</param>
    public string Imagine(string level) => File("imagine", level);

    /// <summary>Output of <c>train</c> for one policy.</summary>
    /// <param name="level">The level whose imagined rollouts were used; offline for none.</param>
    /// <param name="method">bc or cql.</param>
    /// <param name="seed">Seed of the policy.</param>
    public string Train(string level, string method, int seed) => File("train", level, $"{method}-{seed}");

    /// <summary>A path inside the folder.</summary>
    /// <param name="parts">The names on the way.</param>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>
    /// Opens a run folder, or begins one. An existing run is continued only with the same seed, preset and options.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="wanted">
    /// The manifest of the run to begin or to continue. Fields that a stage run by itself does not know (an empty
    /// preset, no options, <paramref name="seedGiven"/> false) are taken from the existing run.
    /// </param>
    /// <param name="seedGiven">Whether the user named the seed.</param>
    /// <exception cref="KalmException">
    /// The folder belongs to another run, another format, or to something else.
    /// </exception>
    public static RunFolder Open(string path, Manifest wanted, bool seedGiven)
    {
        string file = System.IO.Path.Combine(path, "run.json");
        if (System.IO.File.Exists(file))
        {
            Manifest found = Manifest.Read(file);
            Check(file, found, wanted, seedGiven);
            return new RunFolder(path, found);
        }
        if (System.IO.File.Exists(path))
            throw new KalmException($"{path}: found a file, expected a run folder or nothing");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(IsForeign))
        {
            throw new KalmException(
                $"{path}: found a folder without run.json that is not empty, expected a run folder or nothing "
                + "(nothing was changed)");
        }
        JsonFile.Write(file, wanted);
        return new RunFolder(path, wanted);
    }

    /// <summary>Opens an existing run folder.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="KalmException">There is no run in it, or one of another format.</exception>
    public static RunFolder OpenExisting(string path)
    {
        string file = System.IO.Path.Combine(path, "run.json");
        if (!System.IO.File.Exists(file))
            throw new KalmException($"{path}: no run here: expected a file run.json in it");
        return new RunFolder(path, Manifest.Read(file));
    }

    private static bool IsForeign(string entry) =>
        !entry.EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal);

    private static void Check(string file, Manifest found, Manifest wanted, bool seedGiven)
    {
        if (seedGiven && found.Seed != wanted.Seed) throw Differs(file, "seed", $"{found.Seed}", $"{wanted.Seed}");
        if (wanted.Preset.Length > 0 && found.Preset.Length > 0 && found.Preset != wanted.Preset)
            throw Differs(file, "preset", found.Preset, wanted.Preset);
        if (wanted.Options.Count == 0 || found.Options.Count == 0) return;
        if (OptionsKey.FirstDifference(found.Options, wanted.Options) is { } difference)
            throw Differs(file, difference.Field, difference.Found, difference.Wanted);
    }

    private static KalmException Differs(string file, string field, string found, string wanted) => new(
        $"{file}: field '{field}': found {found}, expected {wanted}; this folder holds another run: "
        + "choose another --run folder, or the same options to continue it (nothing was changed)");
}

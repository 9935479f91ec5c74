using System.Reflection;
using System.Text.Json.Nodes;
using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>A run's <c>run.json</c>: what was asked for, by which version, on which machine.</summary>
public sealed record Manifest
{
    /// <summary>Format of run folders this program reads and writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format of the folder.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Version of the program that began the run.</summary>
    public string Kalm { get; init; } = ProgramVersion;

    /// <summary>Seed all random numbers of the run follow from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Preset the options started from.</summary>
    public string Preset { get; init; } = "";

    /// <summary>All options of all stages, by stage; empty when stages are run one by one.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>When the run was begun (UTC).</summary>
    public DateTime Created { get; init; } = DateTime.UtcNow;

    /// <summary>Where the run was begun.</summary>
    public Machine Machine { get; init; } = new();

    /// <summary>The program's version.</summary>
    public static string ProgramVersion { get; } =
        typeof(Manifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "0";

    /// <summary>Reads a manifest and refuses what this program does not understand.</summary>
    /// <param name="path">The <c>run.json</c>.</param>
    /// <exception cref="KalmException">The file is missing or damaged, or of another format.</exception>
    public static Manifest Read(string path)
    {
        JsonNode? format = JsonFile.ReadObject(path)["format"];
        if (format is null || format.ToJsonString() != $"{CurrentFormat}")
        {
            throw new KalmException(
                $"{path}: field 'format': found {format?.ToJsonString() ?? "nothing"}, expected {CurrentFormat}; "
                + "the run was made by another version of kalm: choose another --run folder (nothing was changed)");
        }
        return JsonFile.Read<Manifest>(path);
    }
}

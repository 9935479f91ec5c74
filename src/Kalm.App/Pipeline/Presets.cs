using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>Named sets of options for whole runs.</summary>
public static class Presets
{
    /// <summary>The presets' names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tiny", "micro"];

    /// <summary>Options of a preset.</summary>
    /// <param name="name">tiny (minutes on 2 cores, the embedded default) or micro (seconds, proves that all parts work).</param>
    /// <exception cref="KalmException">There is no such preset.</exception>
    public static PipelineOptions Get(string name) => name switch
    {
        "tiny" => new PipelineOptions(),
        "micro" => Micro(),
        _ => throw new KalmException($"preset: found '{name}', expected one of {string.Join(", ", Names)}"),
    };

    private static PipelineOptions Micro() => new();
}

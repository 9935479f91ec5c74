using Kalm.App.Pipeline;

namespace Kalm.App.Cli;

/// <summary>Options of <c>kalm list</c>.</summary>
internal sealed record ListOptions
{
    /// <summary>What to list: envs, levels, methods or presets.</summary>
    [Positional]
    public required string What { get; init; }
}

/// <summary>What <c>kalm list</c> found.</summary>
/// <param name="Names">The names.</param>
internal sealed record ListResult(IReadOnlyList<string> Names)
{
    /// <summary>Lists what was asked for.</summary>
    /// <param name="options">What to list.</param>
    /// <exception cref="Kalm.Kernels.Memory.KalmException">Nothing of that name can be listed.</exception>
    public static ListResult Run(ListOptions options) => new(options.What switch
    {
        "envs" => [.. Kalm.Kernels.Envs.EnvRegistry.Ids],
        "levels" => PaperFigures.Levels,
        "methods" => PaperFigures.Methods,
        "presets" => Presets.Names,
        _ => throw new Kalm.Kernels.Memory.KalmException(
            $"list: found '{options.What}', expected envs, levels, methods or presets"),
    });
}

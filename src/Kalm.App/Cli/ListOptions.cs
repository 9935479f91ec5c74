using Kalm.App.Pipeline;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Memory;

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
/// <param name="Envs">Shapes and bounds of environments; null for other lists.</param>
internal sealed record ListResult(IReadOnlyList<string> Names, IReadOnlyList<ListedEnv>? Envs = null)
{
    /// <summary>Lists what was asked for.</summary>
    /// <param name="options">What to list.</param>
    /// <exception cref="KalmException">Nothing of that name can be listed.</exception>
    public static ListResult Run(ListOptions options) => options.What switch
    {
        "envs" => new([.. EnvRegistry.Ids], [.. EnvRegistry.Ids.Select(id => new ListedEnv(EnvRegistry.Describe(id)))]),
        "levels" => new(PaperFigures.Levels),
        "methods" => new(PaperFigures.Methods),
        "presets" => new(Presets.Names),
        _ => throw new KalmException($"list: found '{options.What}', expected envs, levels, methods or presets"),
    };
}

/// <summary>An environment as <c>kalm list envs</c> shows it. Bounds that are infinite are null.</summary>
/// <param name="spec">Its spec.</param>
internal sealed class ListedEnv(EnvSpec spec)
{
    /// <summary>Environment id.</summary>
    public string Id => spec.Id;

    /// <summary>Numbers of an observation.</summary>
    public int ObservationSize => spec.ObservationSize;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> ObservationNames => spec.ObservationNames;

    /// <summary>Least values of an observation.</summary>
    public IReadOnlyList<float?> ObservationLow => [.. spec.ObservationLow.Select(Finite)];

    /// <summary>Greatest values of an observation.</summary>
    public IReadOnlyList<float?> ObservationHigh => [.. spec.ObservationHigh.Select(Finite)];

    /// <summary>Number of choices; 0 where actions are real numbers.</summary>
    public int ActionCount => spec.ActionCount;

    /// <summary>Real numbers of an action; 0 where actions are choices.</summary>
    public int ActionSize => spec.ActionSize;

    /// <summary>Least values of an action.</summary>
    public IReadOnlyList<float> ActionLow => spec.ActionLow;

    /// <summary>Greatest values of an action.</summary>
    public IReadOnlyList<float> ActionHigh => spec.ActionHigh;

    /// <summary>Steps after which an episode is truncated.</summary>
    public int Horizon => spec.Horizon;

    private static float? Finite(float value) => float.IsFinite(value) ? value : null;
}

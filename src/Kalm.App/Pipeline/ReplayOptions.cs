using Kalm.Kernels.Lanes;

namespace Kalm.App.Pipeline;

/// <summary>Options of <c>kalm replay</c>.</summary>
public sealed record ReplayOptions
{
    /// <summary>
    /// Rollouts recorded with states: an official <c>.npy</c> file, a rollout set's folder, or Meta-World episodes: a
    /// <c>.npz</c> file or a folder of such files.
    /// </summary>
    [Positional]
    public string File { get; init; } = "";

    /// <summary>Precision of the simulator.</summary>
    public Precision Precision { get; init; } = Precision.Double;

    /// <summary>Folder of Meta-World's original models, for Meta-World episodes; else the program's own.</summary>
    public string? Assets { get; init; }

    /// <summary>
    /// Folder with MuJoCo's contacts in the states of Meta-World episodes: for each task a JSON file
    /// {"contacts": [for each state: [[geom, geom], ...]]}.
    /// </summary>
    public string? Contacts { get; init; }
}

/// <summary>How far the simulator lands from the recorded positions, m.</summary>
/// <param name="Transitions">Recorded steps that were simulated again.</param>
/// <param name="Median">Half of the steps are closer than this.</param>
/// <param name="P90">Nine of ten steps are closer than this.</param>
/// <param name="P99">99 of 100 steps are closer than this.</param>
/// <param name="Max">The farthest step.</param>
public sealed record ReplayResult(int Transitions, double Median, double P90, double P99, double Max);

using System.ComponentModel.DataAnnotations;
using Kalm.Kernels.Lanes;

namespace Kalm.App.Pipeline;

/// <summary>Options of <c>kalm evaluate</c>.</summary>
public sealed record EvaluateOptions
{
    /// <summary>The policies that a run has trained.</summary>
    public const string Trained = "trained";

    /// <summary>
    /// Environment id; metaworld/TASK, metaworld/all, metaworld/kalm, metaworld/mt10 and metaworld/mt25 need no run.
    /// </summary>
    public string Env { get; init; } = "clevr-robot";

    /// <summary>Who plays: trained (the run's policies, in clevr-robot) or scripted (Meta-World's experts).</summary>
    public string Policy { get; init; } = Trained;

    /// <summary>Goal levels: offline, rephrase, easy, hard.</summary>
    public string[] Levels { get; init; } = ["offline", "rephrase", "easy", "hard"];

    /// <summary>
    /// Methods: bc and cql (with and without imagined rollouts, as trained), llm (the grounded model acts).
    /// </summary>
    public string[] Methods { get; init; } = ["bc", "cql", "llm"];

    /// <summary>Episodes per level and policy; all policies meet the same goals, sentences and scenes.</summary>
    [Range(1, 100_000)]
    public int Episodes { get; init; } = 400;

    /// <summary>Episodes per level with the language model as policy.</summary>
    [Range(1, 100_000)]
    public int LlmEpisodes { get; init; } = 200;

    /// <summary>Episodes per level and method that are kept to be watched in the report.</summary>
    [Range(0, 1000)]
    public int KeptEpisodes { get; init; } = 4;

    /// <summary>Meta-World: goals per task, one episode each.</summary>
    [Range(1, 50)]
    public int Goals { get; init; } = 50;

    /// <summary>Meta-World: precision of the simulator.</summary>
    public Precision Precision { get; init; } = Precision.Float;

    /// <summary>Meta-World: folder of the original assets (default: the program's own scenes).</summary>
    public string? Assets { get; init; }
}

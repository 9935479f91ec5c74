namespace Kalm.App.Pipeline;

/// <summary>
/// The paper's success rates on CLEVR-Robot (KALM, NeurIPS 2024, figures 4 and 5; read off the published figures to
/// 0.2 points, with Llama-2-7B and 100,000 rollouts for grounding).
/// </summary>
public static class PaperFigures
{
    /// <summary>The levels, from nearest to farthest from the recorded data.</summary>
    public static IReadOnlyList<string> Levels { get; } = ["offline", "rephrase", "easy", "hard"];

    /// <summary>The methods in the order of tables and charts.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["bc", "bc+kalm", "cql", "cql+kalm", "llm"];

    /// <summary>The figures.</summary>
    public static IReadOnlyList<PaperFigure> Clevr { get; } =
    [
        new("offline", "cql+kalm", 0.489), new("offline", "cql", 0.563),
        new("offline", "bc+kalm", 0.525), new("offline", "bc", 0.602),
        new("rephrase", "cql+kalm", 0.402), new("rephrase", "cql", 0.265),
        new("rephrase", "bc+kalm", 0.433), new("rephrase", "bc", 0.280), new("rephrase", "llm", 0.235),
        new("easy", "cql+kalm", 0.333), new("easy", "cql", 0.181),
        new("easy", "bc+kalm", 0.335), new("easy", "bc", 0.180), new("easy", "llm", 0.150),
        new("hard", "cql+kalm", 0.079), new("hard", "cql", 0.018),
        new("hard", "bc+kalm", 0.077), new("hard", "bc", 0.010), new("hard", "llm", 0.009),
    ];

    /// <summary>The paper's figure, or null where it has none.</summary>
    /// <param name="level">The level.</param>
    /// <param name="method">The method.</param>
    public static double? Find(string level, string method) =>
        Clevr.FirstOrDefault(f => f.Level == level && f.Method == method)?.Success;
}

/// <summary>A success rate of the paper.</summary>
/// <param name="Level">offline, rephrase, easy or hard.</param>
/// <param name="Method">As in <see cref="LevelResult"/>.</param>
/// <param name="Success">Share of successful episodes, 0 to 1.</param>
public sealed record PaperFigure(string Level, string Method, double Success);

namespace Kalm.App.Pipeline;

/// <summary>What <c>kalm run</c> and <c>kalm demo</c> made.</summary>
/// <param name="Run">The run folder.</param>
/// <param name="Report">The report.</param>
/// <param name="Seconds">Seconds this command took; of a continued run only its last part.</param>
/// <param name="Levels">Success per level and method.</param>
public sealed record RunResult(string Run, string Report, double Seconds, IReadOnlyList<LevelResult> Levels);

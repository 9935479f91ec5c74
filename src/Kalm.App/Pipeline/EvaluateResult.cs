namespace Kalm.App.Pipeline;

/// <summary>What <c>kalm evaluate</c> measured.</summary>
/// <param name="Levels">Success per level and method.</param>
public sealed record EvaluateResult(IReadOnlyList<LevelResult> Levels);

namespace Kalm.App.Pipeline;

/// <summary>Success of one method on one goal level.</summary>
/// <param name="Level">offline, rephrase, easy or hard.</param>
/// <param name="Method">bc, bc+kalm, cql, cql+kalm or llm; <c>+kalm</c> trained with imagined rollouts too.</param>
/// <param name="Success">Share of successful episodes, mean over seeds, 0 to 1.</param>
/// <param name="Std">Standard deviation over seeds (n - 1); 0 for one seed.</param>
/// <param name="Seeds">Policies trained with different seeds.</param>
/// <param name="Episodes">Episodes of all seeds together.</param>
public sealed record LevelResult(string Level, string Method, double Success, double Std, int Seeds, int Episodes);

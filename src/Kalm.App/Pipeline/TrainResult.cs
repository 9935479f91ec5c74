namespace Kalm.App.Pipeline;

/// <summary>What training made.</summary>
/// <param name="Policies">One line per policy.</param>
/// <param name="RealTransitions">Transitions of the collected rollouts.</param>
/// <param name="Updates">Updates of all policies together.</param>
public sealed record TrainResult(IReadOnlyList<TrainedPolicy> Policies, int RealTransitions, long Updates);

/// <summary>One trained policy.</summary>
/// <param name="Level">The level whose imagined rollouts it saw; offline for none.</param>
/// <param name="Method">bc or cql.</param>
/// <param name="Seed">Its number among those of its kind, from 0.</param>
/// <param name="Transitions">Transitions it was trained on.</param>
/// <param name="Loss">Mean loss over the last stretch of its curve.</param>
public sealed record TrainedPolicy(string Level, string Method, int Seed, int Transitions, double Loss);

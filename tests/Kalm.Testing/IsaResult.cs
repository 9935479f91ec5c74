namespace Kalm.Testing;

/// <summary>What a child run of <see cref="IsaRun"/> said.</summary>
/// <param name="ExitCode">Exit code of the child.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Skipped">Tests that were skipped.</param>
/// <param name="Output">Console output of the child.</param>
public sealed record IsaResult(int ExitCode, int Passed, int Failed, int Skipped, string Output);

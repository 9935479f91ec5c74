using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace Kalm.Benchmarks;

/// <summary><c>./bench micro</c>: the BenchmarkDotNet benchmarks of single kernels.</summary>
internal static class MicroVerb
{
    /// <summary>Makes the verb; what follows it goes to BenchmarkDotNet as it is.</summary>
    public static Command Create()
    {
        Command command = new(
            "micro", "Run BenchmarkDotNet benchmarks; takes its options: --filter '*Step*', --list flat")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(parsed =>
        {
            string[] args = parsed.UnmatchedTokens.Count > 0 ? [.. parsed.UnmatchedTokens] : ["--filter", "*"];
            IConfig config = DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
            BenchmarkSwitcher.FromAssembly(typeof(MicroVerb).Assembly).Run(args, config);
        });
        return command;
    }
}

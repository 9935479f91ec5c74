namespace Kalm.Benchmarks.Llm;

/// <summary>What <c>./bench llm</c> found.</summary>
/// <param name="Parameters">Parameters of the model.</param>
/// <param name="TrainTokensPerSecond">Tokens of a training step per second.</param>
/// <param name="GenerateTokensPerSecond">New tokens per second of the decoder kernels.</param>
/// <param name="PlainGenerateTokensPerSecond">New tokens per second of the loop over libtorch operations.</param>
/// <param name="RatioGenerate">Decoder kernels over plain loop.</param>
/// <param name="SameTokens">Share of the tokens in which both agree; a tie within rounding may part them.</param>
internal sealed record LlmBenchResult(
    long Parameters,
    double TrainTokensPerSecond,
    double GenerateTokensPerSecond,
    double PlainGenerateTokensPerSecond,
    double RatioGenerate,
    double SameTokens);

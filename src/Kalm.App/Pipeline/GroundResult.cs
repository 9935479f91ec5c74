namespace Kalm.App.Pipeline;

/// <summary>What <c>kalm ground</c> made.</summary>
public sealed record GroundResult
{
    /// <summary>Parameters of the language model.</summary>
    public required long Parameters { get; init; }

    /// <summary>Tokens that the tokenizer has.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Mean squared error of one-step state predictions on held-out rollouts, m².</summary>
    public required double StateError { get; init; }

    /// <summary>Share of held-out actions that are predicted exactly, given the rollout so far.</summary>
    public required double ActionAccuracy { get; init; }

    /// <summary>Share of held-out rollouts whose goal is explained right.</summary>
    public required double ExplanationAccuracy { get; init; }

    /// <summary>Share of tokens of fresh pretraining text that are predicted right.</summary>
    public required double TextAccuracy { get; init; }

    /// <summary>Rollouts trained on.</summary>
    public required int TrainRollouts { get; init; }

    /// <summary>Rollouts kept for validation.</summary>
    public required int ValidationRollouts { get; init; }
}

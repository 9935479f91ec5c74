using System.ComponentModel.DataAnnotations;
using Kalm.App.Grounding;

namespace Kalm.App.Pipeline;

/// <summary>Options of <c>kalm ground</c>. Losses and tasks: KALM, arXiv 2404.09248, section 3.2.</summary>
public sealed record GroundOptions
{
    /// <summary>
    /// Sizes of a fresh language model (nano, tiny, small, medium), or the folder of a Hugging Face model.
    /// </summary>
    public string Model { get; init; } = "nano";

    /// <summary>Most tokens of the tokenizer that a fresh model gets.</summary>
    [Range(300, 1_000_000)]
    public int Vocabulary { get; init; } = 1024;

    /// <summary>
    /// Steps of pretraining a fresh model on text alone, which stands in for a pretrained model; 0 for none.
    /// </summary>
    [Range(0, 100_000_000)]
    public int PretrainSteps { get; init; } = 400;

    /// <summary>Lines of text in a pretraining batch.</summary>
    [Range(1, 65536)]
    public int PretrainBatch { get; init; } = 64;

    /// <summary>Largest learning rate of pretraining.</summary>
    [Range(1e-9, 1.0)]
    public double PretrainRate { get; init; } = 2e-3;

    /// <summary>Steps of grounding.</summary>
    [Range(1, 100_000_000)]
    public int Steps { get; init; } = 2800;

    /// <summary>Sequences in a grounding batch.</summary>
    [Range(1, 65536)]
    public int Batch { get; init; } = 12;

    /// <summary>Largest learning rate of grounding.</summary>
    [Range(1e-9, 1.0)]
    public double Rate { get; init; } = 1.5e-3;

    /// <summary>
    /// Steps over which a learning rate rises to its largest value; then it falls to a tenth in half a wave.
    /// </summary>
    [Range(0, 100_000_000)]
    public int WarmUp { get; init; } = 100;

    /// <summary>Largest norm of a step's gradient.</summary>
    [Range(1e-9, 1e9)]
    public double Clip { get; init; } = 1;

    /// <summary>Share of plain text among the grounding sequences, so that the language is not forgotten.</summary>
    [Range(0.0, 0.99)]
    public double TextShare { get; init; } = 0.08;

    /// <summary>Rollouts of more steps are not trained on: they are few, long and mostly stuck.</summary>
    [Range(1, 50)]
    public int LongestRollout { get; init; } = 20;

    /// <summary>
    /// Steps that one generation sequence may have: rollouts of the same goal follow each other behind one prompt up to
    /// this number; 0 for one rollout a prompt (KALM).
    /// </summary>
    [Range(0, 10_000)]
    public int GenerationSteps { get; init; } = 30;

    /// <summary>Share of generation among the tasks on rollouts; the others share the rest evenly.</summary>
    [Range(0.01, 1.0)]
    public double GenerationShare { get; init; } = 0.7;

    /// <summary>Whether dynamics prediction is trained (paper).</summary>
    public bool Dynamics { get; init; } = true;

    /// <summary>Whether rollout explanation is trained (paper).</summary>
    public bool Explanation { get; init; } = true;

    /// <summary>Whether consequence prediction is trained (the released code's fourth task).</summary>
    public bool Consequence { get; init; }

    /// <summary>Weight of the squared error of states.</summary>
    [Range(0.0, 1e9)]
    public double StateWeight { get; init; } = 1;

    /// <summary>Weight of the cross entropy of actions.</summary>
    [Range(0.0, 1e9)]
    public double ActionWeight { get; init; } = 1;

    /// <summary>Weight of the cross entropy of explained goals.</summary>
    [Range(0.0, 1e9)]
    public double ExplanationWeight { get; init; } = 1;

    /// <summary>Weight of the cross entropy of plain text.</summary>
    [Range(0.0, 1e9)]
    public double TextWeight { get; init; } = 1;

    /// <summary>What the state head says: the next state (KALM) or the change.</summary>
    public StateTarget StateTarget { get; init; } = StateTarget.Change;

    /// <summary>Factor from positions in meters to the encoder's input; 1 in KALM.</summary>
    [Range(1e-6, 1e6)]
    public double StateInput { get; init; } = 4;

    /// <summary>Factor from the predicted quantity in meters to the head's output; 1 in KALM.</summary>
    [Range(1e-6, 1e6)]
    public double StateOutput { get; init; } = 10;

    /// <summary>
    /// Whether a state is shown as one slot for each ball, so that attention can pick the balls a goal names; otherwise
    /// as one slot (KALM).
    /// </summary>
    public bool ObjectSlots { get; init; }

    /// <summary>Two-layer encoders and heads (paper) instead of one layer (released code).</summary>
    public bool Mlp { get; init; }

    /// <summary>
    /// Whether the model says a goal in plain words, as its pretraining taught it, before it generates a rollout for
    /// it.
    /// </summary>
    public bool Restate { get; init; } = true;

    /// <summary>Share of the rollouts that is kept for validation.</summary>
    [Range(0.0, 0.9)]
    public double Validation { get; init; } = 0.1;

    /// <summary>Rollouts that a validation looks at, at most.</summary>
    [Range(1, 1_000_000)]
    public int ValidationRollouts { get; init; } = 128;

    /// <summary>Steps from one validation to the next.</summary>
    [Range(1, 100_000_000)]
    public int ValidateEvery { get; init; } = 400;

    /// <summary>Steps from one checkpoint to the next.</summary>
    [Range(1, 100_000_000)]
    public int CheckpointEvery { get; init; } = 200;
}

using System.ComponentModel.DataAnnotations;
using Kalm.Kernels.Learning;

namespace Kalm.App.Pipeline;

/// <summary>Options of offline RL on collected and imagined rollouts; the defaults are the paper's.</summary>
public sealed record TrainOptions
{
    /// <summary>Algorithms: cql and bc, each trained without imagined rollouts and, per level, with them.</summary>
    public string[] Methods { get; init; } = ["cql", "bc"];

    /// <summary>Whose imagined rollouts are used, each level by policies of its own; offline stands for none.</summary>
    public string[] Levels { get; init; } = ["offline", "rephrase", "easy", "hard"];

    /// <summary>Policies of each kind, trained with different seeds.</summary>
    [Range(1, 100)]
    public int Seeds { get; init; } = 3;

    /// <summary>Updates of each CQL policy.</summary>
    [Range(1, 100_000_000)]
    public int CqlUpdates { get; init; } = 500_000;

    /// <summary>Updates of each BC policy.</summary>
    [Range(1, 100_000_000)]
    public int BcUpdates { get; init; } = 500_000;

    /// <summary>Transitions per CQL update.</summary>
    [Range(1, 65536)]
    public int CqlBatch { get; init; } = 32;

    /// <summary>Transitions per BC update.</summary>
    [Range(1, 65536)]
    public int BcBatch { get; init; } = 100;

    /// <summary>Adam's step size for CQL.</summary>
    [Range(1e-9, 1.0)]
    public double CqlLearningRate { get; init; } = 6.25e-5;

    /// <summary>Adam's step size for BC.</summary>
    [Range(1e-9, 1.0)]
    public double BcLearningRate { get; init; } = 1e-3;

    /// <summary>Weight beta of BC's mean squared logit.</summary>
    [Range(0.0, 1000.0)]
    public double BcBeta { get; init; } = 0.5;

    /// <summary>Weight alpha of CQL's conservative loss.</summary>
    [Range(0.0, 1e6)]
    public double CqlAlpha { get; init; } = 10;

    /// <summary>Critics of CQL.</summary>
    [Range(1, 16)]
    public int CqlCritics { get; init; } = 1;

    /// <summary>Updates between two hard updates of CQL's target critics.</summary>
    [Range(1, 100_000_000)]
    public int CqlTargetInterval { get; init; } = 8000;

    /// <summary>Discount gamma.</summary>
    [Range(0.0, 1.0)]
    public double Gamma { get; init; } = 0.99;

    /// <summary>Use gamma 1, the released code's effective value.</summary>
    public bool OfficialGamma { get; init; }

    /// <summary>
    /// Batches of real and imagined rollouts: half (one to one, the paper) or union (the released code).
    /// </summary>
    public BatchMix Mix { get; init; } = BatchMix.Half;

    /// <summary>Widths of the hidden layers.</summary>
    public int[] Hidden { get; init; } = [256, 256];

    /// <summary>Activation of the hidden layers: relu (KALM) or tanh (ImagineBench).</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Points of each training curve.</summary>
    [Range(1, 100_000)]
    public int CurvePoints { get; init; } = 50;

    /// <summary>How goal sentences become vectors.</summary>
    public GoalCodeOptions Goals { get; init; } = new();
}

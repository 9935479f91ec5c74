using System.ComponentModel.DataAnnotations;

namespace Kalm.App.Pipeline;

/// <summary>How goal sentences become vectors for policies.</summary>
public sealed record GoalCodeOptions
{
    /// <summary>Hashed word patterns, the grounded model's mean state, or codes recorded in a file.</summary>
    public GoalCodeKind Kind { get; init; } = GoalCodeKind.Hashed;

    /// <summary>Length of hashed codes; 768 is that of the paper's BERT codes.</summary>
    [Range(16, 16384)]
    public int Size { get; init; } = 768;

    /// <summary>Euclidean length of hashed and model codes; 8 makes a typical non-zero hashed value about 1.</summary>
    [Range(0.001, 1000.0)]
    public double Norm { get; init; } = 8;

    /// <summary>
    /// File of recorded codes: an array (sentences, size), with the list of sentences in a .json beside it.
    /// </summary>
    public string? File { get; init; }
}

/// <summary>The ways to make goal codes.</summary>
public enum GoalCodeKind
{
    /// <summary>Hashed word patterns; see <see cref="HashedGoalEncoder"/>.</summary>
    Hashed,

    /// <summary>The grounded model's hidden state; see <see cref="ModelGoalEncoder"/>.</summary>
    Model,

    /// <summary>Codes from a file; see <see cref="RecordedGoalEncoder"/>.</summary>
    Recorded,
}

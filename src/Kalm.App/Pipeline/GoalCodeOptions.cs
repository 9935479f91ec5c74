using System.ComponentModel.DataAnnotations;

namespace Kalm.App.Pipeline;

/// <summary>How goal sentences become vectors for policies.</summary>
public sealed record GoalCodeOptions
{
    /// <summary>Length of hashed codes; 768 is that of the paper's BERT codes.</summary>
    [Range(16, 16384)]
    public int Size { get; init; } = 768;

    /// <summary>Euclidean length of hashed codes; 8 makes a typical non-zero value about 1.</summary>
    [Range(0.001, 1000.0)]
    public double Norm { get; init; } = 8;
}

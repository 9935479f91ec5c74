namespace Kalm.App.Pipeline;

/// <summary>Turns goal sentences into the vectors that policies see beside the state.</summary>
public interface IGoalEncoder
{
    /// <summary>Length of a code.</summary>
    int Size { get; }

    /// <summary>Writes the codes of sentences. The same sentence always gets the same code.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="codes">The codes, (sentences, size).</param>
    void Encode(IReadOnlyList<string> sentences, Span<float> codes);
}

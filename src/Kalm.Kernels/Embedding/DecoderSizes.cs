namespace Kalm.Kernels.Embedding;

/// <summary>Sizes and constants of the LLaMA-2 model that a <see cref="LlamaDecoder"/> runs.</summary>
public sealed record DecoderSizes
{
    /// <summary>Width of the residual stream (C), a multiple of 16.</summary>
    public required int Channels { get; init; }

    /// <summary>Width inside the feed-forward block (F).</summary>
    public required int Inner { get; init; }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Number of query heads (H).</summary>
    public required int Heads { get; init; }

    /// <summary>Number of key and value heads, a divisor of the query heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Number of tokens (V).</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Longest sequence.</summary>
    public required int Positions { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public required double NormEpsilon { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public required double RopeTheta { get; init; }

    /// <summary>Whether the head shares the token embeddings.</summary>
    public required bool TiedHead { get; init; }

    /// <summary>Channels of one head (D), a multiple of 16.</summary>
    public int HeadSize => Channels / Heads;

    /// <summary>Channels of all key heads.</summary>
    internal int KeyValueChannels => KeyValueHeads * HeadSize;

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">A size is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(Heads >= 1 && Channels >= 16 && Channels % (16 * Heads) == 0, nameof(Channels),
            "a multiple of 16 channels for each head", Channels);
        Require(Inner >= 1, nameof(Inner), "at least 1", Inner);
        Require(Layers >= 1, nameof(Layers), "at least 1", Layers);
        Require(KeyValueHeads >= 1 && Heads % KeyValueHeads == 0, nameof(KeyValueHeads),
            $"a divisor of {Heads} heads", KeyValueHeads);
        Require(Vocabulary >= 1, nameof(Vocabulary), "at least 1", Vocabulary);
        Require(Positions >= 1, nameof(Positions), "at least 1", Positions);
    }

    private static void Require(bool holds, string field, string expected, int found)
    {
        if (!holds) throw new ArgumentException($"{field}: expected {expected}, found {found}");
    }
}

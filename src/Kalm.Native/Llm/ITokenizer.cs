namespace Kalm.Native.Llm;

/// <summary>Text to token ids and back.</summary>
public interface ITokenizer
{
    /// <summary>Number of tokens, special ones included; the model's <c>vocab_size</c>.</summary>
    int Count { get; }

    /// <summary>Token that starts a sequence.</summary>
    int BosId { get; }

    /// <summary>Token that ends a sequence.</summary>
    int EosId { get; }

    /// <summary>Token that fills up short sequences.</summary>
    int PadId { get; }

    /// <summary>The tokens of a text, without bos and eos. Text never becomes a special token.</summary>
    int[] Encode(string text);

    /// <summary>The text of some tokens; special tokens leave nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id that is not in the vocabulary.</exception>
    string Decode(ReadOnlySpan<int> tokens);
}

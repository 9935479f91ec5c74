using Kalm.Native.Llm;

namespace Kalm.App.Grounding;

/// <summary>Texts to tokens, each text once: prompts repeat by the thousand.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="lowerCase">
/// Whether capital letters are written small first; a tokenizer of our own knows only these.
/// </param>
public sealed class PromptEncoder(ITokenizer tokenizer, bool lowerCase)
{
    private readonly Dictionary<string, int[]> _known = new(StringComparer.Ordinal);

    /// <summary>The tokenizer.</summary>
    public ITokenizer Tokenizer { get; } = tokenizer;

    /// <summary>Whether capital letters are written small.</summary>
    public bool LowerCase { get; } = lowerCase;

    /// <summary>A text as it is encoded.</summary>
    public string Normalize(string text) => LowerCase ? Lower(text) : text;

    /// <summary>The small letters of a text.</summary>
    public static string Lower(string text) => string.Create(text.Length, text, (to, from) =>
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = char.ToLowerInvariant(from[i]);
    });

    /// <summary>Tokens of a text that begins a sequence.</summary>
    public int[] Begin(string text) => Known("^" + text, () => [Tokenizer.BosId, .. Tokenizer.Encode(Normalize(text))]);

    /// <summary>Tokens of a text inside a sequence.</summary>
    public int[] Go(string text) => Known(text, () => Tokenizer.Encode(Normalize(text)));

    private int[] Known(string key, Func<int[]> encode)
    {
        if (!_known.TryGetValue(key, out int[]? tokens))
        {
            tokens = encode();
            _known.Add(key, tokens);
        }

        return tokens;
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace Kalm.Native.Llm;

/// <summary>
/// Learns the merges of a <see cref="BpeTokenizer"/> from sentences. The same sentences in the same order of counts
/// give the same tokenizer on every machine: ties go to the pair that sorts first by code point.
/// </summary>
/// <remarks>Reference: Sennrich, Haddow, Birch, arXiv 1508.07909, algorithm 1.</remarks>
public static class BpeTrainer
{
    private static readonly string[] SpecialTokens = ["<pad>", "<s>", "</s>"];

    /// <summary>Trains a tokenizer.</summary>
    /// <param name="sentences">The text to learn from.</param>
    /// <param name="vocabulary">Largest number of tokens, special and byte tokens included; fewer come out where the
    /// text has no pair left that occurs twice.</param>
    /// <exception cref="ArgumentException">The vocabulary cannot even hold the characters of the text.</exception>
    public static BpeTokenizer Train(IEnumerable<string> sentences, int vocabulary)
    {
        Dictionary<string, long> counts = CountPieces(sentences);
        List<string> tokens = [.. SpecialTokens];
        for (int b = 0; b < 256; b++)
            tokens.Add(BpeTokenizer.ByteToken(b));

        var alphabet = new SortedSet<int>(counts.Keys.SelectMany(piece => piece.EnumerateRunes()).Select(r => r.Value));
        tokens.AddRange(alphabet.Select(value => new Rune(value).ToString()));
        if (tokens.Count > vocabulary)
        {
            throw new ArgumentException(
                $"vocabulary: expected at least {tokens.Count} for the characters of the text, found {vocabulary}");
        }

        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < tokens.Count; id++)
            ids[tokens[id]] = id;

        // words in a fixed order, as lists of token ids
        var words = new List<Word>();
        foreach ((string piece, long count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            words.Add(new Word([.. piece.EnumerateRunes().Select(rune => ids[rune.ToString()])], count));

        var merges = new List<(string Left, string Right)>();
        Learn(words, tokens, merges, ids, vocabulary);
        return new BpeTokenizer(tokens, merges, [0, 1, 2], BpeTokenizer.WordPattern);
    }

    private static Dictionary<string, long> CountPieces(IEnumerable<string> sentences)
    {
        var pattern = new Regex(BpeTokenizer.WordPattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string sentence in sentences)
        {
            foreach (string piece in BpeTokenizer.Pieces(sentence, pattern))
                counts[piece] = counts.GetValueOrDefault(piece) + 1;
        }

        return counts;
    }

    private static void Learn(
        List<Word> words,
        List<string> tokens,
        List<(string Left, string Right)> merges,
        Dictionary<string, int> ids,
        int vocabulary)
    {
        var pairs = new Dictionary<(int Left, int Right), Pair>();
        for (int w = 0; w < words.Count; w++)
            Count(pairs, words[w], w, +1);

        while (tokens.Count < vocabulary)
        {
            if (!TryFindBest(pairs, tokens, out (int Left, int Right) best))
                return;

            (string left, string right) = (tokens[best.Left], tokens[best.Right]);
            merges.Add((left, right));

            // two different pairs may spell the same token
            if (!ids.TryGetValue(left + right, out int joined))
            {
                joined = tokens.Count;
                ids[left + right] = joined;
                tokens.Add(left + right);
            }

            foreach (int w in pairs[best].Words.Order().ToArray())
            {
                Count(pairs, words[w], w, -1);
                Join(words[w].Symbols, best, joined);
                Count(pairs, words[w], w, +1);
            }
        }
    }

    private static bool TryFindBest(
        Dictionary<(int Left, int Right), Pair> pairs, List<string> tokens, out (int Left, int Right) best)
    {
        best = (-1, -1);
        long most = 1;
        foreach (((int Left, int Right) key, Pair pair) in pairs)
        {
            if (pair.Count > most || (pair.Count == most && best.Left >= 0 && Before(key, best, tokens)))
                (best, most) = (key, pair.Count);
        }

        return best.Left >= 0;
    }

    private static bool Before((int Left, int Right) a, (int Left, int Right) b, List<string> tokens)
    {
        int order = string.CompareOrdinal(tokens[a.Left], tokens[b.Left]);
        return order < 0 || (order == 0 && string.CompareOrdinal(tokens[a.Right], tokens[b.Right]) < 0);
    }

    private static void Count(Dictionary<(int Left, int Right), Pair> pairs, Word word, int index, int sign)
    {
        for (int i = 0; i + 1 < word.Symbols.Count; i++)
        {
            (int, int) key = (word.Symbols[i], word.Symbols[i + 1]);
            if (!pairs.TryGetValue(key, out Pair? pair))
                pairs[key] = pair = new Pair();
            pair.Count += sign * word.Count;
            if (sign > 0)
                pair.Words.Add(index);
            else
                pair.Words.Remove(index);
        }
    }

    private static void Join(List<int> symbols, (int Left, int Right) pair, int joined)
    {
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            if (symbols[i] == pair.Left && symbols[i + 1] == pair.Right)
            {
                symbols[i] = joined;
                symbols.RemoveAt(i + 1);
            }
        }
    }

    /// <summary>One distinct piece of the text.</summary>
    /// <param name="Symbols">Its tokens so far.</param>
    /// <param name="Count">How often it occurs.</param>
    private sealed record Word(List<int> Symbols, long Count);

    /// <summary>Two neighboring tokens.</summary>
    private sealed class Pair
    {
        /// <summary>Gets or sets how often they stand side by side.</summary>
        public long Count { get; set; }

        /// <summary>Gets the words they stand in.</summary>
        public HashSet<int> Words { get; } = [];
    }
}

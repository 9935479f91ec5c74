using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Grounding;

/// <summary>
/// The evaluation sentences that no training text may contain. Combined relations of the hard level are too many to
/// list; the corpus joins its wishes in another way.
/// </summary>
public static class HeldOut
{
    // every sentence is longer than this
    private const int PrefixLength = 12;

    private static readonly Dictionary<string, string[]> SentencesByPrefix = Collect();

    /// <summary>Whether a line contains an evaluation sentence of the rephrase, easy or hard level.</summary>
    /// <param name="line">Any text; capital letters do not matter.</param>
    public static bool Any(string line)
    {
        string text = line.ToUpperInvariant();
        var byPrefix = SentencesByPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int start = 0; start + PrefixLength <= text.Length; start++)
        {
            // sentences begin with a word
            if (start > 0 && text[start - 1] != ' ') continue;
            if (!byPrefix.TryGetValue(text.AsSpan(start, PrefixLength), out string[]? sentences)) continue;
            foreach (string sentence in sentences)
            {
                if (text.AsSpan(start).StartsWith(sentence, StringComparison.Ordinal)) return true;
            }
        }

        return false;
    }

    private static Dictionary<string, string[]> Collect()
    {
        IEnumerable<string> sentences =
            from level in new[] { ClevrLevel.Rephrase, ClevrLevel.Easy, ClevrLevel.Hard }
            from goal in ClevrGoals.Listed(level)
            from sentence in ClevrSentences.For(level, goal)
            select sentence.ToUpperInvariant();
        return sentences.Distinct()
            .GroupBy(sentence => sentence[..PrefixLength])
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }
}

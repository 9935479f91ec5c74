using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Grounding;

/// <summary>
/// The evaluation sentences that no training text may contain. Combined relations of the hard level are too many to
/// list; the corpus joins its wishes in another way.
/// </summary>
public static class HeldOut
{
    private static readonly HashSet<string> Sentences = Collect();
    private static readonly int[] Lengths = [.. Sentences.Select(text => text.Length).Distinct()];

    /// <summary>Whether a line contains an evaluation sentence of the rephrase, easy or hard level.</summary>
    /// <param name="line">Any text; capital letters do not matter.</param>
    public static bool Any(string line)
    {
        string text = line.ToUpperInvariant();
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = Sentences.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int start = 0; start < text.Length; start++)
        {
            // sentences begin with a word
            if (start > 0 && text[start - 1] != ' ') continue;
            foreach (int length in Lengths)
            {
                if (start + length <= text.Length && lookup.Contains(text.AsSpan(start, length))) return true;
            }
        }

        return false;
    }

    private static HashSet<string> Collect()
    {
        HashSet<string> sentences = new(StringComparer.Ordinal);
        foreach (ClevrLevel level in new[] { ClevrLevel.Rephrase, ClevrLevel.Easy, ClevrLevel.Hard })
        {
            foreach (ClevrGoal goal in ClevrGoals.Listed(level))
            {
                foreach (string sentence in ClevrSentences.For(level, goal)) sentences.Add(sentence.ToUpperInvariant());
            }
        }

        return sentences;
    }
}

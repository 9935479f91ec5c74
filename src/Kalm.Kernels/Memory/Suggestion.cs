namespace Kalm.Kernels.Memory;

/// <summary>Finds the word a user may have meant.</summary>
public static class Suggestion
{
    /// <summary>" (did you mean 'WORD'?)" with the nearest known word; empty when none is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">What could have been typed.</param>
    /// <param name="prefix">What stands before the words.</param>
    public static string Hint(string typed, IEnumerable<string> known, string prefix = "") =>
        Nearest(typed, known) is { } word ? $" (did you mean '{prefix}{word}'?)" : "";

    /// <summary>The nearest known word, or null when none is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">What could have been typed.</param>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(known);
        var best = known
            .Select(word => (Word: word, Distance: Distance(typed, word)))
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(2, typed.Length / 3) ? best.Word : null;
    }

    /// <summary>Edits (insert, delete, replace) that turn one word into the other.</summary>
    /// <param name="a">One word.</param>
    /// <param name="b">The other.</param>
    public static int Distance(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        int[] row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                int replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}

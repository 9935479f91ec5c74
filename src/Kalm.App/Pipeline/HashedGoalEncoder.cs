using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Kalm.App.Pipeline;

/// <summary>
/// Goal codes without a model: signed feature hashing (Weinberger et al., arXiv:0902.2206) of a sentence's words and of
/// its ordered word pairs.
/// </summary>
/// <remarks>
/// Features are the words, lower case, and every pair (earlier word, later word) at most <see cref="Reach"/> words
/// apart; articles and a few other words that carry no goal are left out first. Plain neighboring pairs would not do:
/// "push the red ball left of the blue ball" and the same sentence with the colors swapped have the same neighboring
/// pairs, while (red … blue) and (blue … red) tell them apart. Each feature adds ±1 to one coordinate, both taken from
/// its hash; the vector is then scaled to a fixed Euclidean length, by default 8, so that of some 60 features each
/// weighs about ±1, as the coordinates of the paper's BERT codes do.
/// </remarks>
/// <param name="size">Length of a code.</param>
/// <param name="norm">Euclidean length of a code.</param>
public sealed class HashedGoalEncoder(int size, double norm) : IGoalEncoder
{
    private const int Reach = 8;

    private static readonly HashSet<string> Silent =
        new(["a", "an", "the", "is", "are", "was", "be", "being", "it", "its", "that", "this", "there", "any", "some"]);

    /// <inheritdoc/>
    public int Size => size;

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<string> sentences, Span<float> codes)
    {
        if (codes.Length != sentences.Count * size)
            throw new ArgumentException(
                $"{sentences.Count} codes of {size} do not fit {codes.Length} numbers", nameof(codes));
        codes.Clear();
        for (int i = 0; i < sentences.Count; i++) Encode(sentences[i], codes.Slice(i * size, size));
    }

    /// <summary>The words of a sentence that count.</summary>
    /// <param name="sentence">The sentence.</param>
    internal static List<string> Words(string sentence)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (char c in sentence + " ")
        {
            if (char.IsLetterOrDigit(c) || c == '\'')
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }
            if (word.Length > 0 && !Silent.Contains(word.ToString())) words.Add(word.ToString());
            word.Clear();
        }
        return words;
    }

    private void Encode(string sentence, Span<float> code)
    {
        List<string> words = Words(sentence);
        for (int i = 0; i < words.Count; i++)
        {
            Add(words[i], code);
            for (int j = i + 1; j < words.Count && j <= i + Reach; j++) Add(words[i] + " … " + words[j], code);
        }
        double square = 0;
        foreach (float value in code) square += value * value;
        if (square == 0) return;
        float scale = (float)(norm / Math.Sqrt(square));
        foreach (ref float value in code) value *= scale;
    }

    private void Add(string feature, Span<float> code)
    {
        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(feature)));
        code[(int)((hash >> 1) % (ulong)size)] += (hash & 1) == 0 ? 1 : -1;
    }
}

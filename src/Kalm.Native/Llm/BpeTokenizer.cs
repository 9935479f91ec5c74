using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kalm.Native.Llm;

/// <summary>
/// Byte-pair encoding with byte fallback, as LLaMA-2's tokenizer: spaces become <c>▁</c>, one is put in front, and a
/// character outside the vocabulary is spelled with the 256 byte tokens.
/// </summary>
/// <remarks>
/// Written here because Microsoft.ML.Tokenizers 2.0.1 covers neither half: its BPE has the byte-level alphabet of
/// GPT-2 but no byte fallback, reads vocab/merges files and not <c>tokenizer.json</c>, and does not train. Its
/// SentencePiece reader is the one to put behind <see cref="ITokenizer"/> for <c>tokenizer.model</c> files.
/// Reference: Sennrich, Haddow, Birch, arXiv 1508.07909, algorithm 1 (merges in the order they were learned).
/// </remarks>
public sealed class BpeTokenizer : ITokenizer
{
    /// <summary>Stands for a space inside tokens.</summary>
    public const char SpaceMark = '▁';

    /// <summary>
    /// How the embedded tokenizer cuts text before merging: a word with the space before it, and every punctuation
    /// character and line end on its own, so that a word is the same token before a comma and before a full stop.
    /// </summary>
    public const string WordPattern = @"▁?[^▁!-/:-@\[-`{-~\n]+|[!-/:-@\[-`{-~\n]|▁";

    private readonly string[] _tokens;
    private readonly Dictionary<string, int> _ids;
    private readonly (string Left, string Right)[] _merges;
    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> _ranks = [];
    private readonly int[] _byteIds = new int[256];
    private readonly int[] _byteOfId;
    private readonly HashSet<int> _special;
    private readonly Regex? _pattern;
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);

    /// <summary>Makes a tokenizer from its tables.</summary>
    /// <param name="tokens">The tokens in the order of their ids; <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c> among
    /// them.</param>
    /// <param name="merges">Pairs of tokens that join, the first learned first.</param>
    /// <param name="special">Ids that no text gives and that decode to nothing.</param>
    /// <param name="pattern">Cuts text into pieces that no merge crosses, or null for none; a regular expression
    /// without look-around.</param>
    /// <exception cref="ArgumentException">The tables do not belong together.</exception>
    public BpeTokenizer(
        IReadOnlyList<string> tokens,
        IReadOnlyList<(string Left, string Right)> merges,
        IReadOnlyCollection<int> special,
        string? pattern)
    {
        _tokens = [.. tokens];
        _merges = [.. merges];
        _special = [.. special];
        _ids = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        Pattern = pattern;

        // linear time whatever the pattern: it may come from a file
        if (pattern is not null)
            _pattern = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        for (int id = 0; id < _tokens.Length; id++)
        {
            if (!_ids.TryAdd(_tokens[id], id))
                throw new ArgumentException($"token '{_tokens[id]}': expected one id, found a second, {id}");
        }

        _byteOfId = new int[_tokens.Length];
        Array.Fill(_byteOfId, -1);
        for (int b = 0; b < 256; b++)
        {
            _byteIds[b] = Require(ByteToken(b), "the byte tokens");
            _byteOfId[_byteIds[b]] = b;
        }

        for (int rank = 0; rank < _merges.Length; rank++)
        {
            (string left, string right) = _merges[rank];
            string field = $"merge {rank} ('{left}' '{right}')";
            int joined = Require(left + right, field);
            if (!_ranks.TryAdd((Require(left, field), Require(right, field)), (rank, joined)))
                throw new ArgumentException($"{field}: expected each pair once, found it again");
        }

        BosId = _ids.GetValueOrDefault("<s>", -1);
        EosId = _ids.GetValueOrDefault("</s>", -1);
        PadId = _ids.TryGetValue("<pad>", out int pad) ? pad : Math.Max(0, EosId);
    }

    /// <inheritdoc/>
    public int Count => _tokens.Length;

    /// <inheritdoc/>
    public int BosId { get; }

    /// <inheritdoc/>
    public int EosId { get; }

    /// <inheritdoc/>
    public int PadId { get; }

    /// <summary>The tokens in the order of their ids.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The merges, the first learned first.</summary>
    public IReadOnlyList<(string Left, string Right)> Merges => _merges;

    /// <summary>Ids that no text gives.</summary>
    public IReadOnlyCollection<int> Special => _special;

    /// <summary>The expression that cuts text before merging, or null.</summary>
    public string? Pattern { get; }

    /// <summary>The token of a byte, for example <c>&lt;0x0A&gt;</c>.</summary>
    public static string ByteToken(int value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");

    /// <summary>The pieces a text is cut into, spaces marked.</summary>
    internal static IEnumerable<string> Pieces(string text, Regex? pattern)
    {
        string marked = text.Length == 0 ? "" : SpaceMark + text.Replace(' ', SpaceMark);
        if (pattern is null)
        {
            if (marked.Length > 0)
                yield return marked;
            yield break;
        }

        // what lies between two matches is a piece too
        int end = 0;
        for (Match match = pattern.Match(marked); match.Success; match = match.NextMatch())
        {
            if (match.Index > end)
                yield return marked[end..match.Index];
            if (match.Length > 0)
                yield return match.Value;
            end = match.Index + match.Length;
        }

        if (end < marked.Length)
            yield return marked[end..];
    }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        var ids = new List<int>(text.Length / 3);
        foreach (string piece in Pieces(text, _pattern))
        {
            if (!_cache.TryGetValue(piece, out int[]? known))
            {
                known = Merge(piece);
                if (_cache.Count < 100_000)
                    _cache[piece] = known;
            }

            ids.AddRange(known);
        }

        return [.. ids];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var bytes = new List<byte>(4 * tokens.Length);
        foreach (int id in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(id, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, _tokens.Length, nameof(tokens));
            if (_byteOfId[id] >= 0)
                bytes.Add((byte)_byteOfId[id]);
            else if (!_special.Contains(id))
                bytes.AddRange(Encoding.UTF8.GetBytes(_tokens[id].Replace(SpaceMark, ' ')));
        }

        string text = Encoding.UTF8.GetString([.. bytes]);

        // the space that Encode put in front
        return text.StartsWith(' ') ? text[1..] : text;
    }

    private int[] Merge(string piece)
    {
        var symbols = new List<int>(piece.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in piece.EnumerateRunes())
        {
            // a token that merely looks like text, such as <s>, is never one rune, so it cannot come up here
            if (_ids.TryGetValue(rune.ToString(), out int id))
            {
                symbols.Add(id);
                continue;
            }

            foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)])
                symbols.Add(_byteIds[b]);
        }

        // join the pair that was learned first, the leftmost of its kind first, until no pair is known
        while (symbols.Count > 1)
        {
            (int Rank, int Id) best = (int.MaxValue, 0);
            int at = -1;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (_ranks.TryGetValue((symbols[i], symbols[i + 1]), out (int Rank, int Id) found)
                    && found.Rank < best.Rank)
                {
                    best = found;
                    at = i;
                }
            }

            if (at < 0)
                break;
            symbols[at] = best.Id;
            symbols.RemoveAt(at + 1);
        }

        return [.. symbols];
    }

    private int Require(string token, string field)
    {
        return _ids.TryGetValue(token, out int id)
            ? id
            : throw new ArgumentException($"{field}: expected '{token}' in the vocabulary, found no such token");
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Goal codes from files, for example BERT codes computed elsewhere: <c>NAME.npy</c> with an array (sentences, size)
/// and <c>NAME.json</c> beside it with the list of the sentences.
/// </summary>
public sealed class RecordedGoalEncoder : IGoalEncoder
{
    private readonly string _path;
    private readonly float[] _codes;
    private readonly Dictionary<string, int> _rows = [];

    /// <summary>Reads the files.</summary>
    /// <param name="path">The <c>.npy</c> file.</param>
    /// <exception cref="KalmException">A file is missing or damaged, or the two disagree.</exception>
    public RecordedGoalEncoder(string path)
    {
        _path = path;
        NpyArray array = Npy.Read(path);
        if (array.Shape.Length != 2)
            throw new KalmException(
                $"{path}: shape: found {array.Shape.Length} dimensions, expected (sentences, size)");
        Size = array.Shape[1];
        _codes = array.ToFloats(path);
        string names = Path.ChangeExtension(path, ".json");
        List<string> sentences = Sentences(names);
        if (sentences.Count != array.Shape[0])
            throw new KalmException(
                $"{names}: found {sentences.Count} sentences, expected {array.Shape[0]} as {path} has rows");
        for (int row = 0; row < sentences.Count; row++) _rows[sentences[row]] = row;
    }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    /// <exception cref="KalmException">A sentence has no recorded code.</exception>
    public void Encode(IReadOnlyList<string> sentences, Span<float> codes)
    {
        for (int i = 0; i < sentences.Count; i++)
        {
            if (!_rows.TryGetValue(sentences[i], out int row))
                throw new KalmException($"{_path}: found no code for the sentence '{sentences[i]}', expected one");
            _codes.AsSpan(row * Size, Size).CopyTo(codes.Slice(i * Size, Size));
        }
    }

    private static List<string> Sentences(string path)
    {
        try
        {
            if (JsonNode.Parse(JsonFile.ReadText(path)) is JsonArray array
                && array.All(item => item?.GetValueKind() == JsonValueKind.String))
            {
                return [.. array.Select(item => item!.GetValue<string>())];
            }
        }
        catch (JsonException e)
        {
            throw new KalmException($"{path}: line {(e.LineNumber ?? 0) + 1}: no JSON: {e.Message}");
        }
        throw new KalmException($"{path}: expected a list of sentences");
    }
}

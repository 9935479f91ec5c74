using Kalm.App.Grounding;
using Kalm.Kernels.Embedding;

namespace Kalm.App.Pipeline;

/// <summary>
/// Goal codes by the grounded language model: its last hidden state, averaged over the sentence's tokens and scaled to
/// a fixed Euclidean length.
/// </summary>
public sealed class ModelGoalEncoder : IGoalEncoder
{
    private const int Batch = 256;
    private readonly string _folder;
    private readonly int _threads;
    private readonly double _norm;
    private readonly Dictionary<string, float[]> _known = [];

    /// <summary>An encoder with the model of a folder; the model is only held while it encodes.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="threads">Threads it may use.</param>
    /// <param name="norm">Euclidean length of a code.</param>
    public ModelGoalEncoder(string folder, int threads, double norm)
    {
        (_folder, _threads, _norm) = (folder, threads, norm);
        using GroundedModel model = GroundedModel.Load(folder);
        Size = model.Language.Options.HiddenSize;
    }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<string> sentences, Span<float> codes)
    {
        List<string> fresh = [.. sentences.Distinct().Where(sentence => !_known.ContainsKey(sentence))];
        if (fresh.Count > 0) Learn(fresh);
        for (int i = 0; i < sentences.Count; i++) _known[sentences[i]].CopyTo(codes[(i * Size)..]);
    }

    private void Learn(List<string> sentences)
    {
        using GroundedModel model = GroundedModel.Load(_folder);
        LlamaDecoder decoder = model.Decoder(_threads);
        foreach (string[] part in sentences.Chunk(Batch))
        {
            int[][] tokens = [.. part.Select(model.Prompts.Begin)];
            float[][] means = Means(decoder, tokens);
            for (int i = 0; i < part.Length; i++) _known[part[i]] = means[i];
        }
    }

    private float[][] Means(LlamaDecoder decoder, int[][] tokens)
    {
        DecodeSession session = decoder.NewSession(tokens.Length, tokens.Max(t => t.Length));
        float[][] sums = [.. tokens.Select(_ => new float[Size])];
        float[] rows = new float[tokens.Length * Size];
        float[] hidden = new float[tokens.Length * Size];
        int[] active = [.. Enumerable.Range(0, tokens.Length)];
        for (int at = 0; active.Length > 0; at++)
        {
            decoder.EmbedTokens([.. active.Select(i => tokens[i][at])], rows.AsSpan(0, active.Length * Size));
            session.Step(active, rows.AsSpan(0, active.Length * Size), hidden.AsSpan(0, active.Length * Size));
            for (int k = 0; k < active.Length; k++)
            {
                for (int c = 0; c < Size; c++) sums[active[k]][c] += hidden[(k * Size) + c];
            }
            active = [.. active.Where(i => at + 1 < tokens[i].Length)];
        }
        foreach (float[] sum in sums) Scale(sum);
        return sums;
    }

    private void Scale(float[] code)
    {
        double square = code.Sum(value => (double)value * value);
        float scale = square > 0 ? (float)(_norm / Math.Sqrt(square)) : 0;
        foreach (ref float value in code.AsSpan()) value *= scale;
    }
}

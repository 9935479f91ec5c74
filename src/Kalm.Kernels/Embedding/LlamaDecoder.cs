using System.Globalization;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// Runs a LLaMA-2 forwards over many sequences at once, without gradients and without a tensor library: weights are
/// packed once, and each thread takes its share of the sequences through all layers on its own. The result of a
/// sequence does not depend on the others in the batch, on the threads or on the vector width.
/// </summary>
/// <remarks>
/// Weights come by their Hugging Face names through <see cref="SetWeight"/>, and may come again after training.
/// Not safe for use by several threads at once.
/// </remarks>
public sealed unsafe class LlamaDecoder : IDisposable
{
    private readonly PinnedFloats _embedding;
    private readonly PackedWeight _head;
    private readonly DecoderLayer[] _layers;
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>A decoder that waits for its weights.</summary>
    /// <param name="sizes">Sizes of the model.</param>
    /// <param name="threads">Number of threads, at least 1.</param>
    public LlamaDecoder(DecoderSizes sizes, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        sizes.Validate();
        Sizes = sizes;
        Team = new ThreadTeam(threads);
        _embedding = new PinnedFloats(checked(sizes.Vocabulary * sizes.Channels));
        _head = new PackedWeight(sizes.Channels, sizes.Vocabulary);
        FinalNorm = new PinnedFloats(sizes.Channels);
        _layers = [.. Enumerable.Range(0, sizes.Layers).Select(_ => new DecoderLayer(sizes))];
        _missing.UnionWith(WeightNames(sizes));
    }

    /// <summary>Sizes of the model.</summary>
    public DecoderSizes Sizes { get; }

    /// <summary>Number of threads.</summary>
    public int Threads => Team.Threads;

    /// <summary>The threads.</summary>
    internal ThreadTeam Team { get; }

    /// <summary>The layers' weights.</summary>
    internal IReadOnlyList<DecoderLayer> Layers => _layers;

    /// <summary>Scale of the norm after the last layer.</summary>
    internal PinnedFloats FinalNorm { get; }

    /// <summary>The names of all weights of a model of these sizes.</summary>
    public static IEnumerable<string> WeightNames(DecoderSizes sizes)
    {
        yield return "model.embed_tokens.weight";
        for (int layer = 0; layer < sizes.Layers; layer++)
        {
            foreach (string part in new[] { "q_proj", "k_proj", "v_proj", "o_proj" })
                yield return $"model.layers.{layer}.self_attn.{part}.weight";
            foreach (string part in new[] { "gate_proj", "up_proj", "down_proj" })
                yield return $"model.layers.{layer}.mlp.{part}.weight";
            yield return $"model.layers.{layer}.input_layernorm.weight";
            yield return $"model.layers.{layer}.post_attention_layernorm.weight";
        }

        yield return "model.norm.weight";
        if (!sizes.TiedHead) yield return "lm_head.weight";
    }

    /// <summary>Takes one weight.</summary>
    /// <param name="name">Its Hugging Face name.</param>
    /// <param name="values">Row-major (out, in); copied.</param>
    /// <exception cref="ArgumentException">No such weight, or another number of elements.</exception>
    public void SetWeight(string name, ReadOnlySpan<float> values)
    {
        switch (name)
        {
            case "model.embed_tokens.weight":
                Copy(name, values, _embedding);
                if (Sizes.TiedHead) _head.Set(values);
                break;
            case "lm_head.weight":
                Pack(name, values, _head);
                break;
            case "model.norm.weight":
                Copy(name, values, FinalNorm);
                break;
            default:
                SetLayerWeight(name, values);
                break;
        }

        _missing.Remove(name);
    }

    /// <summary>Room for a batch of sequences.</summary>
    /// <param name="batch">Number of sequences.</param>
    /// <param name="capacity">Most rows of a sequence, up to the model's positions.</param>
    /// <exception cref="InvalidOperationException">A weight was never set.</exception>
    public DecodeSession NewSession(int batch, int capacity)
    {
        if (_missing.Count > 0) throw new InvalidOperationException($"weight '{_missing.First()}' was not set");
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, Sizes.Positions);
        return new DecodeSession(this, batch, capacity);
    }

    /// <summary>Writes the embeddings of tokens.</summary>
    /// <param name="tokens">Token ids, n of them.</param>
    /// <param name="rows">Receives (n, C).</param>
    public void EmbedTokens(ReadOnlySpan<int> tokens, Span<float> rows)
    {
        int c = Sizes.Channels;
        for (int i = 0; i < tokens.Length; i++)
        {
            if ((uint)tokens[i] >= (uint)Sizes.Vocabulary)
                throw new ArgumentException($"token: expected 0 to {Sizes.Vocabulary - 1}, found {tokens[i]}");
            _embedding.Span.Slice(tokens[i] * c, c).CopyTo(rows.Slice(i * c, c));
        }
    }

    /// <summary>Logits of the next token after hidden rows.</summary>
    /// <param name="hidden">(n, C), as <see cref="DecodeSession"/> gives them.</param>
    /// <param name="logits">Receives (n, V).</param>
    public void Logits(ReadOnlySpan<float> hidden, Span<float> logits)
    {
        int c = Sizes.Channels, v = Sizes.Vocabulary, count = hidden.Length / c;
        if (hidden.Length != count * c || logits.Length != count * v)
            throw new ArgumentException($"expected n rows of {c} channels and n of {v} logits");
        if (count == 0) return;

        fixed (float* from = hidden, to = logits)
        {
            Team.Run(new HeadJob(_head.Matrix, from, to, count), Math.Min(Threads, _head.Matrix.PanelCount));
        }
    }

    /// <summary>Stops the threads.</summary>
    public void Dispose() => Team.Dispose();

    private void SetLayerWeight(string name, ReadOnlySpan<float> values)
    {
        const string Prefix = "model.layers.";
        string[] parts = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..].Split('.', 2) : [];
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
            && layer < _layers.Length)
        {
            if (_layers[layer].Find(parts[1]) is { } weight)
            {
                Pack(name, values, weight);
                return;
            }

            if (_layers[layer].FindNorm(parts[1]) is { } norm)
            {
                Copy(name, values, norm);
                return;
            }
        }

        throw new ArgumentException($"weight: expected one of a LLaMA of {_layers.Length} layers, found '{name}'");
    }

    private static void Copy(string name, ReadOnlySpan<float> values, PinnedFloats target)
    {
        Check(name, values.Length, target.Length);
        values.CopyTo(target.Span);
    }

    private static void Pack(string name, ReadOnlySpan<float> values, PackedWeight target)
    {
        Check(name, values.Length, target.Count);
        target.Set(values);
    }

    private static void Check(string name, int found, int expected)
    {
        if (found != expected) throw new ArgumentException($"{name}: expected {expected} numbers, found {found}");
    }

    /// <summary>Logits of all rows, a share of the vocabulary per part.</summary>
    private readonly struct HeadJob(PackedMatrix head, float* hidden, float* logits, int count) : ITeamJob
    {
        /// <inheritdoc/>
        public void Run(int part, int parts)
        {
            int first = head.PanelCount * part / parts, end = head.PanelCount * (part + 1) / parts;
            var share = new GemmOptions { FirstPanel = first, PanelCount = end - first };
            Gemm.Multiply(hidden, head.Rows, count, head, logits, head.Columns, share);
        }
    }
}

using Kalm.Kernels.Launch;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// Sequences that grow row by row: their keys and values are kept, and each new row of embeddings (a text token or a
/// slot) gives the hidden state after the last norm.
/// </summary>
public sealed unsafe class DecodeSession
{
    private readonly LlamaDecoder _decoder;
    private readonly KeyValueCache _cache;
    private readonly DecodeWorkspace[] _workspaces;
    private readonly int[] _lengths;
    private readonly int[] _all;
    private readonly int[] _ones;

    /// <summary>Room for a batch.</summary>
    internal DecodeSession(LlamaDecoder decoder, int batch, int capacity)
    {
        _decoder = decoder;
        Capacity = capacity;
        _cache = new KeyValueCache(decoder.Sizes, batch, capacity);
        _workspaces = [.. Enumerable.Range(0, decoder.Threads).Select(_ => new DecodeWorkspace(decoder, _cache))];
        _lengths = new int[batch];
        _all = [.. Enumerable.Range(0, batch)];
        _ones = new int[batch];
        Array.Fill(_ones, 1);
    }

    /// <summary>Number of sequences.</summary>
    public int Batch => _lengths.Length;

    /// <summary>Most rows of a sequence.</summary>
    public int Capacity { get; }

    /// <summary>Rows that each sequence has so far.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Forgets all sequences.</summary>
    public void Reset() => Array.Clear(_lengths);

    /// <summary>Appends rows to every sequence, for example its prompt.</summary>
    /// <param name="rows">Embeddings of the first sequence's rows, then the second's, ...; (sum of counts, C).</param>
    /// <param name="counts">Number of new rows of each sequence, at least 1.</param>
    /// <param name="hidden">Receives the hidden state of each sequence's last row, (batch, C).</param>
    public void Prefill(ReadOnlySpan<float> rows, ReadOnlySpan<int> counts, Span<float> hidden) =>
        Append(_all, counts, rows, hidden);

    /// <summary>Appends one row to every sequence.</summary>
    /// <param name="rows">Embeddings, (batch, C).</param>
    /// <param name="hidden">Receives the hidden states, (batch, C).</param>
    public void Step(ReadOnlySpan<float> rows, Span<float> hidden) => Append(_all, _ones, rows, hidden);

    /// <summary>Appends one row to some sequences; the others cost nothing.</summary>
    /// <param name="sequences">Numbers of the sequences, rising.</param>
    /// <param name="rows">Embeddings, (number of sequences named, C).</param>
    /// <param name="hidden">Receives the hidden states, (number of sequences named, C).</param>
    public void Step(ReadOnlySpan<int> sequences, ReadOnlySpan<float> rows, Span<float> hidden) =>
        Append(sequences, _ones.AsSpan(0, sequences.Length), rows, hidden);

    private void Append(
        ReadOnlySpan<int> sequences, ReadOnlySpan<int> counts, ReadOnlySpan<float> rows, Span<float> hidden)
    {
        int total = Check(sequences, counts, rows.Length, hidden.Length);
        if (sequences.Length == 0) return;
        int parts = Math.Min(_workspaces.Length, sequences.Length);
        fixed (int* ids = sequences, news = counts)
        fixed (float* from = rows, to = hidden)
        {
            var job = new AppendJob
            {
                Workspaces = _workspaces,
                Lengths = _lengths,
                Sequences = ids,
                Counts = news,
                Count = sequences.Length,
                Total = total,
                Channels = _decoder.Sizes.Channels,
                Rows = from,
                Hidden = to,
            };
            _decoder.Team.Run(job, parts);
        }

        for (int i = 0; i < sequences.Length; i++) _lengths[sequences[i]] += counts[i];
    }

    private int Check(ReadOnlySpan<int> sequences, ReadOnlySpan<int> counts, int rows, int hidden)
    {
        int c = _decoder.Sizes.Channels, total = 0;
        if (sequences.Length != counts.Length)
            throw new ArgumentException($"counts: expected {sequences.Length}, found {counts.Length}");
        for (int i = 0; i < sequences.Length; i++)
        {
            int sequence = sequences[i];
            if ((uint)sequence >= (uint)Batch || (i > 0 && sequence <= sequences[i - 1]))
                throw new ArgumentException($"sequence: expected rising numbers below {Batch}, found {sequence}");
            if (counts[i] < 1 || counts[i] > Capacity - _lengths[sequence])
            {
                throw new ArgumentException(
                    $"sequence {sequence}: expected 1 to {Capacity - _lengths[sequence]} rows, found {counts[i]}");
            }

            total += counts[i];
        }

        if (rows != total * c)
            throw new ArgumentException($"rows: expected {total} of {c} channels, found {rows} floats");
        if (hidden != sequences.Length * c)
            throw new ArgumentException($"hidden: expected {sequences.Length} of {c} channels, found {hidden} floats");
        return total;
    }

    /// <summary>The rows of one call, shared out by whole sequences of about the same number of rows.</summary>
    private struct AppendJob : ITeamJob
    {
        public DecodeWorkspace[] Workspaces;
        public int[] Lengths;
        public int* Sequences;
        public int* Counts;
        public int Count;
        public int Total;
        public int Channels;
        public float* Rows;
        public float* Hidden;

        /// <inheritdoc/>
        public readonly void Run(int part, int parts)
        {
            DecodeWorkspace workspace = Workspaces[part];
            for (int i = 0, row = 0; i < Count; row += Counts[i], i++)
            {
                if ((long)row * parts / Total != part) continue;
                for (int k = 0; k < Counts[i]; k++)
                {
                    float* target = k == Counts[i] - 1 ? Hidden + ((nint)i * Channels) : null;
                    int position = Lengths[Sequences[i]] + k;
                    workspace.Add(Sequences[i], position, Rows + ((nint)(row + k) * Channels), target);
                }
            }

            workspace.Flush();
        }
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// Keys and values of a batch of sequences, laid out for one query at a time: of each layer, sequence and head the
/// keys in blocks of 16 positions, (D, 16) each, and the values position by position, (D).
/// </summary>
internal sealed unsafe class KeyValueCache
{
    private readonly DecoderSizes _sizes;
    private readonly int _positions;
    private readonly PinnedFloats[] _keys;
    private readonly PinnedFloats[] _values;
    private readonly PinnedFloats _cos;
    private readonly PinnedFloats _sin;

    /// <summary>An empty cache.</summary>
    public KeyValueCache(DecoderSizes sizes, int batch, int capacity)
    {
        _sizes = sizes;
        _positions = ChannelMath.Pad(capacity);
        int length = checked(batch * _positions * sizes.KeyValueChannels);
        _keys = [.. Enumerable.Range(0, sizes.Layers).Select(_ => new PinnedFloats(length))];
        _values = [.. Enumerable.Range(0, sizes.Layers).Select(_ => new PinnedFloats(length))];

        // angle of channel i at position p: p * theta^(-2i / D)
        int half = sizes.HeadSize / 2;
        _cos = new PinnedFloats(_positions * half);
        _sin = new PinnedFloats(_positions * half);
        for (int p = 0; p < _positions; p++)
        {
            for (int i = 0; i < half; i++)
            {
                // the frequency is rounded to float, as PyTorch implementations keep it
                float frequency = (float)Math.Pow(sizes.RopeTheta, -2.0 * i / sizes.HeadSize);
                _cos.Span[(p * half) + i] = MathF.Cos(p * frequency);
                _sin.Span[(p * half) + i] = MathF.Sin(p * frequency);
            }
        }
    }

    /// <summary>Positions that fit, with their padding.</summary>
    public int Positions => _positions;

    /// <summary>Turns the heads of one row to its position.</summary>
    /// <param name="x">Row of heads.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="position">Position of the row.</param>
    public void Rotate<TLane>(float* x, int heads, int position)
        where TLane : unmanaged, ILane<TLane>
    {
        int half = _sizes.HeadSize / 2;
        float* cos = _cos.Data + ((nint)position * half), sin = _sin.Data + ((nint)position * half);
        for (int head = 0; head < heads; head++, x += _sizes.HeadSize)
        {
            if (half % TLane.Width == 0) DecodeMath.Rotate<TLane>(x, cos, sin, half);
            else DecodeMath.Rotate<Lane1>(x, cos, sin, half);
        }
    }

    /// <summary>Stores the keys and values of one row.</summary>
    /// <param name="layer">Layer.</param>
    /// <param name="sequence">Sequence.</param>
    /// <param name="position">Position of the row.</param>
    /// <param name="keys">Its keys, all heads.</param>
    /// <param name="values">Its values, all heads.</param>
    public void Store(int layer, int sequence, int position, float* keys, float* values)
    {
        int size = _sizes.HeadSize, column = position % DecodeMath.Block;
        for (int head = 0; head < _sizes.KeyValueHeads; head++)
        {
            float* block = Keys(layer, sequence, head) + ((nint)(position - column) * size);
            for (int d = 0; d < size; d++) block[(d * DecodeMath.Block) + column] = keys[(head * size) + d];

            // what an earlier sequence left behind the new end must not be NaN when it is multiplied by zero
            float* value = Values(layer, sequence, head) + ((nint)position * size);
            if (column == 0) new Span<float>(value, DecodeMath.Block * size).Clear();
            new ReadOnlySpan<float>(values + (head * size), size).CopyTo(new Span<float>(value, size));
        }
    }

    /// <summary>Attention of one row's queries over its sequence so far.</summary>
    /// <param name="layer">Layer.</param>
    /// <param name="sequence">Sequence.</param>
    /// <param name="position">Position of the row; all positions up to it are stored.</param>
    /// <param name="queries">Its queries, all heads.</param>
    /// <param name="scores">Scratch, one float per position.</param>
    /// <param name="output">Result, all heads.</param>
    public void Attend<TLane>(int layer, int sequence, int position, float* queries, float* scores, float* output)
        where TLane : unmanaged, ILane<TLane>
    {
        int size = _sizes.HeadSize, group = _sizes.Heads / _sizes.KeyValueHeads;
        for (int head = 0; head < _sizes.Heads; head++)
        {
            float* keys = Keys(layer, sequence, head / group), values = Values(layer, sequence, head / group);
            nint at = (nint)head * size;
            DecodeMath.Attend<TLane>(queries + at, keys, values, position + 1, size, scores, output + at);
        }
    }

    private float* Keys(int layer, int sequence, int head) => _keys[layer].Data + Offset(sequence, head);

    private float* Values(int layer, int sequence, int head) => _values[layer].Data + Offset(sequence, head);

    private nint Offset(int sequence, int head) =>
        (((nint)sequence * _sizes.KeyValueHeads) + head) * _positions * _sizes.HeadSize;
}

using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// One thread's rows on their way through the layers. Rows are collected up to a block, so that every weight that is
/// read from memory serves many rows.
/// </summary>
internal sealed unsafe class DecodeWorkspace
{
    /// <summary>Rows of a block: so many activations fit the second-level cache beside a panel of weights.</summary>
    private const int MaxRows = 64;

    private readonly LlamaDecoder _decoder;
    private readonly DecoderSizes _sizes;
    private readonly KeyValueCache _cache;
    private readonly int _innerStride;
    private readonly PinnedFloats _x;
    private readonly PinnedFloats _normed;
    private readonly PinnedFloats _query;
    private readonly PinnedFloats _key;
    private readonly PinnedFloats _value;
    private readonly PinnedFloats _gate;
    private readonly PinnedFloats _up;
    private readonly PinnedFloats _scores;
    private readonly int[] _sequences = new int[MaxRows];
    private readonly int[] _positions = new int[MaxRows];
    private readonly nint[] _targets = new nint[MaxRows];
    private int _count;

    /// <summary>Memory for one thread.</summary>
    public DecodeWorkspace(LlamaDecoder decoder, KeyValueCache cache)
    {
        _decoder = decoder;
        _sizes = decoder.Sizes;
        _cache = cache;
        _innerStride = ChannelMath.Pad(_sizes.Inner);
        _x = new PinnedFloats(MaxRows * _sizes.Channels);
        _normed = new PinnedFloats(MaxRows * _sizes.Channels);
        _query = new PinnedFloats(MaxRows * _sizes.Channels);
        _key = new PinnedFloats(MaxRows * _sizes.KeyValueChannels);
        _value = new PinnedFloats(MaxRows * _sizes.KeyValueChannels);
        _gate = new PinnedFloats(MaxRows * _innerStride);
        _up = new PinnedFloats(MaxRows * _innerStride);
        _scores = new PinnedFloats(cache.Positions);
    }

    /// <summary>Adds a row; runs the block when it is full.</summary>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="position">Its position; rows of a sequence come in order.</param>
    /// <param name="row">Its embedding, C floats.</param>
    /// <param name="target">Receives its hidden state, or null.</param>
    public void Add(int sequence, int position, float* row, float* target)
    {
        int c = _sizes.Channels;
        new ReadOnlySpan<float>(row, c).CopyTo(_x.Span.Slice(_count * c, c));
        _sequences[_count] = sequence;
        _positions[_count] = position;
        _targets[_count] = (nint)target;
        if (++_count == MaxRows) Flush();
    }

    /// <summary>Runs the rows that were added.</summary>
    public void Flush()
    {
        if (_count == 0) return;
        if (Vector512.IsHardwareAccelerated) Run<Lane16>();
        else if (Vector256.IsHardwareAccelerated) Run<Lane8>();
        else Run<Lane1>();
        _count = 0;
    }

    /// <summary>Runs the rows at one vector width.</summary>
    private void Run<TLane>()
        where TLane : unmanaged, ILane<TLane>
    {
        for (int layer = 0; layer < _sizes.Layers; layer++)
        {
            DecoderLayer weights = _decoder.Layers[layer];
            Attention<TLane>(layer, weights);
            FeedForward<TLane>(weights);
        }

        for (int row = 0; row < _count; row++)
        {
            if (_targets[row] == 0) continue;
            Norm<TLane>(row, _decoder.FinalNorm, _normed.Data);
            _normed.Span[.._sizes.Channels].CopyTo(new Span<float>((float*)_targets[row], _sizes.Channels));
        }
    }

    // x += attention(norm(x)) Wo
    private void Attention<TLane>(int layer, DecoderLayer weights)
        where TLane : unmanaged, ILane<TLane>
    {
        int c = _sizes.Channels, kv = _sizes.KeyValueChannels;
        for (int row = 0; row < _count; row++) Norm<TLane>(row, weights.InputNorm, _normed.Data + ((nint)row * c));
        Gemm.Multiply(_normed.Data, c, _count, weights.Query.Matrix, _query.Data, c);
        Gemm.Multiply(_normed.Data, c, _count, weights.Key.Matrix, _key.Data, kv);
        Gemm.Multiply(_normed.Data, c, _count, weights.Value.Matrix, _value.Data, kv);

        // all rows of the block are stored before the first one looks back
        for (int row = 0; row < _count; row++)
        {
            float* key = _key.Data + ((nint)row * kv);
            _cache.Rotate<TLane>(key, _sizes.KeyValueHeads, _positions[row]);
            _cache.Store(layer, _sequences[row], _positions[row], key, _value.Data + ((nint)row * kv));
        }

        for (int row = 0; row < _count; row++)
        {
            float* query = _query.Data + ((nint)row * c);
            _cache.Rotate<TLane>(query, _sizes.Heads, _positions[row]);
            float* output = _normed.Data + ((nint)row * c);
            _cache.Attend<TLane>(layer, _sequences[row], _positions[row], query, _scores.Data, output);
        }

        var add = new GemmOptions { Start = _x.Data, StartStride = c };
        Gemm.Multiply(_normed.Data, c, _count, weights.Output.Matrix, _x.Data, c, add);
    }

    // x += (silu(norm(x) Wg) * (norm(x) Wu)) Wd
    private void FeedForward<TLane>(DecoderLayer weights)
        where TLane : unmanaged, ILane<TLane>
    {
        int c = _sizes.Channels;
        for (int row = 0; row < _count; row++) Norm<TLane>(row, weights.PostNorm, _normed.Data + ((nint)row * c));
        Gemm.Multiply(_normed.Data, c, _count, weights.Gate.Matrix, _gate.Data, _innerStride);
        Gemm.Multiply(_normed.Data, c, _count, weights.Up.Matrix, _up.Data, _innerStride);
        DecodeMath.SwiGlu<TLane>(_gate.Data, _up.Data, _count * _innerStride);
        var add = new GemmOptions { Start = _x.Data, StartStride = c };
        Gemm.Multiply(_gate.Data, _innerStride, _count, weights.Down.Matrix, _x.Data, c, add);
    }

    private void Norm<TLane>(int row, PinnedFloats weight, float* y)
        where TLane : unmanaged, ILane<TLane>
    {
        float* x = _x.Data + ((nint)row * _sizes.Channels);
        DecodeMath.RmsNorm<TLane>(x, weight.Data, _sizes.Channels, (float)_sizes.NormEpsilon, y);
    }
}

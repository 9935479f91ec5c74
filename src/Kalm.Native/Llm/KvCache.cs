namespace Kalm.Native.Llm;

/// <summary>Keys and values of the positions a batch has passed, for generation with tensor operations.</summary>
public sealed class KvCache : IDisposable
{
    private readonly (Tensor Keys, Tensor Values)[] _layers;

    /// <summary>An empty cache.</summary>
    /// <param name="options">Sizes of the model.</param>
    /// <param name="batch">Number of sequences, all of one length.</param>
    /// <param name="capacity">Most positions.</param>
    public KvCache(LlamaOptions options, int batch, int capacity)
    {
        if (capacity < 1 || capacity > options.MaxPositions)
            throw new ArgumentException($"capacity: expected 1 to {options.MaxPositions}, found {capacity}");
        Capacity = capacity;
        long[] shape = [batch, options.KeyValueHeads, capacity, options.HeadSize];
        _layers = [.. Enumerable.Range(0, options.Layers).Select(_ => (Room(shape), Room(shape)))];
    }

    /// <summary>Most positions.</summary>
    public int Capacity { get; }

    /// <summary>Positions filled so far.</summary>
    public int Length { get; private set; }

    /// <summary>Counts positions that all layers have stored.</summary>
    internal void Advance(int count) => Length += count;

    /// <summary>Stores the keys and values of new positions; gives those of all positions.</summary>
    /// <param name="layer">Layer.</param>
    /// <param name="keys">New keys, (B, KV, T, D).</param>
    /// <param name="values">New values, (B, KV, T, D).</param>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        long count = keys.shape[2];
        (Tensor allKeys, Tensor allValues) = _layers[layer];
        allKeys.narrow(2, Length, count).copy_(keys);
        allValues.narrow(2, Length, count).copy_(values);
        return (allKeys.narrow(2, 0, Length + count), allValues.narrow(2, 0, Length + count));
    }

    /// <summary>Frees the cache.</summary>
    public void Dispose()
    {
        foreach ((Tensor keys, Tensor values) in _layers)
        {
            keys.Dispose();
            values.Dispose();
        }
    }

    private static Tensor Room(long[] shape) => torch.zeros(shape).DetachFromDisposeScope();
}

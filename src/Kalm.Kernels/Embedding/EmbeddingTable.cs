namespace Kalm.Kernels.Embedding;

/// <summary>Rows picked by number: forward copies them, backward adds to them in the order of the slots.</summary>
internal static unsafe class EmbeddingTable
{
    /// <summary>y[i] = table[ids[i]].</summary>
    /// <param name="table">Entries of <paramref name="channels"/> floats.</param>
    /// <param name="channels">Floats of an entry.</param>
    /// <param name="ids">Entry of each row.</param>
    /// <param name="y">Row addresses.</param>
    public static void Gather(float* table, int channels, ReadOnlySpan<int> ids, float** y)
    {
        for (int i = 0; i < ids.Length; i++)
            new ReadOnlySpan<float>(table + ((nint)ids[i] * channels), channels).CopyTo(new(y[i], channels));
    }

    /// <summary>dTable[ids[i]] += dy[i].</summary>
    /// <param name="dTable">Gradient of the entries.</param>
    /// <param name="channels">Floats of an entry, a multiple of 16.</param>
    /// <param name="ids">Entry of each row.</param>
    /// <param name="dy">Row addresses.</param>
    public static void ScatterAdd(float* dTable, int channels, ReadOnlySpan<int> ids, float** dy)
    {
        for (int i = 0; i < ids.Length; i++)
            ChannelMath.Add(dTable + ((nint)ids[i] * channels), dy[i], channels);
    }
}

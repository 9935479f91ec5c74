namespace Kalm.Kernels.Embedding;

/// <summary>Addresses of rows, in memory that grows and stays.</summary>
internal sealed unsafe class RowTable
{
    private PinnedFloats _storage = new(0);
    private nint[] _rows = [];

    /// <summary>Row addresses into a matrix: row i is the one that <paramref name="rows"/> names.</summary>
    /// <param name="matrix">First float.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="rows">Row numbers.</param>
    public float** Point(float* matrix, int stride, ReadOnlySpan<int> rows)
    {
        float** table = Table(rows.Length);
        for (int i = 0; i < rows.Length; i++) table[i] = matrix + ((nint)rows[i] * stride);
        return table;
    }

    /// <summary>Row addresses into a matrix, from its first row on.</summary>
    /// <param name="matrix">First float.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="count">Number of rows.</param>
    public float** Point(float* matrix, int stride, int count)
    {
        float** table = Table(count);
        for (int i = 0; i < count; i++) table[i] = matrix + ((nint)i * stride);
        return table;
    }

    /// <summary>Row addresses into memory of its own, cleared.</summary>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="count">Number of rows.</param>
    public float** Own(int stride, int count)
    {
        int length = checked(stride * count);
        if (_storage.Length < length) _storage = new PinnedFloats(length);
        _storage.Span[..length].Clear();
        return Point(_storage.Data, stride, count);
    }

    private float** Table(int count)
    {
        if (_rows.Length < count) _rows = GC.AllocateArray<nint>(2 * count, pinned: true);
        return count == 0 ? null : (float**)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _rows[0]);
    }
}

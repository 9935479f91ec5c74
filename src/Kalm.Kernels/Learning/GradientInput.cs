namespace Kalm.Kernels.Learning;

/// <summary>
/// The inputs of a layer as its weight gradient reads them: strips of eight columns, of which one is read for all
/// rows. Either a row-major matrix or strips that lie together (<see cref="Strips"/>), which spare the cache.
/// </summary>
public readonly unsafe struct GradientInput
{
    private readonly float* _data;
    private readonly nint _stripStride;

    private GradientInput(float* data, nint rowStride, nint stripStride)
    {
        _data = data;
        RowStride = rowStride;
        _stripStride = stripStride;
    }

    /// <summary>Floats from one row of a strip to the next.</summary>
    public nint RowStride { get; }

    /// <summary>A row-major matrix.</summary>
    /// <param name="data">First element.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    public static GradientInput RowMajor(float* data, nint stride) => new(data, stride, GemmTile.Rows);

    /// <summary>Strips of eight columns, strip after strip, each (count, 8).</summary>
    /// <param name="data">First element.</param>
    /// <param name="count">Rows.</param>
    public static GradientInput Strips(float* data, int count) => new(data, GemmTile.Rows, StripStride(count));

    /// <summary>Floats from one strip to the next: odd cache lines, so that strips use different cache sets.</summary>
    /// <param name="count">Rows.</param>
    public static nint StripStride(int count) => ((((nint)count + 1) / 2) | 1) * 2 * GemmTile.Rows;

    /// <summary>The strip that starts at column <paramref name="column"/>, a multiple of 8.</summary>
    internal float* Strip(int column) => _data + (column / GemmTile.Rows * _stripStride);
}

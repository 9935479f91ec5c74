namespace Kalm.Kernels.Learning;

/// <summary>
/// A view of a matrix (rows, columns) stored as the right-hand side of a product wants it: panels of 32 columns, each
/// panel row by row. Missing columns of the last panel and missing rows up to a multiple of 8 hold zeros. The memory
/// belongs to the caller and is 64-byte aligned.
/// </summary>
public readonly unsafe struct PackedMatrix
{
    /// <summary>Columns of a panel.</summary>
    public const int PanelWidth = GemmTile.Columns;

    /// <summary>Views packed memory.</summary>
    /// <param name="data">First float of the first panel, 64-byte aligned.</param>
    /// <param name="rows">Rows: length of the reduction in a product.</param>
    /// <param name="columns">Columns: outputs of a product.</param>
    public PackedMatrix(float* data, int rows, int columns)
        : this(data, rows, columns, PaddedRows(rows) * PanelWidth)
    {
    }

    private PackedMatrix(float* data, int rows, int columns, nint panelStride)
    {
        Data = data;
        Rows = rows;
        Columns = columns;
        PanelStride = panelStride;
    }

    /// <summary>First float of the first panel.</summary>
    public float* Data { get; }

    /// <summary>Rows without padding.</summary>
    public int Rows { get; }

    /// <summary>Columns without padding.</summary>
    public int Columns { get; }

    /// <summary>Floats from one panel to the next.</summary>
    public nint PanelStride { get; }

    /// <summary>Number of panels.</summary>
    public int PanelCount => Panels(Columns);

    /// <summary>Floats that a matrix of this size takes.</summary>
    public static int Length(int rows, int columns) => PaddedRows(rows) * Panels(columns) * PanelWidth;

    /// <summary>Panels that this many columns take.</summary>
    public static int Panels(int columns) => (columns + PanelWidth - 1) / PanelWidth;

    /// <summary>Columns with the padding of the last panel.</summary>
    public static int PaddedColumns(int columns) => Panels(columns) * PanelWidth;

    /// <summary>Rows with their padding.</summary>
    public static int PaddedRows(int rows) => (rows + GemmTile.Rows - 1) / GemmTile.Rows * GemmTile.Rows;

    /// <summary>Address of panel <paramref name="panel"/>.</summary>
    public float* Panel(int panel) => Data + (panel * PanelStride);

    /// <summary>The rows <paramref name="first"/> and following as a matrix of their own.</summary>
    /// <param name="first">First row; a multiple of 8 where the slice takes a gradient.</param>
    /// <param name="count">Number of rows.</param>
    public PackedMatrix Slice(int first, int count) =>
        new(Data + ((nint)first * PanelWidth), count, Columns, PanelStride);

    /// <summary>Address of one number.</summary>
    public float* Element(int row, int column) =>
        Panel(column / PanelWidth) + ((nint)row * PanelWidth) + (column % PanelWidth);

    /// <summary>Packs a row-major matrix (rows, columns) and clears the padding of its columns.</summary>
    /// <param name="source">The matrix.</param>
    /// <param name="stride">Floats from one row of the source to the next.</param>
    public void Pack(ReadOnlySpan<float> source, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, Columns);
        for (int panel = 0; panel < PanelCount; panel++)
        {
            int first = panel * PanelWidth, width = Math.Min(PanelWidth, Columns - first);
            for (int row = 0; row < Rows; row++)
            {
                Span<float> target = new(Panel(panel) + ((nint)row * PanelWidth), PanelWidth);
                source.Slice((row * stride) + first, width).CopyTo(target);
                target[width..].Clear();
            }
        }
    }

    /// <summary>
    /// Packs the transpose of a row-major matrix (columns, rows), such as a linear layer's (out, in).
    /// </summary>
    /// <param name="source">The matrix.</param>
    /// <param name="stride">Floats from one row of the source to the next.</param>
    public void PackTransposed(ReadOnlySpan<float> source, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, Rows);
        for (int column = 0; column < PanelCount * PanelWidth; column++)
        {
            ReadOnlySpan<float> from = column < Columns ? source.Slice(column * stride, Rows) : default;
            float* target = Element(0, column);
            for (int row = 0; row < Rows; row++) target[(nint)row * PanelWidth] = column < Columns ? from[row] : 0;
        }
    }

    /// <summary>Writes the transpose, row-major (columns, rows).</summary>
    /// <param name="target">The matrix.</param>
    /// <param name="stride">Floats from one row of the target to the next.</param>
    public void UnpackTransposed(Span<float> target, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, Rows);
        for (int column = 0; column < Columns; column++)
        {
            for (int row = 0; row < Rows; row++) target[(column * stride) + row] = *Element(row, column);
        }
    }
}

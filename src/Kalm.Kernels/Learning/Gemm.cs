using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Learning;

/// <summary>
/// Register-blocked single-precision matrix products over packed right-hand sides. A call computes a range of panels
/// on the calling thread; callers split panels or rows between threads. Every result is one chain of fused
/// multiply-adds in the order of the reduction, so no split, tile or vector width changes a bit.
/// </summary>
public static unsafe class Gemm
{
    // a panel of this many rows stays in the first-level cache while the row blocks pass over it
    private const int DepthBlock = 256;

    /// <summary>y = activation(start + x w + bias), or y = (start + x w + bias) * activation'(gate).</summary>
    /// <param name="x">Row-major (count, w.Rows).</param>
    /// <param name="ldx">Floats from one row of x to the next.</param>
    /// <param name="count">Rows of x and y.</param>
    /// <param name="w">Packed weights.</param>
    /// <param name="y">Row-major (count, w.Columns); only these columns are written.</param>
    /// <param name="ldy">Floats from one row of y to the next.</param>
    /// <param name="options">Start, bias, activation and panel range.</param>
    public static void Multiply(
        float* x, nint ldx, int count, in PackedMatrix w, float* y, nint ldy, in GemmOptions options = default)
    {
        float** a = stackalloc float*[GemmTile.Rows];
        float* memory = stackalloc float[GemmTile.Length + 16];
        float* tile = Align(memory);
        int end = options.EndPanel(w);
        for (int depth = 0; depth < w.Rows; depth += DepthBlock)
        {
            for (int panel = options.FirstPanel; panel < end; panel++)
            {
                for (int row = 0; row < count; row += GemmTile.Rows)
                {
                    for (int i = 0; i < GemmTile.Rows; i++)
                        a[i] = x + (Math.Min(row + i, count - 1) * ldx) + depth;
                    Block(a, row, count, w, panel, depth, y, ldy, options, tile);
                }
            }
        }
    }

    /// <summary>As the other overload, with rows of x that lie anywhere.</summary>
    /// <param name="x">Addresses of the rows of x.</param>
    /// <param name="count">Rows of x and y.</param>
    /// <param name="w">Packed weights.</param>
    /// <param name="y">Row-major (count, w.Columns).</param>
    /// <param name="ldy">Floats from one row of y to the next.</param>
    /// <param name="options">Start, bias, activation and panel range.</param>
    public static void Multiply(
        float** x, int count, in PackedMatrix w, float* y, nint ldy, in GemmOptions options = default)
    {
        float** a = stackalloc float*[GemmTile.Rows];
        float* memory = stackalloc float[GemmTile.Length + 16];
        float* tile = Align(memory);
        int end = options.EndPanel(w);
        for (int depth = 0; depth < w.Rows; depth += DepthBlock)
        {
            for (int panel = options.FirstPanel; panel < end; panel++)
            {
                for (int row = 0; row < count; row += GemmTile.Rows)
                {
                    for (int i = 0; i < GemmTile.Rows; i++) a[i] = x[Math.Min(row + i, count - 1)] + depth;
                    Block(a, row, count, w, panel, depth, y, ldy, options, tile);
                }
            }
        }
    }

    /// <summary>The weight gradient dw = x^T dy, in the packed layout of w.</summary>
    /// <param name="x">The inputs (count, rows of dw padded to a multiple of 8 with zeros).</param>
    /// <param name="count">Rows of x and dy: the reduction.</param>
    /// <param name="dy">Row-major (count, padded columns of dw); the padding holds zeros.</param>
    /// <param name="lddy">Floats from one row of dy to the next.</param>
    /// <param name="dw">Packed gradient, overwritten.</param>
    /// <param name="firstPanel">First panel to compute.</param>
    /// <param name="endPanel">One past the last panel to compute.</param>
    public static void WeightGradient(
        in GradientInput x, int count, float* dy, nint lddy, in PackedMatrix dw, int firstPanel, int endPanel)
    {
        // the strip of x and one panel of dy stay in the first-level cache
        for (int row = 0; row < dw.Rows; row += GemmTile.Rows)
        {
            float* strip = x.Strip(row);
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                float* tile = dw.Panel(panel) + ((nint)row * GemmTile.Columns);
                new Span<float>(tile, GemmTile.Length).Clear();
                GemmTile.Outer(strip, x.RowStride, count, dy + (panel * GemmTile.Columns), lddy, tile);
            }
        }
    }

    /// <summary>The bias gradient: column sums of dy over its rows, in row order.</summary>
    /// <param name="dy">Row-major (count, padded columns).</param>
    /// <param name="lddy">Floats from one row to the next.</param>
    /// <param name="count">Rows.</param>
    /// <param name="sums">Column sums of the chosen panels, padded columns, overwritten.</param>
    /// <param name="firstPanel">First panel to sum.</param>
    /// <param name="endPanel">One past the last panel.</param>
    public static void ColumnSums(float* dy, nint lddy, int count, float* sums, int firstPanel, int endPanel)
    {
        if (Vector512.IsHardwareAccelerated) ColumnSums<Lane16>(dy, lddy, count, sums, firstPanel, endPanel);
        else if (Vector256.IsHardwareAccelerated) ColumnSums<Lane8>(dy, lddy, count, sums, firstPanel, endPanel);
        else ColumnSums<Lane1>(dy, lddy, count, sums, firstPanel, endPanel);
    }

    /// <summary>Packs the transpose of an already packed matrix, as the input gradient dx = dy w^T wants it.</summary>
    /// <param name="w">The matrix (rows, columns).</param>
    /// <param name="transposed">The result (columns, rows); the padding of its rows is left alone.</param>
    /// <param name="firstPanel">First panel of the result to write.</param>
    /// <param name="endPanel">One past the last panel of the result.</param>
    public static void Transpose(in PackedMatrix w, in PackedMatrix transposed, int firstPanel, int endPanel)
    {
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            int width = Math.Min(GemmTile.Columns, w.Rows - (panel * GemmTile.Columns));
            for (int from = 0; from < w.PanelCount; from++)
            {
                float* source = w.Panel(from) + ((nint)panel * GemmTile.Columns * GemmTile.Columns);
                float* target = transposed.Panel(panel) + ((nint)from * GemmTile.Columns * GemmTile.Columns);
                int height = Math.Min(GemmTile.Columns, w.Columns - (from * GemmTile.Columns));
                PanelTranspose.Run(source, width, target, height);
            }
        }
    }

    /// <summary>The next 64-byte boundary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float* Align(float* address) => (float*)(((nint)address + 63) & ~63);

    private static void Block(
        float** a, int row, int end, in PackedMatrix w, int panel, int depth, float* y, nint ldy,
        in GemmOptions options, float* tile)
    {
        int count = Math.Min(DepthBlock, w.Rows - depth), rows = Math.Min(GemmTile.Rows, end - row);
        int column = panel * GemmTile.Columns, columns = Math.Min(GemmTile.Columns, w.Columns - column);
        y += (row * ldy) + column;

        // a later depth block goes on from what the one before left in y
        if (depth > 0) CopyRows(y, ldy, tile, GemmTile.Columns, rows, columns);
        else if (options.Start == null) new Span<float>(tile, GemmTile.Length).Clear();
        else
            CopyRows(
                options.Start + (row * options.StartStride) + column, options.StartStride, tile, GemmTile.Columns, rows,
                columns);

        GemmTile.Inner(a, count, w.Panel(panel) + ((nint)depth * GemmTile.Columns), tile);
        if (depth + count == w.Rows) Epilogue.Apply(tile, row, rows, column, options);
        CopyRows(tile, GemmTile.Columns, y, ldy, rows, columns);
    }

    private static void CopyRows(
        float* source, nint sourceStride, float* target, nint targetStride, int rows, int columns)
    {
        if (Vector512.IsHardwareAccelerated && columns == GemmTile.Columns)
        {
            for (int row = 0; row < rows; row++)
            {
                Vector512<float> low = Vector512.Load(source), high = Vector512.Load(source + 16);
                low.Store(target);
                high.Store(target + 16);
                source += sourceStride;
                target += targetStride;
            }

            return;
        }

        for (int row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(source, columns).CopyTo(new Span<float>(target, columns));
            source += sourceStride;
            target += targetStride;
        }
    }

    private static void ColumnSums<TLane>(
        float* dy, nint lddy, int count, float* sums, int firstPanel, int endPanel)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int column = firstPanel * GemmTile.Columns; column < endPanel * GemmTile.Columns; column += TLane.Width)
        {
            TLane sum = TLane.Const(0);
            for (int row = 0; row < count; row++) sum += TLane.Load(dy + (row * lddy) + column);
            TLane.Store(sums + column, sum);
        }
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Symmetric positive definite blocks in rows: L D L' factor in place and solves. Only the lower triangle is read;
/// element (i, j) is row <c>block + i * pitch + j</c>.
/// </summary>
internal static class BlockMatrix
{
    /// <summary>
    /// Factors a block: L (unit diagonal) below the diagonal, 1 / D in <paramref name="inverse"/>; L D above it,
    /// transposed.
    /// </summary>
    public static void Factor<TLane, TRows>(TRows rows, int block, int count, int pitch, int inverse)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int c = 0; c < count; c++)
        {
            // a pivot can vanish only by rounding
            int pivotRow = block + (c * pitch);
            TLane pivot = TLane.Max(rows.Load(pivotRow + c), TLane.Const(1e-15));
            TLane invert = TLane.Const(1) / pivot;
            rows.Store(inverse + c, invert);
            for (int r = c + 1; r < count; r++)
            {
                int row = block + (r * pitch);
                TLane element = rows.Load(row + c);
                TLane scaled = element * invert;
                rows.Store(row + c, scaled);
                rows.Store(pivotRow + r, element);

                // columns up to the diagonal; L D of the rows above is at hand
                for (int k = c + 1; k <= r; k++)
                    rows.Store(row + k, TLane.NegMulAdd(scaled, rows.Load(pivotRow + k), rows.Load(row + k)));
            }
        }
    }

    /// <summary>
    /// Block (i, j) below a factored diagonal block j becomes L; L D goes to block (j, i), transposed.
    /// </summary>
    public static void Divide<TLane, TRows>(
        TRows rows, int matrix, int pitch, int first, int count, int inverse, int rowDof, int rowCount)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int r = rowDof; r < rowDof + rowCount; r++)
        {
            int row = matrix + (r * pitch) + first;
            for (int c = 0; c < count; c++)
            {
                // L D (r, c) = A (r, c) - sum of L D (r, k) L (c, k); L D (r, k) waits in column r
                int factor = matrix + ((first + c) * pitch) + first;
                TLane element = rows.Load(row + c);
                for (int k = 0; k < c; k++)
                    element = TLane.NegMulAdd(rows.Load(matrix + ((first + k) * pitch) + r), rows.Load(factor + k), element);
                rows.Store(matrix + ((first + c) * pitch) + r, element);
                rows.Store(row + c, element * rows.Load(inverse + c));
            }
        }
    }

    /// <summary>Block (i, k) -= L D (i, j) L (k, j)': eliminates tree j; the lower triangle if i = k.</summary>
    public static void Eliminate<TLane, TRows>(
        TRows rows, int matrix, int pitch, int first, int count, int rowDof, int rowCount, int columnDof, int columnCount)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int r = rowDof; r < rowDof + rowCount; r++)
        {
            int row = matrix + (r * pitch);
            int end = rowDof == columnDof ? r + 1 : columnDof + columnCount;
            for (int s = columnDof; s < end; s++)
            {
                int other = matrix + (s * pitch) + first;
                int scaled = matrix + (first * pitch) + r;
                TLane element = rows.Load(row + s);
                for (int c = 0; c < count; c++)
                {
                    element = TLane.NegMulAdd(rows.Load(scaled), rows.Load(other + c), element);
                    scaled += pitch;
                }

                rows.Store(row + s, element);
            }
        }
    }

    /// <summary>x = (L D L') \ x for one factored block.</summary>
    public static void Solve<TLane, TRows>(TRows rows, int block, int count, int pitch, int inverse, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Forward<TLane, TRows>(rows, block, count, pitch, x);
        for (int r = 0; r < count; r++) rows.Store(x + r, rows.Load(x + r) * rows.Load(inverse + r));
        Backward<TLane, TRows>(rows, block, count, pitch, x);
    }

    /// <summary>x = L \ x for one factored block.</summary>
    public static void Forward<TLane, TRows>(TRows rows, int block, int count, int pitch, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int r = 1; r < count; r++)
        {
            TLane sum = rows.Load(x + r);
            for (int c = 0; c < r; c++) sum = TLane.NegMulAdd(rows.Load(block + (r * pitch) + c), rows.Load(x + c), sum);
            rows.Store(x + r, sum);
        }
    }

    /// <summary>x = L' \ x for one factored block.</summary>
    public static void Backward<TLane, TRows>(TRows rows, int block, int count, int pitch, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int r = count - 2; r >= 0; r--)
        {
            TLane sum = rows.Load(x + r);
            for (int c = r + 1; c < count; c++) sum = TLane.NegMulAdd(rows.Load(block + (c * pitch) + r), rows.Load(x + c), sum);
            rows.Store(x + r, sum);
        }
    }

    /// <summary>y -= A x for a rectangular block.</summary>
    public static void MultiplySubtract<TLane, TRows>(
        TRows rows, int block, int pitch, int rowCount, int columnCount, int y, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int r = 0; r < rowCount; r++)
        {
            TLane sum = rows.Load(y + r);
            for (int c = 0; c < columnCount; c++)
                sum = TLane.NegMulAdd(rows.Load(block + (r * pitch) + c), rows.Load(x + c), sum);
            rows.Store(y + r, sum);
        }
    }

    /// <summary>y -= A' x for a rectangular block.</summary>
    public static void TransposeMultiplySubtract<TLane, TRows>(
        TRows rows, int block, int pitch, int rowCount, int columnCount, int y, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int c = 0; c < columnCount; c++)
        {
            TLane sum = rows.Load(y + c);
            for (int r = 0; r < rowCount; r++)
                sum = TLane.NegMulAdd(rows.Load(block + (r * pitch) + c), rows.Load(x + r), sum);
            rows.Store(y + c, sum);
        }
    }
}

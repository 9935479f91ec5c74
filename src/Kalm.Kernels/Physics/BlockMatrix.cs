using System.Runtime.CompilerServices;
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
        // L D (r, c) = A (r, c) - sum of L D (r, k) L (c, k), two rows r at a time; L D (r, k) waits in column r
        int r = rowDof;
        for (; r + 1 < rowDof + rowCount; r += 2)
        {
            int row = matrix + (r * pitch) + first;
            int mirror = matrix + (first * pitch) + r;
            for (int c = 0; c < count; c++)
            {
                int factor = matrix + ((first + c) * pitch) + first;
                TLane element = rows.Load(row + c);
                TLane next = rows.Load(row + pitch + c);
                int waiting = mirror;
                for (int k = 0; k < c; k++)
                {
                    TLane l = rows.Load(factor + k);
                    element = TLane.NegMulAdd(rows.Load(waiting), l, element);
                    next = TLane.NegMulAdd(rows.Load(waiting, 1), l, next);
                    waiting += pitch;
                }

                TLane invert = rows.Load(inverse + c);
                rows.Store(waiting, element);
                rows.Store(waiting, 1, next);
                rows.Store(row + c, element * invert);
                rows.Store(row + pitch + c, next * invert);
            }
        }

        if (r == rowDof + rowCount) return;
        int last = matrix + (r * pitch) + first;
        for (int c = 0; c < count; c++)
        {
            int factor = matrix + ((first + c) * pitch) + first;
            TLane element = rows.Load(last + c);
            int waiting = matrix + (first * pitch) + r;
            for (int k = 0; k < c; k++)
            {
                element = TLane.NegMulAdd(rows.Load(waiting), rows.Load(factor + k), element);
                waiting += pitch;
            }

            rows.Store(waiting, element);
            rows.Store(last + c, element * rows.Load(inverse + c));
        }
    }

    /// <summary>
    /// Block (i, k) -= L D (i, j) L (k, j)': eliminates tree j. Where i = k the upper triangle changes too and means
    /// nothing.
    /// </summary>
    public static void Eliminate<TLane, TRows>(
        TRows rows, int matrix, int pitch, int first, int count, int rowDof, int rowCount, int columnDof,
            int columnCount)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int rowEnd = rowDof + rowCount;
        int columnEnd = columnDof + columnCount;
        for (int r = rowDof; r < rowEnd; r += 2)
        {
            bool pair = r + 1 < rowEnd;
            int scaled = matrix + (first * pitch) + r;
            int end = rowDof == columnDof ? Math.Min(r + 2, columnEnd) : columnEnd;
            int s = columnDof;
            for (; s + 1 < end && pair; s += 2)
                Tile<TLane, TRows>(rows, matrix + (r * pitch) + s, pitch, scaled, matrix + (s * pitch) + first, count);
            for (; s < end; s++)
            {
                int element = matrix + (r * pitch) + s;
                int other = matrix + (s * pitch) + first;
                Element<TLane, TRows>(rows, element, pitch, scaled, other, count);
                if (pair) Element<TLane, TRows>(rows, element + pitch, pitch, scaled + 1, other, count);
            }
        }
    }

    /// <summary>Two rows and two columns of <see cref="Eliminate"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TLane, TRows>(TRows rows, int element, int pitch, int scaled, int other, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane a = rows.Load(element);
        TLane b = rows.Load(element, 1);
        TLane c = rows.Load(element + pitch);
        TLane d = rows.Load(element + pitch, 1);
        int next = other + pitch;
        for (int k = 0; k < count; k++)
        {
            TLane upper = rows.Load(scaled);
            TLane lower = rows.Load(scaled, 1);
            TLane left = rows.Load(other + k);
            TLane right = rows.Load(next + k);
            a = TLane.NegMulAdd(upper, left, a);
            b = TLane.NegMulAdd(upper, right, b);
            c = TLane.NegMulAdd(lower, left, c);
            d = TLane.NegMulAdd(lower, right, d);
            scaled += pitch;
        }

        rows.Store(element, a);
        rows.Store(element, 1, b);
        rows.Store(element + pitch, c);
        rows.Store(element + pitch, 1, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Element<TLane, TRows>(TRows rows, int element, int pitch, int scaled, int other, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane sum = rows.Load(element);
        for (int k = 0; k < count; k++)
        {
            sum = TLane.NegMulAdd(rows.Load(scaled), rows.Load(other + k), sum);
            scaled += pitch;
        }

        rows.Store(element, sum);
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
            for (int c = 0; c < r; c++)
                sum = TLane.NegMulAdd(rows.Load(block + (r * pitch) + c), rows.Load(x + c), sum);
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
            for (int c = r + 1; c < count; c++)
                sum = TLane.NegMulAdd(rows.Load(block + (c * pitch) + r), rows.Load(x + c), sum);
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

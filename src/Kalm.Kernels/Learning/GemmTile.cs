using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Learning;

/// <summary>
/// The two inner loops of every matrix product: a tile of 8 x 32 sums that stays in registers. Each sum is one chain
/// of fused multiply-adds in the order of the reduction, starting from what the tile holds, so that every tile shape,
/// vector width and split of the reduction gives the same bits.
/// </summary>
internal static unsafe class GemmTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 8;

    /// <summary>Columns of a tile.</summary>
    public const int Columns = 32;

    /// <summary>Floats of a tile, stored row by row.</summary>
    public const int Length = Rows * Columns;

    /// <summary>tile[i, j] += sum over k of a[i][k] * b[k, j].</summary>
    /// <param name="a">Eight row addresses, each with <paramref name="count"/> floats.</param>
    /// <param name="count">Length of the reduction.</param>
    /// <param name="b">A packed panel, (count, 32), 64-byte aligned.</param>
    /// <param name="tile">The sums, (8, 32), 64-byte aligned.</param>
    public static void Inner(float** a, int count, float* b, float* tile)
    {
        if (Vector512.IsHardwareAccelerated) Inner512(a, count, b, tile);
        else if (Vector256.IsHardwareAccelerated) InnerNarrow<Lane8>(a, count, b, tile);
        else InnerNarrow<Lane1>(a, count, b, tile);
    }

    /// <summary>tile[i, j] += sum over r of x[r, i] * b[r, j].</summary>
    /// <param name="x">First of the eight columns of x.</param>
    /// <param name="ldx">Floats from one row of x to the next.</param>
    /// <param name="count">Length of the reduction.</param>
    /// <param name="b">First of the 32 columns of b.</param>
    /// <param name="ldb">Floats from one row of b to the next.</param>
    /// <param name="tile">The sums, (8, 32), 64-byte aligned.</param>
    public static void Outer(float* x, nint ldx, int count, float* b, nint ldb, float* tile)
    {
        if (Vector512.IsHardwareAccelerated) Outer512(x, ldx, count, b, ldb, tile);
        else if (Vector256.IsHardwareAccelerated) OuterNarrow<Lane8>(x, ldx, count, b, ldb, tile);
        else OuterNarrow<Lane1>(x, ldx, count, b, ldb, tile);
    }

    // 16 accumulators, two columns of b and one broadcast: the smallest tile that keeps two multiply-add ports busy
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Inner512(float** a, int count, float* b, float* tile)
    {
        Sums512 s = Sums512.Load(tile);
        Vector512<float> c00 = s.C00, c01 = s.C01, c10 = s.C10, c11 = s.C11, c20 = s.C20, c21 = s.C21;
        Vector512<float> c30 = s.C30, c31 = s.C31, c40 = s.C40, c41 = s.C41, c50 = s.C50, c51 = s.C51;
        Vector512<float> c60 = s.C60, c61 = s.C61, c70 = s.C70, c71 = s.C71;
        float* a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4], a5 = a[5], a6 = a[6], a7 = a[7];
        for (nint k = 0; k < count; k++)
        {
            Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16), v = Vector512.Create(a0[k]);
            c00 = Vector512.FusedMultiplyAdd(v, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(v, b1, c01);
            v = Vector512.Create(a1[k]);
            c10 = Vector512.FusedMultiplyAdd(v, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(v, b1, c11);
            v = Vector512.Create(a2[k]);
            c20 = Vector512.FusedMultiplyAdd(v, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(v, b1, c21);
            v = Vector512.Create(a3[k]);
            c30 = Vector512.FusedMultiplyAdd(v, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(v, b1, c31);
            v = Vector512.Create(a4[k]);
            c40 = Vector512.FusedMultiplyAdd(v, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(v, b1, c41);
            v = Vector512.Create(a5[k]);
            c50 = Vector512.FusedMultiplyAdd(v, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(v, b1, c51);
            v = Vector512.Create(a6[k]);
            c60 = Vector512.FusedMultiplyAdd(v, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(v, b1, c61);
            v = Vector512.Create(a7[k]);
            c70 = Vector512.FusedMultiplyAdd(v, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(v, b1, c71);
            b += Columns;
        }

        Sums512.Store(tile, 0, c00, c01, c10, c11, c20, c21, c30, c31);
        Sums512.Store(tile, 4, c40, c41, c50, c51, c60, c61, c70, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outer512(float* x, nint ldx, int count, float* b, nint ldb, float* tile)
    {
        Sums512 s = Sums512.Load(tile);
        Vector512<float> c00 = s.C00, c01 = s.C01, c10 = s.C10, c11 = s.C11, c20 = s.C20, c21 = s.C21;
        Vector512<float> c30 = s.C30, c31 = s.C31, c40 = s.C40, c41 = s.C41, c50 = s.C50, c51 = s.C51;
        Vector512<float> c60 = s.C60, c61 = s.C61, c70 = s.C70, c71 = s.C71;
        for (nint r = 0; r < count; r++)
        {
            Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16), v = Vector512.Create(x[0]);
            c00 = Vector512.FusedMultiplyAdd(v, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(v, b1, c01);
            v = Vector512.Create(x[1]);
            c10 = Vector512.FusedMultiplyAdd(v, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(v, b1, c11);
            v = Vector512.Create(x[2]);
            c20 = Vector512.FusedMultiplyAdd(v, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(v, b1, c21);
            v = Vector512.Create(x[3]);
            c30 = Vector512.FusedMultiplyAdd(v, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(v, b1, c31);
            v = Vector512.Create(x[4]);
            c40 = Vector512.FusedMultiplyAdd(v, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(v, b1, c41);
            v = Vector512.Create(x[5]);
            c50 = Vector512.FusedMultiplyAdd(v, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(v, b1, c51);
            v = Vector512.Create(x[6]);
            c60 = Vector512.FusedMultiplyAdd(v, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(v, b1, c61);
            v = Vector512.Create(x[7]);
            c70 = Vector512.FusedMultiplyAdd(v, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(v, b1, c71);
            x += ldx;
            b += ldb;
        }

        Sums512.Store(tile, 0, c00, c01, c10, c11, c20, c21, c30, c31);
        Sums512.Store(tile, 4, c40, c41, c50, c51, c60, c61, c70, c71);
    }

    // 4 rows x 2 lanes: what sixteen registers hold
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InnerNarrow<TLane>(float** a, int count, float* b, float* tile)
        where TLane : unmanaged, ILane<TLane>
    {
        int width = TLane.Width;
        for (int row = 0; row < Rows; row += 4)
        {
            float* a0 = a[row], a1 = a[row + 1], a2 = a[row + 2], a3 = a[row + 3];
            for (int column = 0; column < Columns; column += 2 * width)
            {
                float* c = tile + (row * Columns) + column;
                Sums<TLane> s = Sums<TLane>.Load(c);
                TLane c00 = s.C00, c01 = s.C01, c10 = s.C10, c11 = s.C11;
                TLane c20 = s.C20, c21 = s.C21, c30 = s.C30, c31 = s.C31;
                float* bk = b + column;
                for (int k = 0; k < count; k++)
                {
                    TLane b0 = TLane.Load(bk), b1 = TLane.Load(bk + width), v = TLane.Broadcast(a0, k);
                    c00 = TLane.MulAdd(v, b0, c00);
                    c01 = TLane.MulAdd(v, b1, c01);
                    v = TLane.Broadcast(a1, k);
                    c10 = TLane.MulAdd(v, b0, c10);
                    c11 = TLane.MulAdd(v, b1, c11);
                    v = TLane.Broadcast(a2, k);
                    c20 = TLane.MulAdd(v, b0, c20);
                    c21 = TLane.MulAdd(v, b1, c21);
                    v = TLane.Broadcast(a3, k);
                    c30 = TLane.MulAdd(v, b0, c30);
                    c31 = TLane.MulAdd(v, b1, c31);
                    bk += Columns;
                }

                Sums<TLane>.Store(c, c00, c01, c10, c11, c20, c21, c30, c31);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OuterNarrow<TLane>(float* x, nint ldx, int count, float* b, nint ldb, float* tile)
        where TLane : unmanaged, ILane<TLane>
    {
        int width = TLane.Width;
        for (int row = 0; row < Rows; row += 4)
        {
            for (int column = 0; column < Columns; column += 2 * width)
            {
                float* c = tile + (row * Columns) + column;
                Sums<TLane> s = Sums<TLane>.Load(c);
                TLane c00 = s.C00, c01 = s.C01, c10 = s.C10, c11 = s.C11;
                TLane c20 = s.C20, c21 = s.C21, c30 = s.C30, c31 = s.C31;
                float* a = x + row, br = b + column;
                for (int r = 0; r < count; r++)
                {
                    TLane b0 = TLane.Load(br), b1 = TLane.Load(br + width), v = TLane.Broadcast(a, 0);
                    c00 = TLane.MulAdd(v, b0, c00);
                    c01 = TLane.MulAdd(v, b1, c01);
                    v = TLane.Broadcast(a, 1);
                    c10 = TLane.MulAdd(v, b0, c10);
                    c11 = TLane.MulAdd(v, b1, c11);
                    v = TLane.Broadcast(a, 2);
                    c20 = TLane.MulAdd(v, b0, c20);
                    c21 = TLane.MulAdd(v, b1, c21);
                    v = TLane.Broadcast(a, 3);
                    c30 = TLane.MulAdd(v, b0, c30);
                    c31 = TLane.MulAdd(v, b1, c31);
                    a += ldx;
                    br += ldb;
                }

                Sums<TLane>.Store(c, c00, c01, c10, c11, c20, c21, c30, c31);
            }
        }
    }

    // moves a tile between memory and the named registers of the loops above
    private readonly struct Sums512
    {
        public readonly Vector512<float> C00, C01, C10, C11, C20, C21, C30, C31, C40, C41, C50, C51, C60, C61, C70, C71;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Sums512(float* t)
        {
            (C00, C01) = (Vector512.Load(t), Vector512.Load(t + 16));
            (C10, C11) = (Vector512.Load(t + 32), Vector512.Load(t + 48));
            (C20, C21) = (Vector512.Load(t + 64), Vector512.Load(t + 80));
            (C30, C31) = (Vector512.Load(t + 96), Vector512.Load(t + 112));
            (C40, C41) = (Vector512.Load(t + 128), Vector512.Load(t + 144));
            (C50, C51) = (Vector512.Load(t + 160), Vector512.Load(t + 176));
            (C60, C61) = (Vector512.Load(t + 192), Vector512.Load(t + 208));
            (C70, C71) = (Vector512.Load(t + 224), Vector512.Load(t + 240));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Sums512 Load(float* tile) => new(tile);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(
            float* tile, int row, Vector512<float> a0, Vector512<float> a1, Vector512<float> b0, Vector512<float> b1,
            Vector512<float> c0, Vector512<float> c1, Vector512<float> d0, Vector512<float> d1)
        {
            float* t = tile + (row * Columns);
            a0.Store(t);
            a1.Store(t + 16);
            b0.Store(t + 32);
            b1.Store(t + 48);
            c0.Store(t + 64);
            c1.Store(t + 80);
            d0.Store(t + 96);
            d1.Store(t + 112);
        }
    }

    private readonly struct Sums<TLane>
        where TLane : unmanaged, ILane<TLane>
    {
        public readonly TLane C00, C01, C10, C11, C20, C21, C30, C31;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Sums(float* t)
        {
            int width = TLane.Width;
            (C00, C01) = (TLane.Load(t), TLane.Load(t + width));
            (C10, C11) = (TLane.Load(t + Columns), TLane.Load(t + Columns + width));
            (C20, C21) = (TLane.Load(t + (2 * Columns)), TLane.Load(t + (2 * Columns) + width));
            (C30, C31) = (TLane.Load(t + (3 * Columns)), TLane.Load(t + (3 * Columns) + width));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Sums<TLane> Load(float* tile) => new(tile);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(
            float* t, TLane a0, TLane a1, TLane b0, TLane b1, TLane c0, TLane c1, TLane d0, TLane d1)
        {
            int width = TLane.Width;
            TLane.Store(t, a0);
            TLane.Store(t + width, a1);
            TLane.Store(t + Columns, b0);
            TLane.Store(t + Columns + width, b1);
            TLane.Store(t + (2 * Columns), c0);
            TLane.Store(t + (2 * Columns) + width, c1);
            TLane.Store(t + (3 * Columns), d0);
            TLane.Store(t + (3 * Columns) + width, d1);
        }
    }
}

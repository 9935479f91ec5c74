using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kalm.Kernels.Learning;

/// <summary>
/// Transposes a square of two panels, eight by eight elements in registers where the machine has AVX.
/// </summary>
internal static unsafe class PanelTranspose
{
    private const int Stride = GemmTile.Columns;
    private const int Side = 8;

    /// <summary>target[row, column] = source[column, row], both with rows of 32 floats.</summary>
    /// <param name="source">(width, height).</param>
    /// <param name="width">Columns of the target, at most 32.</param>
    /// <param name="target">(height, width), 32-byte aligned.</param>
    /// <param name="height">Rows of the target, at most 32.</param>
    public static void Run(float* source, int width, float* target, int height)
    {
        int wholeWidth = Avx.IsSupported ? width / Side * Side : 0, wholeHeight = height / Side * Side;
        for (int row = 0; row < wholeHeight; row += Side)
        {
            for (int column = 0; column < wholeWidth; column += Side)
                Square(source + (column * Stride) + row, target + (row * Stride) + column);
        }

        for (int row = 0; row < height; row++)
        {
            int done = row < wholeHeight ? wholeWidth : 0;
            for (int column = done; column < width; column++)
                target[(row * Stride) + column] = source[(column * Stride) + row];
        }
    }

    // pairs, then quadruples, then halves: a[i] holds source row i, the result row i of the target
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Square(float* s, float* t)
    {
        Vector256<float> a0 = Vector256.Load(s), a1 = Vector256.Load(s + Stride);
        Vector256<float> a2 = Vector256.Load(s + (2 * Stride)), a3 = Vector256.Load(s + (3 * Stride));
        Vector256<float> a4 = Vector256.Load(s + (4 * Stride)), a5 = Vector256.Load(s + (5 * Stride));
        Vector256<float> a6 = Vector256.Load(s + (6 * Stride)), a7 = Vector256.Load(s + (7 * Stride));
        Vector256<float> b0 = Avx.UnpackLow(a0, a1), b1 = Avx.UnpackHigh(a0, a1);
        Vector256<float> b2 = Avx.UnpackLow(a2, a3), b3 = Avx.UnpackHigh(a2, a3);
        Vector256<float> b4 = Avx.UnpackLow(a4, a5), b5 = Avx.UnpackHigh(a4, a5);
        Vector256<float> b6 = Avx.UnpackLow(a6, a7), b7 = Avx.UnpackHigh(a6, a7);
        a0 = Avx.Shuffle(b0, b2, 0x44);
        a1 = Avx.Shuffle(b0, b2, 0xEE);
        a2 = Avx.Shuffle(b1, b3, 0x44);
        a3 = Avx.Shuffle(b1, b3, 0xEE);
        a4 = Avx.Shuffle(b4, b6, 0x44);
        a5 = Avx.Shuffle(b4, b6, 0xEE);
        a6 = Avx.Shuffle(b5, b7, 0x44);
        a7 = Avx.Shuffle(b5, b7, 0xEE);
        Avx.Permute2x128(a0, a4, 0x20).Store(t);
        Avx.Permute2x128(a1, a5, 0x20).Store(t + Stride);
        Avx.Permute2x128(a2, a6, 0x20).Store(t + (2 * Stride));
        Avx.Permute2x128(a3, a7, 0x20).Store(t + (3 * Stride));
        Avx.Permute2x128(a0, a4, 0x31).Store(t + (4 * Stride));
        Avx.Permute2x128(a1, a5, 0x31).Store(t + (5 * Stride));
        Avx.Permute2x128(a2, a6, 0x31).Store(t + (6 * Stride));
        Avx.Permute2x128(a3, a7, 0x31).Store(t + (7 * Stride));
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// Vector loops along channels. Sixteen channels are one vector on every machine (two or more registers where the
/// hardware is narrower), so the order of every sum is the same everywhere.
/// </summary>
internal static unsafe class ChannelMath
{
    /// <summary>Channels of one vector.</summary>
    public const int Width = 16;

    /// <summary>The next multiple of <see cref="Width"/>.</summary>
    public static int Pad(int count) => (count + Width - 1) / Width * Width;

    /// <summary>The sum of the sixteen elements, as a tree of halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> v)
    {
        Vector256<float> eight = v.GetLower() + v.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.GetElement(0) + two.GetElement(1);
    }

    /// <summary>Sum of a[i] * b[i].</summary>
    /// <param name="a">First factor.</param>
    /// <param name="b">Second factor.</param>
    /// <param name="count">Number of floats, a multiple of 16.</param>
    public static float Dot(float* a, float* b, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < count; i += Width)
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), sum);
        return Sum(sum);
    }

    /// <summary>y += x.</summary>
    /// <param name="y">Changed.</param>
    /// <param name="x">Added.</param>
    /// <param name="count">Number of floats, a multiple of 16.</param>
    public static void Add(float* y, float* x, int count)
    {
        for (int i = 0; i < count; i += Width)
            (Vector512.Load(y + i) + Vector512.Load(x + i)).Store(y + i);
    }
}

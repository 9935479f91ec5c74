using System.Runtime.InteropServices;

namespace Kalm.Kernels.Tests.Learning;

/// <summary>Aligned memory that frees itself, for one test.</summary>
internal sealed unsafe class AlignedFloats : IDisposable
{
    public AlignedFloats(int length)
    {
        Length = length;
        Pointer = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(length, 1) * sizeof(float), 64);
        Span.Clear();
    }

    public float* Pointer { get; private set; }

    public int Length { get; }

    public Span<float> Span => new(Pointer, Length);

    public static AlignedFloats Random(int length, Random random, double scale = 1)
    {
        AlignedFloats floats = new(length);
        for (int i = 0; i < length; i++) floats.Span[i] = (float)(((random.NextDouble() * 2) - 1) * scale);
        return floats;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}

using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Embedding;

/// <summary>Floats that do not move and start on a 64-byte boundary; the garbage collector owns them.</summary>
internal sealed unsafe class PinnedFloats
{
    private readonly float[] _memory;
    private readonly int _offset;

    /// <summary>Allocates zeros.</summary>
    /// <param name="length">Number of floats; as many again as a multiple of 16 needs are readable behind them.</param>
    public PinnedFloats(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<float>(checked(length + 32), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _memory[0]);
        _offset = (int)((((address + 63) & ~63) - address) / sizeof(float));
        Data = (float*)Unsafe.AsPointer(ref _memory[_offset]);
    }

    /// <summary>First float; valid as long as this object is.</summary>
    public float* Data { get; }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats.</summary>
    public Span<float> Span => _memory.AsSpan(_offset, Length);
}

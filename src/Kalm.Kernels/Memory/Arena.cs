using System.Runtime.InteropServices;

namespace Kalm.Kernels.Memory;

/// <summary>
/// Unmanaged memory with one owner: blocks are handed out zeroed and 64-byte aligned, and all of them are freed
/// together.
/// </summary>
public sealed unsafe class Arena : IDisposable
{
    private const nuint Alignment = 64;
    private readonly List<nint> _blocks = [];
    private bool _disposed;

    /// <summary>Frees memory that was never disposed.</summary>
    ~Arena() => Free();

    /// <summary>A zeroed block of <paramref name="count"/> elements.</summary>
    /// <param name="count">Elements; at least one is allocated.</param>
    /// <typeparam name="T">Element type.</typeparam>
    public T* Allocate<T>(nint count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        nuint bytes = ((((nuint)Math.Max(count, 1) * (nuint)sizeof(T)) + Alignment - 1) / Alignment) * Alignment;
        void* block = NativeMemory.AlignedAlloc(bytes, Alignment);
        _blocks.Add((nint)block);
        NativeMemory.Clear(block, bytes);
        return (T*)block;
    }

    /// <summary>Frees every block.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        _disposed = true;
        foreach (nint block in _blocks) NativeMemory.AlignedFree((void*)block);
        _blocks.Clear();
    }
}

using System.Buffers;

namespace Kalm.Native.Interop;

/// <summary>
/// A list of handles as native code wants it: plain pointers, each kept alive until <see cref="Dispose"/>.
/// </summary>
internal ref struct HandleArray
{
    private readonly TensorHandle?[] _handles;
    private readonly nint[] _pointers;

    /// <summary>Room for so many handles; fill it with <see cref="Add"/>.</summary>
    internal HandleArray(int capacity)
    {
        _handles = ArrayPool<TensorHandle?>.Shared.Rent(Math.Max(capacity, 1));
        _pointers = ArrayPool<nint>.Shared.Rent(Math.Max(capacity, 1));
    }

    /// <summary>Handles added so far.</summary>
    internal int Count { get; private set; }

    /// <summary>The pointers, in the order of the calls of <see cref="Add"/>.</summary>
    internal readonly ReadOnlySpan<nint> Pointers => _pointers.AsSpan(0, Count);

    /// <summary>Adds one handle; null adds a null pointer.</summary>
    internal void Add(TensorHandle? handle)
    {
        bool added = false;
        handle?.DangerousAddRef(ref added);
        _handles[Count] = handle;
        _pointers[Count] = handle?.DangerousGetHandle() ?? 0;
        Count++;
    }

    /// <summary>Lets go of the handles.</summary>
    internal readonly void Dispose()
    {
        for (int i = 0; i < Count; i++)
            _handles[i]?.DangerousRelease();
        ArrayPool<TensorHandle?>.Shared.Return(_handles, clearArray: true);
        ArrayPool<nint>.Shared.Return(_pointers);
    }
}

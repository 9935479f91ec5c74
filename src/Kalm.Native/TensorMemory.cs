using System.Runtime.InteropServices;

namespace Kalm.Native;

/// <summary>
/// The storage of tensors as spans, so that the kernels of Kalm.Kernels write into tensors without a copy. This is the
/// one file that goes beyond TorchSharp's API, and it stands on TorchSharp's <c>bytes</c>, so that it serves both.
/// </summary>
public static class TensorMemory
{
    /// <summary>The elements of a contiguous tensor in main memory; writing changes the tensor.</summary>
    /// <remarks>
    /// Valid until the tensor is disposed of. Autograd does not see writes: use it on leaves and on gradients, before a
    /// tracked operation reads them.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The tensor is not contiguous.</exception>
    public static Span<float> FloatSpan(this Tensor tensor) => Span<float>(tensor, ScalarType.Float32);

    /// <summary>The elements of a contiguous tensor of 64-bit integers; writing changes the tensor.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not contiguous.</exception>
    public static Span<long> Int64Span(this Tensor tensor) => Span<long>(tensor, ScalarType.Int64);

    private static Span<T> Span<T>(Tensor tensor, ScalarType type)
        where T : unmanaged
    {
        if (tensor.dtype != type)
            throw new ArgumentException($"expected a tensor of {type}, found {tensor.dtype}", nameof(tensor));
        return MemoryMarshal.Cast<byte, T>(tensor.bytes);
    }
}

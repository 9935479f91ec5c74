using System.Runtime.InteropServices;

namespace Kalm.Native.Interop;

/// <summary>Owner of one native tensor, freed exactly once: when disposed of or by the finalizer.</summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Stands for "no tensor" in optional arguments.</summary>
    internal static readonly TensorHandle None = new();

    /// <summary>An empty handle; the marshaller fills it with the result of a native call.</summary>
    public TensorHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <summary>A handle that owns the given native tensor.</summary>
    internal TensorHandle(nint tensor)
        : base(0, ownsHandle: true) => SetHandle(tensor);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => NativeMethods.kalm_tensor_free(handle) == 0;
}

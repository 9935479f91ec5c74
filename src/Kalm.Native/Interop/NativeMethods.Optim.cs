using System.Runtime.InteropServices;

namespace Kalm.Native.Interop;

/// <summary>Imports of <c>kalm_optim.cpp</c>, one for each export.</summary>
internal static unsafe partial class NativeMethods
{
    // one Adam or AdamW step of every parameter that has a gradient; moments are handles of equal shape
    [LibraryImport(Library)]
    internal static partial int kalm_optim_adam_step(nint* parameters, nint* first, nint* second, int count,
        NativeAdam options);

    // drops (or zeroes) all gradients
    [LibraryImport(Library)]
    internal static partial int kalm_optim_zero_grad(nint* parameters, int count, int setToNone);

    // scales all gradients so that their common norm is at most max_norm; gives the norm before
    [LibraryImport(Library)]
    internal static partial int kalm_optim_clip_grad_norm(nint* parameters, int count, double maxNorm,
        double normType, out double total);

    // clamps every gradient element to [-limit, limit]
    [LibraryImport(Library)]
    internal static partial int kalm_optim_clip_grad_value(nint* parameters, int count, double limit);
}

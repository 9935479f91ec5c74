#if !KALM_TORCHSHARP
using Kalm.Native.Interop;
#endif

namespace Kalm.Native;

/// <summary>What the backbone runs on; printed by <c>kalm doctor</c>.</summary>
/// <param name="Binding">Which binding was compiled in: <c>native</c> or <c>TorchSharp</c>.</param>
/// <param name="Version">Version of libtorch.</param>
/// <param name="LibraryPath">File of the native library in use; null with TorchSharp.</param>
/// <param name="BlasPath">File of the BLAS in this process; null when none was found.</param>
/// <param name="BlasCore">CPU kernels that the BLAS runs; null when it does not tell.</param>
/// <param name="Threads">Threads of one libtorch operation.</param>
/// <param name="BlasThreads">Threads of one BLAS operation; 0 when the BLAS does not tell.</param>
/// <param name="WaitPolicy">Value of OMP_WAIT_POLICY that the program set or found; null for OpenMP's default.</param>
/// <param name="Configuration">libtorch's own description of its build.</param>
public sealed record TorchInfo(
    string Binding, string Version, string? LibraryPath, string? BlasPath, string? BlasCore, int Threads,
    int BlasThreads, string? WaitPolicy, string Configuration)
{
    /// <summary>Loads libtorch and asks it.</summary>
    public static TorchInfo Read()
    {
#if KALM_TORCHSHARP
        return new TorchInfo(
            "TorchSharp", torch.__version__, null, null, null, torch.get_num_threads(), 0, null, "TorchSharp package");
#else
        return ReadNative();
#endif
    }

    /// <summary>Sets the threads of one operation, in libtorch and in its BLAS.</summary>
    /// <param name="threads">At least 1.</param>
    public static void UseThreads(int threads) => torch.set_num_threads(threads);

#if !KALM_TORCHSHARP
    private static unsafe TorchInfo ReadNative()
    {
        NativeError.Check(NativeMethods.kalm_libtorch_version(out byte* version));
        NativeError.Check(NativeMethods.kalm_libtorch_config(out byte* configuration));
        NativeError.Check(NativeMethods.kalm_get_num_threads(out int threads, out int blasThreads));
        NativeError.Check(NativeMethods.kalm_blas_core(out byte* core));
        return new TorchInfo(
            "native", NativeError.Text(version), NativeLibraryFinder.LoadedPath, BlasSetup.LoadedBlas(),
            core is null ? null : NativeError.Text(core), threads, blasThreads, BlasSetup.WaitPolicyInUse,
            NativeError.Text(configuration));
    }
#endif
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Kalm.Native.Interop;

/// <summary>
/// Sets up the BLAS behind libtorch before it is loaded: kernels that fit the CPU, and thread pools that do not fight
/// for the same cores.
/// </summary>
/// <remarks>
/// OpenBLAS picks its kernels by CPU model, and on a model it does not know it falls back to SSE: four to five times
/// slower. <c>OPENBLAS_CORETYPE</c> names the kernels, and is chosen here by what the CPU can do.
/// An OpenBLAS with threads of its own (not the OpenMP flavour) shares the cores with OpenMP workers that spin
/// while they wait: a training step then takes five times as long. Passive waiting cures that. It has to be in the
/// process environment before libgomp is loaded, and <see cref="Environment.SetEnvironmentVariable(string, string?)"/>
/// does not reach native code, so <c>setenv</c> is called directly.
/// </remarks>
internal static partial class BlasSetup
{
    private const string WaitPolicy = "OMP_WAIT_POLICY";
    private const string CoreType = "OPENBLAS_CORETYPE";

    /// <summary>The wait policy that the program set or found; null for OpenMP's default.</summary>
    internal static string? WaitPolicyInUse { get; private set; }

    /// <summary>Sets what the user did not set; called once, before libtorch is loaded.</summary>
    internal static void Prepare()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(CoreType) is null
            && BestCore() is { } core)
        {
            _ = SetEnvironment(CoreType, core, overwrite: 0);
        }

        WaitPolicyInUse = Environment.GetEnvironmentVariable(WaitPolicy);
        if (!OperatingSystem.IsLinux() || WaitPolicyInUse is not null)
            return;

        // libtorch takes the system's libblas.so.3; loading it first shows which one that is
        NativeLibrary.TryLoad("libblas.so.3", out _);
        if (!IsPassiveBetter(LoadedBlas()))
            return;
        WaitPolicyInUse = "passive";
        if (SetEnvironment(WaitPolicy, WaitPolicyInUse, overwrite: 1) != 0)
            WaitPolicyInUse = null;
    }

    /// <summary>OpenBLAS's name for the widest kernels this CPU runs; null leaves the choice to OpenBLAS.</summary>
    internal static string? BestCore()
    {
        if (!X86Base.IsSupported || !Avx2.IsSupported || !Fma.IsSupported)
            return null;
        if (!Avx512F.IsSupported || !Avx512BW.IsSupported || !Avx512DQ.IsSupported || !Avx512CD.IsSupported)
            return "Haswell";

        // leaf 7.1, eax bit 5: the CPU multiplies bfloat16
        return (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0 ? "Cooperlake" : "SkylakeX";
    }

    /// <summary>Whether a BLAS at this path runs threads of its own beside OpenMP's.</summary>
    internal static bool IsPassiveBetter(string? blasPath) =>
        blasPath is not null
        && blasPath.Contains("openblas", StringComparison.OrdinalIgnoreCase)
        && !blasPath.Contains("openmp", StringComparison.OrdinalIgnoreCase)
        && !blasPath.Contains("serial", StringComparison.OrdinalIgnoreCase);

    /// <summary>File of the BLAS in this process: OpenBLAS where there is one; null for none.</summary>
    internal static string? LoadedBlas()
    {
        const string Maps = "/proc/self/maps";
        if (!File.Exists(Maps))
            return null;

        string? blas = null;
        foreach (string line in File.ReadLines(Maps))
        {
            int start = line.IndexOf('/', StringComparison.Ordinal);
            if (start < 0)
                continue;
            string path = line[start..];
            string file = Path.GetFileName(path);
            if (file.StartsWith("libopenblas", StringComparison.Ordinal))
                return path;
            if (file.StartsWith("libblas", StringComparison.Ordinal)
                || file.StartsWith("libmkl", StringComparison.Ordinal))
                blas = path;
        }

        return blas;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}

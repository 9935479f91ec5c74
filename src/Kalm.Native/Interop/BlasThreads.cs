using System.Runtime.InteropServices;

namespace Kalm.Native.Interop;

/// <summary>
/// Keeps the thread pools of libtorch (OpenMP) and of the BLAS from fighting for the same cores.
/// </summary>
/// <remarks>
/// An OpenBLAS with threads of its own (not the OpenMP flavour) shares the cores with OpenMP workers that spin while
/// they wait: a training step then takes five times as long. Passive waiting cures that. It has to be in the process
/// environment before libgomp is loaded, and <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does
/// not reach native code, so <c>setenv</c> is called directly.
/// </remarks>
internal static partial class BlasThreads
{
    private const string WaitPolicy = "OMP_WAIT_POLICY";

    /// <summary>The wait policy that the program set or found; null for OpenMP's default.</summary>
    internal static string? WaitPolicyInUse { get; private set; }

    /// <summary>Chooses how OpenMP threads wait; called once, before libtorch is loaded.</summary>
    internal static void Prepare()
    {
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

    /// <summary>Whether a BLAS at this path runs threads of its own beside OpenMP's.</summary>
    internal static bool IsPassiveBetter(string? blasPath) =>
        blasPath is not null
        && blasPath.Contains("openblas", StringComparison.OrdinalIgnoreCase)
        && !blasPath.Contains("openmp", StringComparison.OrdinalIgnoreCase)
        && !blasPath.Contains("serial", StringComparison.OrdinalIgnoreCase);

    /// <summary>File of the BLAS in this process: an OpenBLAS where there is one, else any libblas; null for none.</summary>
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
            if (file.StartsWith("libblas", StringComparison.Ordinal) || file.StartsWith("libmkl", StringComparison.Ordinal))
                blas = path;
        }

        return blas;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}

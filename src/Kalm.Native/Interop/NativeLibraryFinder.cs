using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kalm.Native.Interop;

/// <summary>
/// Finds <c>libkalm_native.so</c>: the file that <c>KALM_NATIVE</c> names, beside the assembly, or
/// <c>artifacts/native</c> in a folder above it. Sets up the BLAS before the first load.
/// </summary>
internal static partial class NativeLibraryFinder
{
    /// <summary>Variable that names the library file and goes before every other place.</summary>
    internal const string Variable = "KALM_NATIVE";

    private const string FileName = "libkalm_native.so";

    /// <summary>The file in use; null before the first native call.</summary>
    internal static string? LoadedPath { get; private set; }

    /// <summary>Makes the runtime ask this class for the library of <see cref="NativeMethods"/>.</summary>
#pragma warning disable CA2255 // the resolver has to be there before the first import of this assembly is used
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryFinder).Assembly, Resolve);

    /// <summary>Path of the library, or an error that says where it was looked for.</summary>
    /// <exception cref="DllNotFoundException">There is no such file.</exception>
    internal static string Find(string? fromVariable, string startFolder)
    {
        if (!string.IsNullOrEmpty(fromVariable))
        {
            return File.Exists(fromVariable)
                ? fromVariable
                : throw new DllNotFoundException($"{Variable} names {fromVariable}, which does not exist");
        }

        string beside = Path.Combine(startFolder, FileName);
        if (File.Exists(beside))
            return beside;
        for (DirectoryInfo? folder = new(startFolder); folder is not null; folder = folder.Parent)
        {
            string built = Path.Combine(folder.FullName, "artifacts", "native", FileName);
            if (File.Exists(built))
                return built;
        }

        throw new DllNotFoundException(
            $"{FileName} was not found beside {startFolder} nor in artifacts/native above it. Run ./kalm setup, or " +
            "cmake -S src/Kalm.Native/native -B artifacts/native/build && cmake --build artifacts/native/build, " +
            $"or name the file in {Variable}.");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != NativeMethods.Library)
            return 0;

        string path = Find(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory);
        BlasSetup.Prepare();
        nint library = NativeLibrary.Load(path);
        LoadedPath = Path.GetFullPath(path);
        return library;
    }
}

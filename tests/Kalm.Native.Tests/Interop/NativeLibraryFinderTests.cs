using Kalm.Native.Interop;

namespace Kalm.Native.Tests.Interop;

public sealed class NativeLibraryFinderTests
{
    [Fact]
    public void Variable_goes_first_and_has_to_name_a_file()
    {
        string file = Path.GetTempFileName();
        Assert.Equal(file, NativeLibraryFinder.Find(file, AppContext.BaseDirectory));
        File.Delete(file);

        DllNotFoundException error = Assert.Throws<DllNotFoundException>(
            () => NativeLibraryFinder.Find(file, AppContext.BaseDirectory));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_is_found_beside_the_program_and_in_artifacts_above_it()
    {
        string root = Directory.CreateTempSubdirectory().FullName;
        string deep = Directory.CreateDirectory(Path.Combine(root, "a", "b")).FullName;
        string built = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "artifacts", "native")).FullName,
            "libkalm_native.so");
        File.WriteAllText(built, "");
        Assert.Equal(built, NativeLibraryFinder.Find(null, deep));

        string beside = Path.Combine(deep, "libkalm_native.so");
        File.WriteAllText(beside, "");
        Assert.Equal(beside, NativeLibraryFinder.Find(null, deep));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void Absence_says_what_to_do()
    {
        string root = Directory.CreateTempSubdirectory().FullName;

        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => NativeLibraryFinder.Find("", root));

        Assert.Contains("./kalm setup", error.Message, StringComparison.Ordinal);
        Assert.Contains("cmake", error.Message, StringComparison.Ordinal);
        Directory.Delete(root);
    }

    [Theory]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so", true)]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblasp-r0.3.21.so", false)]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-serial/libopenblas-r0.3.21.so", false)]
    [InlineData("/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0", false)]
    [InlineData(null, false)]
    public void Passive_waiting_is_for_an_OpenBLAS_with_threads_of_its_own(string? path, bool expected) =>
        Assert.Equal(expected, BlasSetup.IsPassiveBetter(path));

    [Fact]
    public void Info_names_library_BLAS_and_threads()
    {
        torch.set_num_threads(2);
        TorchInfo info = TorchInfo.Read();

        Assert.Equal("native", info.Binding);
        Assert.Matches(@"^\d+\.\d+", info.Version);
        Assert.Equal(2, info.Threads);
        Assert.True(File.Exists(info.LibraryPath));
        Assert.NotNull(info.BlasPath);
        if (info.BlasPath.Contains("openblas", StringComparison.Ordinal))
        {
            Assert.Equal(2, info.BlasThreads);
            if (BlasSetup.BestCore() is { } core && Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is null)
                Assert.Equal(core, info.BlasCore, ignoreCase: true);
        }
    }
}

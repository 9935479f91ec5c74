using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Kalm.Native.Interop;

namespace Kalm.Native.Tests.Interop;

public sealed partial class AbiTests
{
    private static readonly string[] s_parts = ["Tensor", "Nn", "Optim"];

    [Fact]
    public void Every_export_has_one_import_and_every_import_an_export()
    {
        string[] exports =
            [.. s_parts.SelectMany(part => Exports(Source($"native/kalm_{part.ToLowerInvariant()}.cpp")))];
        string[] imports = [.. typeof(NativeMethods)
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(method => method.Name).Where(name => name.StartsWith("kalm_", StringComparison.Ordinal))];

        Assert.NotEmpty(exports);
        Assert.Equal(exports.Order(StringComparer.Ordinal), imports.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_pair_of_native_files_has_its_imports_in_one_file()
    {
        foreach (string part in s_parts)
        {
            string native = Source($"native/kalm_{part.ToLowerInvariant()}.cpp");
            string managed = Source($"Interop/NativeMethods.{part}.cs");
            Assert.Equal(
                Exports(native).Order(StringComparer.Ordinal),
                Import().Matches(managed).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_library_has_every_import()
    {
        Assert.True(Tensor.TotalCount >= 0);
        nint library = NativeLibrary.Load(NativeLibraryFinder.LoadedPath!);

        Assert.All(
            typeof(NativeMethods).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Select(method => method.Name).Where(name => name.StartsWith("kalm_", StringComparison.Ordinal)),
            name => Assert.True(NativeLibrary.TryGetExport(library, name, out _), name));
    }

    [Theory]
    [InlineData(typeof(UnaryOperation), "kalm_unary_op", "KALM_UNARY_")]
    [InlineData(typeof(BinaryOperation), "kalm_binary_op", "KALM_BINARY_")]
    [InlineData(typeof(ScalarOperation), "kalm_scalar_op", "KALM_SCALAR_")]
    [InlineData(typeof(ViewOperation), "kalm_view_op", "KALM_VIEW_")]
    [InlineData(typeof(ReduceOperation), "kalm_reduce_op", "KALM_REDUCE_")]
    [InlineData(typeof(AlongOperation), "kalm_along_op", "KALM_ALONG_")]
    [InlineData(typeof(IndexOperation), "kalm_index_op", "KALM_INDEX_")]
    [InlineData(typeof(RandomOperation), "kalm_random_op", "KALM_RANDOM_")]
    [InlineData(typeof(LossOperation), "kalm_loss_op", "KALM_LOSS_")]
    public void Operation_numbers_are_the_same_on_both_sides(Type type, string native, string prefix)
    {
        string headers = Source("native/kalm_tensor.h") + Source("native/kalm_nn.h");
        string body = Regex.Match(headers, $@"enum {native} : int32_t \{{(.*?)\}};", RegexOptions.Singleline)
            .Groups[1].Value;
        string[] expected = [.. Regex.Matches(body, $@"{prefix}(\w+)").Select(match => Managed(match.Groups[1].Value))];

        Assert.Equal(expected, Enum.GetNames(type));

        static string Managed(string name) =>
            string.Concat(name.TrimEnd('_').Split('_').Select(word => word[..1] + word[1..].ToLowerInvariant()))
            + (name.EndsWith('_') ? "InPlace" : "");
    }

    private static IEnumerable<string> Exports(string source) =>
        Export().Matches(source).Select(match => match.Groups[1].Value);

    private static string Source(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "src", "Kalm.Native", path);
            if (File.Exists(file))
                return File.ReadAllText(file);
        }

        throw new FileNotFoundException("the sources are not above the test binaries", path);
    }

    [GeneratedRegex(@"KALM_EXPORT [\w \*]*?(kalm_\w+)\(")]
    private static partial Regex Export();

    [GeneratedRegex(@"internal static partial [\w\*]+ (kalm_\w+)\(")]
    private static partial Regex Import();
}

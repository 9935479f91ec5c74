using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Kalm.Testing;

namespace Kalm.App.Tests.House;

/// <summary>What STYLE.md asks of every file and a compiler does not check.</summary>
public sealed class StyleTests
{
    private const int MaxColumns = 120;
    private const int MaxFileLines = 500;
    private const int MaxMethodLines = 120;

    private static readonly string[] Code = [".cs", ".cpp", ".h", ".sh", ".js", ".css", ".html"];
    private static readonly string[] Text = [.. Code, ".md", ".txt", ".json", ".props", ".csproj", ".sln", ".xml", ""];

    // written in pieces, so that this file passes its own test
    private static readonly string[] Forbidden =
    [
        @"\bTO" + @"DO\b",
        @"\bFIX" + @"ME\b",
        @"\bHA" + @"CK\b",
        "NotImplemented" + "Exception",
        @"(?<![A-Za-z0-9_.])/(work|farm)/",
        @"api\.nuget" + @"\.org",
        @"(deb|security)\.debian" + @"\.org",
        @"registry\.npmjs" + @"\.org",
        @"pypi" + @"\.org",
    ];

    [Fact]
    public void Lines_have_at_most_120_columns() => Check(Code, (file, lines) => lines
        .Select((line, index) => (line, index))
        .Where(at => at.line.Length > MaxColumns)
        .Select(at => $"{file}({at.index + 1}): {at.line.Length} columns"));

    [Fact]
    public void Files_have_at_most_500_lines() => Check(Code, (file, lines) =>
        lines.Length > MaxFileLines ? [$"{file}: {lines.Length} lines"] : []);

    [Fact]
    public void Nothing_is_left_open_and_no_machine_is_named()
    {
        Regex forbidden = new(string.Join('|', Forbidden));
        Check(Text, (file, lines) => lines
            .Select((line, index) => (match: forbidden.Match(line), index))
            .Where(at => at.match.Success)
            .Select(at => $"{file}({at.index + 1}): {at.match.Value}"));
    }

    [Fact]
    public void Methods_have_at_most_120_lines()
    {
        List<string> found = [];
        foreach (string assembly in (string[])["Kalm.Kernels", "Kalm.Native", "kalm"])
        {
            string binary = Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");
            using FileStream code = File.OpenRead(binary);
            using PEReader portable = new(code);
            MetadataReader names = portable.GetMetadataReader();
            using FileStream symbols = File.OpenRead(Path.ChangeExtension(binary, ".pdb"));
            using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
            MetadataReader reader = provider.GetMetadataReader();
            foreach (MethodDebugInformationHandle handle in reader.MethodDebugInformation)
            {
                MethodDebugInformation method = reader.GetMethodDebugInformation(handle);
                SequencePoint[] points = [.. method.GetSequencePoints().Where(point => !point.IsHidden)];
                string name = names.GetString(names.GetMethodDefinition(handle.ToDefinitionHandle()).Name);

                // a constructor counts the lines of field initializers, which are tables
                if (points.Length == 0 || name is ".ctor" or ".cctor") continue;
                int first = points.Min(point => point.StartLine);
                int lines = points.Max(point => point.EndLine) - first + 1;
                string file = reader.GetString(reader.GetDocument(points[0].Document).Name);
                if (lines > MaxMethodLines && !file.Contains("/obj/", StringComparison.Ordinal))
                    found.Add($"{Repository.Relative(file)}({first}): {name} has {lines} lines");
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static void Check(string[] extensions, Func<string, string[], IEnumerable<string>> find)
    {
        IReadOnlyList<string> files = Repository.Files("", extensions);
        Assert.NotEmpty(files);
        string[] found = [.. files
            .Where(file => Path.GetFileName(file) is not ("Kalm.local.props" or ".git"))
            .SelectMany(file => find(Repository.Relative(file), File.ReadAllLines(file)))];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }
}

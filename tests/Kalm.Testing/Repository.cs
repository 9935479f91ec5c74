namespace Kalm.Testing;

/// <summary>Finds the source tree a test binary was built from.</summary>
public static class Repository
{
    private static readonly string[] NotOurs =
        ["artifacts", "runs", "bin", "obj", ".git", ".vs", "BenchmarkDotNet.Artifacts"];

    /// <summary>Folder that holds KALM.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Source files of our own below <paramref name="folder"/>, build output left out, in ordinal order.
    /// </summary>
    /// <param name="folder">Folder below the root; empty for the whole tree.</param>
    /// <param name="extensions">Extensions with their dot.</param>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions)
    {
        List<string> files = [];
        Collect(new DirectoryInfo(Path.Combine(Root, folder)), extensions, files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>The path of <paramref name="file"/> below the root, with forward slashes.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static void Collect(DirectoryInfo folder, string[] extensions, List<string> files)
    {
        foreach (FileInfo file in folder.EnumerateFiles())
        {
            if (extensions.Length == 0 || extensions.Contains(file.Extension)) files.Add(file.FullName);
        }

        foreach (DirectoryInfo child in folder.EnumerateDirectories())
        {
            if (!NotOurs.Contains(child.Name)) Collect(child, extensions, files);
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KALM.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no KALM.sln above {AppContext.BaseDirectory}");
    }
}

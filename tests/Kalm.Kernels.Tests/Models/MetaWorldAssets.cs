using System.Text.RegularExpressions;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Models;

/// <summary>Metaworld's own scene files, where they lie beside the project.</summary>
internal static partial class MetaWorldAssets
{
    private const string Folder = "metaworld/assets";

    /// <summary>Why there are none; null where there are.</summary>
    public static string? Missing => SharedData.Path(Folder) is null ? SharedData.Missing(Folder) : null;

    /// <summary>Paths of all scenes.</summary>
    public static string[] Scenes =>
        [.. Directory.GetFiles(Path.Combine(SharedData.Path(Folder)!, "sawyer_xyz"), "*.xml").Order()];

    /// <summary>Path of a scene.</summary>
    public static string Scene(string name) =>
        Path.Combine(SharedData.Path(Folder)!, "sawyer_xyz", $"sawyer_{name}.xml");

    /// <summary>
    /// Makes a copy of the scene files that needs no pictures, which MuJoCo would insist on; meshes are links.
    /// </summary>
    /// <param name="target">An empty folder.</param>
    public static void CopyWithoutTextures(string target)
    {
        string source = SharedData.Path(Folder)!;
        foreach (string folder in Directory.GetDirectories(source, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, folder)));
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            if (!file.EndsWith(".xml", StringComparison.Ordinal)) File.CreateSymbolicLink(copy, file);
            else File.WriteAllText(copy, Picture().Replace(File.ReadAllText(file), Flat));
        }
    }

    private const string Flat = "builtin=\"flat\" width=\"8\" height=\"48\"";

    [GeneratedRegex("file=\"[^\"]*\\.png\"")]
    private static partial Regex Picture();
}

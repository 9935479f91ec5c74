using System.Text.RegularExpressions;

namespace Kalm.Testing.Mujoco;

/// <summary>Scene files as libmujoco can load them.</summary>
public static partial class MujocoAssets
{
    private const string Flat = "builtin=\"flat\" width=\"8\" height=\"48\"";

    /// <summary>
    /// Makes a copy of a folder of scene files that needs no pictures, which MuJoCo would insist on; meshes are links.
    /// </summary>
    /// <param name="source">The folder.</param>
    /// <param name="target">An empty folder.</param>
    public static void CopyWithoutTextures(string source, string target)
    {
        foreach (string folder in Directory.GetDirectories(source, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, folder)));
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            if (!file.EndsWith(".xml", StringComparison.Ordinal)) File.CreateSymbolicLink(copy, Path.GetFullPath(file));
            else File.WriteAllText(copy, Picture().Replace(File.ReadAllText(file), Flat));
        }
    }

    [GeneratedRegex("file=\"[^\"]*\\.png\"")]
    private static partial Regex Picture();
}

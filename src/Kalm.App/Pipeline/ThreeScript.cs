namespace Kalm.App.Pipeline;

/// <summary>
/// three.js as a script element, for pages that show scenes in three dimensions. It comes from Debian's package
/// libjs-three, or from the folder the environment variable <c>KALM_THREE</c> names.
/// </summary>
internal static class ThreeScript
{
    /// <summary>Name of the variable.</summary>
    public const string Variable = "KALM_THREE";

    /// <summary>What a page says that was made without it.</summary>
    public const string MissingNote =
        "This page was made without three.js, so scenes cannot be shown. Install the package libjs-three, or let "
        + "KALM_THREE name a folder with three.min.js and examples/js, and make the report again.";

    private const string DebianFolder = "/usr/share/javascript/three";

    private static readonly string[] Files =
    [
        "three.min.js", "examples/js/controls/OrbitControls.js", "examples/js/math/ConvexHull.js",
        "examples/js/geometries/ConvexGeometry.js",
    ];

    /// <summary>Where three.js is looked for.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : DebianFolder;

    /// <summary>The element; empty where a file of three.js is missing.</summary>
    /// <param name="folder">Folder with three.min.js and examples/js.</param>
    public static string Element(string folder)
    {
        string[] paths = [.. Files.Select(file => Path.Combine(folder, file))];
        if (!paths.All(File.Exists)) return "";

        // nothing inside may end the element
        string script = string.Join('\n', paths.Select(File.ReadAllText));
        return "<script>\n" + script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
            + "\n</script>";
    }
}

using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Models;

/// <summary>Metaworld's own scene files, where they lie beside the project.</summary>
internal static class MetaWorldAssets
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
    public static void CopyWithoutTextures(string target) =>
        MujocoAssets.CopyWithoutTextures(SharedData.Path(Folder)!, target);
}

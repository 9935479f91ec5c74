using System.Reflection;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>The scenes of the tasks: those that come with the program, or the originals from a folder.</summary>
public static class SceneLibrary
{
    private const string Prefix = "Kalm.Kernels.Envs.MetaWorld.Scenes.";

    // scenes of KALM's tasks: the program's own stand beside the originals
    private static readonly string[] NotOfMetaWorld = ["locked_door"];

    // eq_data of every weld: both anchors and the relative position 0, orientation -1, torque scale 5
    private static readonly double[] Weld = [0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 5];

    /// <summary>Compiles the scene of a task.</summary>
    /// <param name="spec">The task.</param>
    /// <param name="assetsFolder">Folder of the original scenes and meshes; null: the program's own.</param>
    /// <exception cref="KalmException">The scene is missing or cannot be compiled.</exception>
    public static Model Load(TaskSpec spec, string? assetsFolder = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Model model = assetsFolder == null ? Own(spec.Scene) : Original(spec.Scene, assetsFolder);

        // the original overwrites its welds when an environment is made (reset_mocap_welds)
        for (int weld = 0; weld < model.neq; weld++) Weld.CopyTo(model.eq_data, weld * Weld.Length);
        return model;
    }

    /// <summary>Whether a scene comes with the program.</summary>
    public static bool HasOwn(string scene) =>
        Assembly.GetExecutingAssembly().GetManifestResourceInfo($"{Prefix}{scene}.xml") != null;

    private static Model Original(string scene, string folder)
    {
        string path = Path.Combine(folder, "sawyer_xyz", $"sawyer_{scene}.xml");
        if (File.Exists(path)) return MjcfCompiler.Compile(path, ModelCompat.Mj3);
        bool own = Directory.Exists(folder) && NotOfMetaWorld.Contains(scene);
        return own ? Own(scene) : throw new KalmException($"assets: {path} does not exist");
    }

    private static Model Own(string scene)
    {
        Assembly assembly = typeof(SceneLibrary).Assembly;
        if (assembly.GetManifestResourceInfo($"{Prefix}{scene}.xml") == null)
            throw new KalmException(
                $"scene '{scene}': not among the program's own; name the folder of the original assets");
        return MjcfCompiler.CompileResource(assembly, Prefix, $"{scene}.xml", ModelCompat.Mj3);
    }
}

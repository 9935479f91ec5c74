using System.Reflection;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>
/// Compiles MJCF, MuJoCo's model format, into a <see cref="Model"/>. A subset is understood: include, compiler, option,
/// size, statistic, default classes, mesh assets (binary STL files or vertices), worldbody with bodies (also mocap),
/// inertials, free, slide and hinge joints, plane, sphere, capsule, cylinder, box and mesh geoms, sites; motor and
/// position actuators on joints, welds of bodies. What only a viewer needs is passed over: textures, materials,
/// cameras, lights, visual. Everything else is refused by file, line and name.
/// </summary>
public static class MjcfCompiler
{
    /// <summary>Compiles a model file; includes and meshes lie beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compat">MuJoCo generation to reproduce.</param>
    /// <exception cref="KalmException">The file cannot be read or is not a model of the subset.</exception>
    public static Model Compile(string path, ModelCompat compat = ModelCompat.Mj2)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Compile(MjcfDocument.Load(ModelFiles.Disk, path), ModelFiles.Disk, path, compat);
    }

    /// <summary>Compiles a model file that is an embedded resource; so are its includes.</summary>
    /// <param name="assembly">Assembly that holds the files.</param>
    /// <param name="prefix">What the names of its resources start with, including the last dot.</param>
    /// <param name="path">The file; folders in it become parts of the resource's name.</param>
    /// <param name="compat">MuJoCo generation to reproduce.</param>
    /// <exception cref="KalmException">There is no such resource or it is not a model of the subset.</exception>
    public static Model CompileResource(
        Assembly assembly, string prefix, string path, ModelCompat compat = ModelCompat.Mj2)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(path);
        ModelFiles files = ModelFiles.Resources(assembly, prefix);
        return Compile(MjcfDocument.Load(files, path), files, path, compat);
    }

    /// <summary>Compiles model text.</summary>
    /// <param name="xml">The model.</param>
    /// <param name="name">What to call the text in errors; includes and meshes lie beside a file of this name.</param>
    /// <param name="compat">MuJoCo generation to reproduce.</param>
    /// <exception cref="KalmException">The text is not a model of the subset.</exception>
    public static Model CompileText(string xml, string name, ModelCompat compat = ModelCompat.Mj2)
    {
        ArgumentNullException.ThrowIfNull(xml);
        ArgumentNullException.ThrowIfNull(name);
        return Compile(MjcfDocument.Parse(xml, name), ModelFiles.Disk, name, compat);
    }

    private static Model Compile(MjcfElement root, ModelFiles files, string path, ModelCompat compat)
    {
        if (root.Name != "mujoco") throw root.Error("the root of a model is <mujoco>");
        root.Allow("model");
        root.AllowChildren(
            "compiler", "option", "size", "statistic", "visual", "default", "asset", "worldbody", "equality",
            "actuator");

        // sections may repeat and come in any order; they are read in MuJoCo's
        MjcfSettings settings = new(compat);
        MjcfDefaults defaults = new();
        foreach (MjcfElement section in Sections(root, "compiler")) settings.ReadCompiler(section);
        foreach (MjcfElement section in Sections(root, "option")) settings.ReadOption(section);
        foreach (MjcfElement section in Sections(root, "size")) settings.ReadSize(section);
        foreach (MjcfElement section in Sections(root, "statistic")) settings.ReadStatistic(section);
        foreach (MjcfElement section in Sections(root, "default")) defaults.Add(section);
        MjcfAssets assets = new(files, path, settings, defaults);
        foreach (MjcfElement section in Sections(root, "asset")) assets.Read(section);
        MjcfEqualities equalities = new(defaults);
        foreach (MjcfElement section in Sections(root, "equality")) equalities.Read(section);
        MjcfSceneReader reader = new(settings, defaults, assets, root);
        foreach (MjcfElement section in Sections(root, "worldbody")) reader.ReadWorld(section);
        foreach (MjcfElement section in Sections(root, "actuator")) reader.ReadActuators(section);
        BodyInertia.Finish(reader.Bodies, settings);
        Scene scene = new(reader.Bodies, reader.Actuators, assets.Meshes, equalities.All);
        return new ModelAssembly(scene, settings).Build(root.Attributes.GetValueOrDefault("model", ""));
    }

    private static IEnumerable<MjcfElement> Sections(MjcfElement root, string name) =>
        root.Children.Where(child => child.Name == name);
}

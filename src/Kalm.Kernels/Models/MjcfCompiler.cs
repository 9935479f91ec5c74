using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>
/// Compiles MJCF, MuJoCo's model format, into a <see cref="Model"/>. A subset is understood: compiler, option, size,
/// statistic, default, asset (ignored), worldbody with bodies, inertials, free, slide and hinge joints, plane, sphere,
/// capsule, cylinder and box geoms, sites, cameras and lights (ignored), motor and position actuators on joints.
/// Everything else is refused by file, line and name.
/// </summary>
public static class MjcfCompiler
{
    // what only a viewer needs
    private static readonly string[] Ignored = ["asset", "visual"];

    /// <summary>Compiles a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compat">MuJoCo generation to reproduce.</param>
    /// <exception cref="KalmException">The file cannot be read or is not a model of the subset.</exception>
    public static Model Compile(string path, ModelCompat compat = ModelCompat.Mj2)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Compile(MjcfDocument.Load(path), compat);
    }

    /// <summary>Compiles model text.</summary>
    /// <param name="xml">The model.</param>
    /// <param name="name">What to call the text in errors.</param>
    /// <param name="compat">MuJoCo generation to reproduce.</param>
    /// <exception cref="KalmException">The text is not a model of the subset.</exception>
    public static Model CompileText(string xml, string name, ModelCompat compat = ModelCompat.Mj2)
    {
        ArgumentNullException.ThrowIfNull(xml);
        ArgumentNullException.ThrowIfNull(name);
        return Compile(MjcfDocument.Parse(xml, name), compat);
    }

    private static Model Compile(MjcfElement root, ModelCompat compat)
    {
        if (root.Name != "mujoco") throw root.Error("the root of a model is <mujoco>");
        root.Allow("model");
        root.AllowChildren(
            ["compiler", "option", "size", "statistic", "default", "worldbody", "actuator", .. Ignored]);

        // sections may repeat and come in any order; they are read in MuJoCo's
        MjcfSettings settings = new(compat);
        MjcfDefaults defaults = new();
        foreach (MjcfElement section in Sections(root, "compiler")) settings.ReadCompiler(section);
        foreach (MjcfElement section in Sections(root, "option")) settings.ReadOption(section);
        foreach (MjcfElement section in Sections(root, "size")) settings.ReadSize(section);
        foreach (MjcfElement section in Sections(root, "statistic")) settings.ReadStatistic(section);
        foreach (MjcfElement section in Sections(root, "default")) defaults.Add(section);
        MjcfSceneReader scene = new(settings, defaults, root);
        foreach (MjcfElement section in Sections(root, "worldbody")) scene.ReadWorld(section);
        foreach (MjcfElement section in Sections(root, "actuator")) scene.ReadActuators(section);
        scene.FinishInertia();
        return new ModelAssembly(scene, settings, compat).Build(root.Attributes.GetValueOrDefault("model", ""));
    }

    private static IEnumerable<MjcfElement> Sections(MjcfElement root, string name) =>
        root.Children.Where(child => child.Name == name);
}

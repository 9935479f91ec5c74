namespace Kalm.Kernels.Models;

/// <summary>The attributes of each element inside a kinematic tree or a default class that this engine knows.</summary>
internal static class MjcfVocabulary
{
    private static readonly string[] Orientation = ["quat", "axisangle", "xyaxes", "zaxis", "euler"];

    // what says which one an element is, and no class can say
    private static readonly string[] Own = ["name", "class", "joint", "file", "vertex", "centered"];

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["body"] = ["name", "childclass", "pos", "mocap", "user", .. Orientation],
        ["inertial"] = ["pos", "mass", "diaginertia", "fullinertia", .. Orientation],
        ["joint"] =
        [
            "name", "class", "type", "group", "pos", "axis", "limited", "range", "margin", "solreflimit", "solimplimit",
            "stiffness", "springref", "ref", "armature", "damping", "user",
        ],
        ["freejoint"] = ["name", "group"],
        ["geom"] =
        [
            "name", "class", "type", "group", "size", "fromto", "pos", "contype", "conaffinity", "condim", "priority",
            "friction", "solmix", "solref", "solimp", "margin", "gap", "mass", "density", "rgba", "material", "mesh",
            "user", .. Orientation,
        ],
        ["site"] = ["name", "class", "type", "group", "size", "pos", "rgba", "material", "user", .. Orientation],
        ["mesh"] = ["name", "class", "file", "vertex", "scale", "refpos", "refquat", "centered"],
        ["equality"] = ["class", "active", "solref", "solimp"],
        ["weld"] =
        [
            "name", "class", "active", "body1", "body2", "anchor", "relpose", "torquescale", "solref", "solimp",
        ],
        ["motor"] =
        [
            "name", "class", "group", "joint", "gear", "ctrllimited", "ctrlrange", "forcelimited", "forcerange",
            "user",
        ],
        ["position"] =
        [
            "name", "class", "group", "joint", "gear", "ctrllimited", "ctrlrange", "forcelimited", "forcerange", "kp",
            "user",
        ],
    };

    /// <summary>Refuses attributes the engine does not know. What only a viewer needs is not looked into.</summary>
    /// <param name="element">The element.</param>
    /// <param name="inDefault">Whether it stands in a default class, where names and targets mean nothing.</param>
    public static void Check(MjcfElement element, bool inDefault = false)
    {
        if (!Known.TryGetValue(element.Name, out string[]? attributes)) return;
        element.Allow(inDefault ? [.. attributes.Except(Own)] : attributes);
        if (element.Name != "body") element.AllowChildren();
    }
}

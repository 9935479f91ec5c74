using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>What the engine can simulate; everything else is refused by name.</summary>
internal static class SimulationSupport
{
    /// <summary>Throws for the first thing in <paramref name="model"/> that the engine does not have.</summary>
    public static void Check(Model model)
    {
        for (int joint = 0; joint < model.njnt; joint++) CheckJoint(model, joint);
        for (int pair = 0; pair < model.npair; pair++) CheckPair(model, pair);
        for (int equality = 0; equality < model.neq; equality++) CheckEquality(model, equality);
    }

    private static void CheckEquality(Model model, int equality)
    {
        EqualityType type = (EqualityType)model.eq_type[equality];
        if (type != EqualityType.Weld) throw Refusal(model, $"equality {equality}", $"{type}", "Weld");
    }

    private static void CheckJoint(Model model, int joint)
    {
        string name = $"joint {joint}";
        if (model.jnt_type[joint] == (int)JointType.Ball) throw Refusal(model, name, "ball", "free, slide, hinge");
        bool free = model.jnt_type[joint] == (int)JointType.Free;
        if (free && model.jnt_stiffness[joint] != 0)
            throw Refusal(model, name, "stiffness of a free joint", "springs of slide and hinge joints");
    }

    private static void CheckPair(Model model, int pair)
    {
        GeomType type1 = (GeomType)model.geom_type[model.pair_geom1[pair]];
        GeomType type2 = (GeomType)model.geom_type[model.pair_geom2[pair]];
        string name = $"geom pair {model.pair_geom1[pair]}, {model.pair_geom2[pair]}";
        if (!Collision.PairTable.Has(type1, type2))
            throw Refusal(model, name, $"{type1}-{type2}", "planes, spheres, capsules, cylinders, boxes, meshes");
        bool turned = (type1, type2) == (GeomType.Plane, GeomType.Capsule) && model.pair_dim[pair] > 1;
        if (turned && model.cone == ConeType.Pyramidal)
            throw Refusal(model, name, "a plane and a capsule with pyramidal cones", "them with elliptic cones");
        int dim = model.pair_dim[pair];
        bool spins = model.cone == ConeType.Elliptic;
        if (dim is not (1 or 3) && !(dim == 4 && spins))
            throw Refusal(model, name, $"condim {dim}", spins ? "1, 3, 4" : "1, 3 with pyramidal cones");
    }

    private static KalmException Refusal(Model model, string field, string found, string expected) =>
        new($"model '{model.name}': {field}: found {found}, the simulator supports {expected}");
}

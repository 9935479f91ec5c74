using Kalm.Kernels.Models;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Pairs of shapes that have no analytic collision function.</summary>
internal static class ConvexScenes
{
    private static readonly (GeomType Type, double[] Size, TestHull? Hull)[] Shapes = MakeShapes();

    /// <summary>Every pair of shapes, each with the reach at which some poses are apart.</summary>
    public static IEnumerable<(ConvexScene Scene, double Reach)> All()
    {
        foreach ((GeomType type1, double[] size1, TestHull? hull1) in Shapes)
        {
            foreach ((GeomType type2, double[] size2, TestHull? hull2) in Shapes)
            {
                bool collides = type2 == GeomType.Mesh
                    || (type2 == GeomType.Cylinder && type1 is (GeomType.Capsule or GeomType.Cylinder))
                    || (type2 == GeomType.Box && type1 == GeomType.Cylinder);
                if (type1 > type2 || !collides) continue;
                yield return (new(type1, size1, hull1, type2, size2, hull2), size2[0] > 0.1 ? 0.3 : 0.12);
            }
        }
    }

    /// <summary>A puck on a table.</summary>
    public static ConvexScene Puck() =>
        new(GeomType.Cylinder, [0.02, 0.02, 0], null, GeomType.Box, [0.4, 0.6, 0.027], null);

    private static (GeomType Type, double[] Size, TestHull? Hull)[] MakeShapes()
    {
        Random random = new(7);
        double[] none = [0, 0, 0];
        return
        [
            (GeomType.Sphere, [0.02, 0, 0], null),
            (GeomType.Capsule, [0.015, 0.04, 0], null),
            (GeomType.Cylinder, [0.02, 0.03, 0], null),
            (GeomType.Cylinder, [0.05, 0.005, 0], null),
            (GeomType.Box, [0.03, 0.02, 0.04], null),
            (GeomType.Box, [0.4, 0.6, 0.027], null),
            (GeomType.Mesh, none, TestHull.Box(0.03, 0.02, 0.04)),
            (GeomType.Mesh, none, TestHull.Random(random, 7, 0.03, 0.05, 0.02)),
            (GeomType.Mesh, none, TestHull.Random(random, 30, 0.03, 0.05, 0.02)),
        ];
    }
}

using System.Globalization;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Convex collision finds the contacts MuJoCo found.</summary>
public sealed class ConvexMujocoTests
{
    // MuJoCo's poses come from a quaternion along another path, which differs in the last bit
    private const double Bound = 1e-10;

    [Fact]
    [Trait("Isa", "once")]
    public void Double_lanes_find_the_contacts_of_mujoco()
    {
        string path = Path.Combine(
            Repository.Root, "tests", "Kalm.Kernels.Tests", "Physics", "Collision", "mujoco_contacts.txt");
        string[][] lines = [.. File.ReadLines(path).Where(line => line[0] != '#').Select(line => line.Split(' '))];
        foreach (IGrouping<(string, string), string[]> pair in lines.GroupBy(line => (line[0], line[1])))
        {
            ConvexScene scene = Scene(pair.Key.Item1, pair.Key.Item2);
            double[][] numbers = [.. pair.Select(line => line[2..].Select(Number).ToArray())];
            double[][] lanes = scene.Run(LaneKind.Lane4d, [.. numbers.Select(Pose)]);
            for (int i = 0; i < numbers.Length; i++)
            {
                double[] expected = numbers[i][15..];
                Assert.Equal(expected.Length > 0 ? 1 : 0, lanes[i][0]);
                if (expected.Length > 0) Tolerance.Absolute(expected, lanes[i].AsSpan(1), Bound, $"{scene.Name} {i}");
            }
        }

        Assert.InRange(lines.Length, 80, int.MaxValue);
    }

    private static ConvexScene Scene(string name1, string name2)
    {
        (GeomType type1, double[] size1, TestHull? hull1) = Shape(name1);
        (GeomType type2, double[] size2, TestHull? hull2) = Shape(name2);
        return new(type1, size1, hull1, type2, size2, hull2);
    }

    private static (GeomType Type, double[] Size, TestHull? Hull) Shape(string name) => name switch
    {
        "sphere" => (GeomType.Sphere, [0.02, 0, 0], null),
        "capsule" => (GeomType.Capsule, [0.015, 0.04, 0], null),
        "cylinder" => (GeomType.Cylinder, [0.02, 0.03, 0], null),
        "disk" => (GeomType.Cylinder, [0.05, 0.005, 0], null),
        "box" => (GeomType.Box, [0.03, 0.02, 0.04], null),
        _ => (GeomType.Mesh, [0, 0, 0], TestHull.Icosahedron()),
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static ConvexPose Pose(double[] n) => new(
        new(n[1], n[2], n[3]), ConvexPose.Rotation(n[4], n[5], n[6], n[7]),
        new(n[8], n[9], n[10]), ConvexPose.Rotation(n[11], n[12], n[13], n[14]), n[0]);
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>
/// Convex collision in lanes decides as the scalar reference does, to the last bit, in every pair of shapes.
/// </summary>
public sealed class ConvexTests
{
    private const int Count = 400;

    [Fact]
    [Trait("Isa", "small")]
    public void Double_lanes_give_the_bits_of_the_scalar_reference()
    {
        Random random = new(1);
        foreach ((ConvexScene scene, double reach) in ConvexScenes.All())
            Compare(scene, ConvexPoses.Random(random, reach, Count), minContacts: Count / 10);
    }

    [Fact]
    [Trait("Isa", "small")]
    public void A_resting_cylinder_gives_the_bits_of_the_scalar_reference() =>
        Compare(ConvexScenes.Puck(), ConvexPoses.Resting(new(2), 0.02, 2000), minContacts: 1999);

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        Random random = new(3);
        foreach ((ConvexScene scene, double reach) in ConvexScenes.All())
        {
            ConvexPose[] poses = ConvexPoses.Random(random, reach, 33);
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                LaneKind[] kinds = [.. Enum.GetValues<LaneKind>().Where(kind => kind.Precision() == precision)];
                double[][] expected = scene.Run(kinds[0], poses);
                foreach (LaneKind kind in kinds[1..]) Assert.Equal(expected, scene.Run(kind, poses));
            }
        }
    }

    [Fact]
    public void A_world_does_not_depend_on_its_neighbors()
    {
        Random random = new(4);
        foreach ((ConvexScene scene, double reach) in ConvexScenes.All())
        {
            ConvexPose[] poses = ConvexPoses.Random(random, reach, 40);
            ConvexPose[] shuffled = [.. poses.Reverse()];
            double[][] expected = scene.Run(LaneKind.Lane8, poses);

            Assert.Equal(expected.Reverse(), scene.Run(LaneKind.Lane8, shuffled));
        }
    }

    private static void Compare(ConvexScene scene, ConvexPose[] poses, int minContacts)
    {
        double[][] lanes = scene.Run(LaneKind.Lane4d, poses);
        int contacts = 0;
        for (int i = 0; i < poses.Length; i++)
        {
            double[] expected = new double[ConvexScene.ResultLength];
            if (scene.Reference(poses[i]) is ReferenceContact c)
            {
                contacts++;
                expected =
                [
                    1, c.Distance, c.Position.X, c.Position.Y, c.Position.Z, c.Normal.X, c.Normal.Y, c.Normal.Z,
                ];
            }

            Assert.Equal((scene.Name, i, Bits(expected)), (scene.Name, i, Bits(lanes[i])));
        }

        Assert.InRange(contacts, minContacts, poses.Length);
    }

    /// <summary>Numbers to compare exactly; the sign of a zero decides nothing.</summary>
    private static string Bits(double[] numbers) =>
        string.Join(' ', numbers.Select(number => $"{BitConverter.DoubleToInt64Bits(number + 0.0):X}"));
}

using Kalm.Kernels.Lanes;
using Kalm.Kernels.Physics.Collision;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Two boxes: the kernels against the scalar algorithm, and what must hold whatever the algorithm.</summary>
public sealed class BoxBoxTests
{
    private const int Batches = 60;
    private const int Worlds = 32;

    public static TheoryData<string> Kinds => [.. PoseSource.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Contacts_are_those_of_the_scalar_algorithm(string kind)
    {
        int contacts = 0;
        foreach (Batch batch in Cases(kind))
        {
            PairContact[][] ours = PairRun.Contacts(
                PairFunction.BoxBox, batch.Poses, batch.Size1, batch.Size2, batch.Margin, LaneKind.Lane4d);
            for (int world = 0; world < Worlds; world++)
            {
                PairContact[] expected = ReferenceBoxes.Contacts(
                    batch.Poses[world], batch.Size1, batch.Size2, batch.Margin);
                Assert.Equal(expected.Length, ours[world].Length);
                contacts += expected.Length;

                // a few roundings of coordinates below 2 m
                Tolerance.Absolute(Numbers(expected), Numbers(ours[world]), 1e-14, $"{kind}, world {world}");
            }
        }

        Assert.True(contacts > Batches * Worlds, $"{contacts} contacts");
    }

    [Theory]
    [Trait("Isa", "small")]
    [InlineData(LaneKind.Lane1, LaneKind.Lane8)]
    [InlineData(LaneKind.Lane1, LaneKind.Lane16)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane4d)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane8d)]
    public void All_widths_of_a_precision_give_the_same_bits(LaneKind narrow, LaneKind wide)
    {
        // one batch of every kind of pose, so that worlds of a bundle take different ways
        PoseSource source = new(7);
        double[] size1 = source.Size();
        double[] size2 = source.Size();
        PairPose[] poses = [.. Enumerable.Range(0, 70).Select(
            i => source.Boxes(PoseSource.Kinds[i % PoseSource.Kinds.Length], size1, size2))];
        double[][] Run(LaneKind kind) => [.. PairRun
            .Contacts(PairFunction.BoxBox, poses, size1, size2, 0.001, kind).Select(Numbers)];
        Assert.Equal(Run(narrow), Run(wide));
    }

    [Theory]
    [InlineData("tumbled", 0)]
    [InlineData("corner", 0)]
    [InlineData("cross", 0.02)]

    // nearly equal overlaps: rounding may choose another face or edge
    [InlineData("tilted", 0.1)]
    public void Float_lanes_have_the_contacts_of_double_lanes(string kind, double mayDiffer)
    {
        int differ = 0;
        foreach (Batch batch in Cases(kind))
        {
            PairContact[][] single = PairRun.Contacts(
                PairFunction.BoxBox, batch.Poses, batch.Size1, batch.Size2, batch.Margin, LaneKind.Lane8);
            for (int world = 0; world < Worlds; world++)
            {
                double[] expected = Numbers(
                    ReferenceBoxes.Contacts(batch.Poses[world], batch.Size1, batch.Size2, batch.Margin));
                double[] actual = Numbers(single[world]);

                // rounding of coordinates below 2 m, magnified where a side is almost along a border
                bool same = expected.Length == actual.Length
                    && expected.Zip(actual).All(x => Math.Abs(x.First - x.Second) < 1e-4);
                differ += same ? 0 : 1;
            }
        }

        Assert.InRange(differ, 0, mayDiffer * Batches * Worlds);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Float_lanes_touch_in_the_worlds_in_which_double_lanes_do(string kind)
    {
        int differ = 0;
        foreach (Batch batch in Cases(kind))
        {
            PairContact[][] single = PairRun.Contacts(
                PairFunction.BoxBox, batch.Poses, batch.Size1, batch.Size2, batch.Margin, LaneKind.Lane8);
            for (int world = 0; world < Worlds; world++)
            {
                PairContact[] expected = ReferenceBoxes.Contacts(
                    batch.Poses[world], batch.Size1, batch.Size2, batch.Margin);
                differ += expected.Length > 0 == single[world].Length > 0 ? 0 : 1;
            }
        }

        // where the distance is the margin up to rounding
        Assert.InRange(differ, 0, Batches * Worlds / 500);
    }

    private static double[] Numbers(PairContact[] contacts) => [.. contacts.SelectMany(contact => contact.Numbers)];

    private static IEnumerable<Batch> Cases(string kind)
    {
        PoseSource source = new(Array.IndexOf(PoseSource.Kinds, kind) + 1);
        for (int i = 0; i < Batches; i++)
        {
            double[] size1 = source.Size();
            double[] size2 = i % 5 == 0 ? size1 : source.Size();
            double margin = (i % 3) switch { 0 => 0, 1 => 0.001, _ => 0.02 };
            yield return new(
                [.. Enumerable.Range(0, Worlds).Select(_ => source.Boxes(kind, size1, size2))], size1, size2, margin);
        }
    }

    private sealed record Batch(PairPose[] Poses, double[] Size1, double[] Size2, double Margin);
}

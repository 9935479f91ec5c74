using Kalm.Kernels.Lanes;
using Kalm.Kernels.Physics.Collision;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Functions of pairs against the scalar algorithms.</summary>
public sealed class PairFunctionTests
{
    private const int Batches = 20;

    internal static readonly PairFunction[] Functions =
    [
        PairFunction.PlaneSphere, PairFunction.PlaneCapsule, PairFunction.PlaneCylinder, PairFunction.PlaneBox,
        PairFunction.SphereSphere, PairFunction.SphereCapsule, PairFunction.SphereCylinder, PairFunction.SphereBox,
        PairFunction.CapsuleCapsule, PairFunction.CapsuleBox, PairFunction.BoxBox,
    ];

    public static TheoryData<string> All => [.. Functions.Select(function => $"{function}")];

    public static TheoryData<string, LaneKind, LaneKind> Widths
    {
        get
        {
            TheoryData<string, LaneKind, LaneKind> data = [];
            foreach (PairFunction function in Functions)
            {
                data.Add($"{function}", LaneKind.Lane1, LaneKind.Lane8);
                data.Add($"{function}", LaneKind.Lane1, LaneKind.Lane16);
                data.Add($"{function}", LaneKind.Lane1d, LaneKind.Lane4d);
                data.Add($"{function}", LaneKind.Lane1d, LaneKind.Lane8d);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Contacts_are_those_of_the_scalar_algorithm(string name)
    {
        PairFunction function = Enum.Parse<PairFunction>(name);
        foreach (string kind in PoseSource.Kinds)
        {
            int contacts = 0;
            foreach (PairBatch batch in PairBatch.All(kind, Batches))
            {
                PairContact[][] ours = PairRun.Contacts(
                    function, batch.Poses, batch.Size1, batch.Size2, batch.Margin, LaneKind.Lane4d);
                for (int world = 0; world < PairBatch.Worlds; world++)
                {
                    PairContact[] expected = ReferencePairs.Contacts(
                        function, batch.Poses[world], batch.Size1, batch.Size2, batch.Margin);
                    Assert.Equal(expected.Length, ours[world].Length);
                    contacts += expected.Length;

                    // rounding of coordinates below 2 m; a capsule far along a box divides by how steep it is
                    double bound = function == PairFunction.CapsuleBox ? 1e-11 : 1e-14;
                    Tolerance.Absolute(
                        Numbers(expected), Numbers(ours[world]), bound, $"{function}, {kind}, world {world}");
                }
            }

            Assert.True(contacts > Batches * PairBatch.Worlds / 4, $"{kind}: {contacts} contacts");
        }
    }

    [Theory]
    [Trait("Isa", "small")]
    [MemberData(nameof(Widths))]
    public void All_widths_of_a_precision_give_the_same_bits(string name, LaneKind narrow, LaneKind wide)
    {
        // all kinds of poses in one batch, so that worlds of a bundle take different ways
        PairFunction function = Enum.Parse<PairFunction>(name);
        PoseSource source = new(7);
        double[] size1 = source.Size();
        double[] size2 = source.Size();
        PairPose[] poses = [.. Enumerable.Range(0, 70).Select(
            i => source.Boxes(PoseSource.Kinds[i % PoseSource.Kinds.Length], size1, size2))];
        double[][] Run(LaneKind kind) =>
            [.. PairRun.Contacts(function, poses, size1, size2, 0.001, kind).Select(Numbers)];
        Assert.Equal(Run(narrow), Run(wide));
    }

    [Theory]
    [InlineData("tumbled", 0)]
    [InlineData("corner", 0)]
    [InlineData("cross", 0.02)]

    // nearly equal overlaps: rounding may choose another face or edge
    [InlineData("tilted", 0.1)]
    public void Float_lanes_have_the_box_contacts_of_double_lanes(string kind, double mayDiffer)
    {
        int differ = 0;
        foreach (PairBatch batch in PairBatch.All(kind, Batches))
        {
            PairContact[][] single = PairRun.Contacts(
                PairFunction.BoxBox, batch.Poses, batch.Size1, batch.Size2, batch.Margin, LaneKind.Lane8);
            for (int world = 0; world < PairBatch.Worlds; world++)
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

        Assert.InRange(differ, 0, mayDiffer * Batches * PairBatch.Worlds);
    }

    [Fact]
    public void Boxes_that_are_flush_by_design_touch_in_float_lanes_no_more_than_in_double_lanes()
    {
        // a plate on a table: 0.475 is 0.46 + 0.015 up to rounding, in float as in double
        double[] table = [0.7, 0.4, 0.46];
        double[] plate = [0.05, 0.05, 0.015];
        double[] level = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        PairPose[] poses = [.. Enumerable.Range(0, 16).Select(
            i => new PairPose([0, 0.6, -0.46 + (0.1 * i)], level, [0.01 * i, 0.6, 0.015 + (0.1 * i)], level))];
        PairContact[][] found = PairRun.Contacts(PairFunction.BoxBox, poses, table, plate, 0, LaneKind.Lane8);
        Assert.All(found, Assert.Empty);

        // a micrometer deeper they do
        poses = [.. poses.Select(p => p with { Position2 = [p.Position2[0], 0.6, p.Position2[2] - 1e-6] })];
        found = PairRun.Contacts(PairFunction.BoxBox, poses, table, plate, 0, LaneKind.Lane8);
        Assert.All(found, contacts => Assert.Equal(4, contacts.Length));
    }

    [Fact]
    public void Float_lanes_choose_the_face_that_double_lanes_choose_for_almost_parallel_boxes()
    {
        // a box tilted by 1e-8 over the border of a larger one: both normals overlap by the same up to 1e-9
        double[] large = [0.31, 0.4, 0.05];
        double[] small = [0.02, 0.02, 0.02];
        double[] level = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        PairPose[] poses = [.. Enumerable.Range(1, 16).Select(i =>
        {
            double tilt = (i % 2 == 0 ? 1e-8 : -1e-8) * i;
            return new PairPose(
                [0, 0, 0], level, [0.31 + (0.001 * (i - 8)), 0.1, 0.0625], [1, 0, tilt, 0, 1, 0, -tilt, 0, 1]);
        })];
        PairContact[][] single = PairRun.Contacts(PairFunction.BoxBox, poses, large, small, 0, LaneKind.Lane8);
        for (int i = 0; i < poses.Length; i++)
        {
            // 1e-6: rounding of coordinates below 1 m
            double[] expected = Numbers(ReferenceBoxes.Contacts(poses[i], large, small, 0));
            Tolerance.Absolute(expected, Numbers(single[i]), 1e-6, $"pose {i}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Float_lanes_touch_in_the_worlds_in_which_double_lanes_do(string name)
    {
        PairFunction function = Enum.Parse<PairFunction>(name);
        int differ = 0;
        foreach (PairBatch batch in PoseSource.Kinds.SelectMany(kind => PairBatch.All(kind, Batches)))
        {
            PairContact[][] single = PairRun.Contacts(
                function, batch.Poses, batch.Size1, batch.Size2, batch.Margin, LaneKind.Lane8);
            for (int world = 0; world < PairBatch.Worlds; world++)
            {
                PairContact[] expected = ReferencePairs.Contacts(
                    function, batch.Poses[world], batch.Size1, batch.Size2, batch.Margin);
                differ += expected.Length > 0 == single[world].Length > 0 ? 0 : 1;
            }
        }

        // where the distance is the margin up to rounding
        Assert.InRange(differ, 0, PoseSource.Kinds.Length * Batches * PairBatch.Worlds / 1000);
    }

    private static double[] Numbers(PairContact[] contacts) => [.. contacts.SelectMany(contact => contact.Numbers)];
}

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

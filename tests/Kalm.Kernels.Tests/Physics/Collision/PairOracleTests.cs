using System.Globalization;
using System.Text;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Physics.Collision;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Functions of pairs against MuJoCo 3 itself.</summary>
public sealed class PairOracleTests
{
    // per kind of pose; MuJoCo tells pairs apart by a bit of contype, and a batch of each has one
    private const int Batches = 3;

    public static TheoryData<string, string, string> Pairs => new()
    {
        { "PlaneSphere", "plane", "sphere" },
        { "PlaneCapsule", "plane", "capsule" },
        { "PlaneCylinder", "plane", "cylinder" },
        { "PlaneBox", "plane", "box" },
        { "SphereSphere", "sphere", "sphere" },
        { "SphereCapsule", "sphere", "capsule" },
        { "SphereCylinder", "sphere", "cylinder" },
        { "SphereBox", "sphere", "box" },
        { "CapsuleCapsule", "capsule", "capsule" },
        { "CapsuleBox", "capsule", "box" },
        { "BoxBox", "box", "box" },
    };

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Contacts_are_those_of_MuJoCo(string name, string type1, string type2)
    {
        Skip.If(MujocoJs.Missing != null, MujocoJs.Missing);
        PairFunction function = Enum.Parse<PairFunction>(name);
        PairBatch[] batches = [.. PoseSource.Kinds.SelectMany(kind => PairBatch.All(kind, Batches))];
        MujocoJsAnswer answer = MujocoJs.Ask(new()
        {
            Xml = Scene(batches, type1, type2),
            States = [.. Enumerable.Range(0, PairBatch.Worlds).Select(world => State(batches, world, type1))],
            Fields = ["geom_xpos", "geom_xmat"],
            Contacts = true,
        });
        int contacts = 0;
        for (int i = 0; i < batches.Length; i++)
        {
            PairBatch batch = batches[i];
            PairPose[] poses = [.. answer.States.Select(state => Pose(state, 2 * i))];
            PairContact[][] ours = PairRun.Contacts(
                function, poses, batch.Size1, batch.Size2, batch.Margin, LaneKind.Lane4d);
            for (int world = 0; world < poses.Length; world++)
            {
                MujocoJsContact[] theirs = [.. answer.States[world].Contacts.Where(c => c.Geom1 == 2 * i)];
                Assert.Equal(theirs.Length, ours[world].Length);
                contacts += theirs.Length;

                // rounding of coordinates below 2 m; a capsule far along a box divides by how steep it is
                double bound = function == PairFunction.CapsuleBox ? 1e-11 : 1e-14;
                for (int k = 0; k < theirs.Length; k++)
                {
                    double[] expected = [theirs[k].Dist, .. theirs[k].Pos, .. theirs[k].Frame[..3]];
                    Tolerance.Absolute(expected, ours[world][k].Numbers, bound, $"{name}, batch {i}, world {world}");
                }
            }
        }

        Assert.True(contacts > batches.Length * PairBatch.Worlds / 4, $"{contacts} contacts");
    }

    private static string Scene(PairBatch[] batches, string type1, string type2)
    {
        // planes do not move: the other geom moves relative to the first plane of the batch
        StringBuilder xml = new("<mujoco><worldbody>");
        for (int i = 0; i < batches.Length; i++)
        {
            PairBatch batch = batches[i];
            PairPose first = batch.Poses[0];
            string bit = $"contype=\"{1 << i}\" conaffinity=\"{1 << i}\"";
            string margin = $"margin=\"{Text([batch.Margin])}\"";
            string geom1 = $"<geom type=\"{type1}\" size=\"{Text(batch.Size1)}\" {margin} {bit}/>";
            string geom2 = $"<geom type=\"{type2}\" size=\"{Text(batch.Size2)}\" {bit}/>";
            xml.Append(type1 == "plane"
                ? $"<body pos=\"{Text(first.Position1)}\" quat=\"{Text(Quat(first.Matrix1))}\">{geom1}</body>"
                : $"<body><freejoint/>{geom1}</body>");
            xml.Append($"<body><freejoint/>{geom2}</body>");
        }

        return xml.Append("</worldbody></mujoco>").ToString();
    }

    private static Dictionary<string, double[]> State(PairBatch[] batches, int world, string type1)
    {
        List<double> qpos = [];
        foreach (PairPose pose in batches.Select(batch => batch.Poses[world]))
        {
            if (type1 != "plane") qpos.AddRange([.. pose.Position1, .. Quat(pose.Matrix1)]);
            qpos.AddRange([.. pose.Position2, .. Quat(pose.Matrix2)]);
        }

        return new() { ["qpos"] = [.. qpos] };
    }

    /// <summary>The pose of two geoms as MuJoCo has it.</summary>
    private static PairPose Pose(MujocoJsState state, int geom)
    {
        double[] xpos = state.Fields["geom_xpos"][(3 * geom)..];
        double[] xmat = state.Fields["geom_xmat"][(9 * geom)..];
        return new(xpos[..3], xmat[..9], xpos[3..6], xmat[9..18]);
    }

    private static string Text(double[] values) =>
        string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    // quaternion of a rotation matrix, by its largest component
    private static double[] Quat(double[] m)
    {
        double w = m[0] + m[4] + m[8];
        double x = m[0] - m[4] - m[8];
        double y = m[4] - m[0] - m[8];
        double z = m[8] - m[0] - m[4];
        double largest = new[] { w, x, y, z }.Max();
        if (w == largest) return [1 + w, m[7] - m[5], m[2] - m[6], m[3] - m[1]];
        if (x == largest) return [m[7] - m[5], 1 + x, m[1] + m[3], m[2] + m[6]];
        if (y == largest) return [m[2] - m[6], m[1] + m[3], 1 + y, m[5] + m[7]];
        return [m[3] - m[1], m[2] + m[6], m[5] + m[7], 1 + z];
    }
}

using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Kernels.Tests.Models;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>The driver: which pairs of a scene touch in which world, and where their contacts are listed.</summary>
public sealed class NarrowTests
{
    /// <summary>
    /// Bodies of several shapes over a floor and a bench; cylinders meet only what they have analytic functions with.
    /// </summary>
    private const string Heap = """
        <mujoco>
          <option cone="elliptic"/>
          <default><geom margin="0.002" contype="1" conaffinity="1"/></default>
          <worldbody>
            <geom type="plane" size="3 3 1" contype="3" conaffinity="3"/>
            <body pos="0.3 0 0.1" euler="0 0 0.3">
              <geom type="box" size="0.3 0.2 0.1"/>
              <geom type="box" size="0.05 0.2 0.1" pos="0.3 0 0.15"/>
              <geom type="capsule" size="0.04 0.2" pos="-0.3 0 0.12" euler="1.57 0 0"/>
            </body>
            <body><freejoint/>
              <geom type="box" size="0.06 0.04 0.08"/>
              <geom type="sphere" size="0.05" pos="0.1 0 0" contype="3" conaffinity="3"/>
            </body>
            <body><freejoint/>
              <geom type="capsule" size="0.03 0.1" pos="0 0.05 0"/>
              <geom type="capsule" size="0.03 0.1" pos="0 -0.05 0" euler="0.5 0 0"/>
              <geom type="box" size="0.02 0.1 0.02"/>
            </body>
            <body><freejoint/>
              <geom type="sphere" size="0.07" contype="3" conaffinity="3"/>
              <geom type="cylinder" size="0.05 0.08" pos="0 0.1 0.05" contype="2" conaffinity="2"/>
            </body>
            <body><freejoint/><geom type="box" size="0.1 0.05 0.03"/></body>
          </worldbody>
        </mujoco>
        """;

    private const string Boxes = """
        <mujoco><worldbody>
          <geom type="box" size="1 1 0.1"/>
          <body pos="0 0 0.2"><freejoint/><geom type="box" size="0.1 0.1 0.1"/></body>
        </worldbody></mujoco>
        """;

    [SkippableFact]
    public void The_contacts_of_a_scene_are_those_of_MuJoCo()
    {
        Skip.If(MujocoJs.Missing != null, MujocoJs.Missing);
        Model model = MjcfCompiler.CompileText(Heap, "heap.xml", ModelCompat.Mj3);
        double[][] states = [.. Enumerable.Range(0, 64).Select(i => RandomPoses(model, i))];
        MujocoJsAnswer answer = MujocoJs.Ask(new()
        {
            Xml = Heap,
            States = [.. states.Select(qpos => new Dictionary<string, double[]> { ["qpos"] = qpos })],
            Contacts = true,
        });
        using CpuLauncher launcher = new(1);
        using Simulation simulation = Start(model, states, LaneKind.Lane4d, launcher);
        int contacts = 0;
        for (int world = 0; world < states.Length; world++)
        {
            MujocoJsContact[] theirs = [.. answer.States[world].Contacts];
            SimulationContact[] ours = [.. simulation.GetContacts(world)];
            Assert.Equal(theirs.Length, ours.Length);
            contacts += theirs.Length;
            foreach (IGrouping<(int, int), MujocoJsContact> pair in theirs.GroupBy(c => (c.Geom1, c.Geom2)))
            {
                // the contacts of a pair come in MuJoCo's order; rounding of the kinematics, below 1 m, twice turned
                SimulationContact[] same = [.. ours.Where(c => (c.Geom1, c.Geom2) == pair.Key)];
                Tolerance.Absolute(
                    [.. pair.SelectMany(c => (double[])[c.Dist, .. c.Pos, .. c.Frame[..3]])],
                    [.. same.SelectMany(c => (double[])[c.Distance, .. c.Position, .. c.Normal])],
                    1e-12, $"world {world}, pair {pair.Key}");
            }
        }

        Assert.True(contacts > 300, $"{contacts} contacts");
    }

    [Theory]
    [Trait("Isa", "small")]
    [InlineData(LaneKind.Lane1, LaneKind.Lane8)]
    [InlineData(LaneKind.Lane1, LaneKind.Lane16)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane8d)]
    public void Contacts_of_a_world_do_not_depend_on_its_bundle(LaneKind narrow, LaneKind wide)
    {
        Model model = MjcfCompiler.CompileText(Heap, "heap.xml", ModelCompat.Mj3);
        double[][] states = [.. Enumerable.Range(0, 64).Select(i => RandomPoses(model, i))];
        using CpuLauncher launcher = new(1);
        using Simulation alone = Start(model, states, narrow, launcher);
        using Simulation together = Start(model, states, wide, launcher);
        for (int world = 0; world < states.Length; world++)
            Assert.Equal(Numbers(alone, world), Numbers(together, world));
    }

    [SkippableFact]
    public void A_hull_touches_a_plane_where_MuJoCo_says()
    {
        Skip.If(MujocoJs.Missing != null, MujocoJs.Missing);
        using ModelFolder folder = new();
        folder.Write("gem.stl", ModelFolder.Stl(Gem(new(3), 12)));
        folder.Write("tetrahedron.stl", ModelFolder.Stl(ModelFolder.Tetrahedron(0, 0, 0, 0.2f)));
        string path = folder.Write("model.xml", """
            <mujoco>
              <asset><mesh name="gem" file="gem.stl"/><mesh name="tetrahedron" file="tetrahedron.stl"/></asset>
              <worldbody>
                <geom type="plane" size="3 3 1" margin="0.02" euler="0.1 0.2 0"/>
                <body><freejoint/><geom type="mesh" mesh="gem"/></body>
                <body pos="1 0 0"><freejoint/><geom type="mesh" mesh="tetrahedron"/></body>
              </worldbody>
            </mujoco>
            """);
        Model model = MjcfCompiler.Compile(path, ModelCompat.Mj3);
        double[][] states = [.. Enumerable.Range(0, 64).Select(i => Lying(new(i)))];
        MujocoJsAnswer answer = MujocoJs.Ask(new()
        {
            Folder = folder.Root,
            States = [.. states.Select(qpos => new Dictionary<string, double[]> { ["qpos"] = qpos })],
            Contacts = true,
        });
        using CpuLauncher launcher = new(1);
        using Simulation simulation = Start(model, states, LaneKind.Lane4d, launcher);
        int several = 0;
        for (int world = 0; world < states.Length; world++)
        {
            for (int geom = 1; geom <= 2; geom++)
            {
                MujocoJsContact[] theirs = [.. answer.States[world].Contacts.Where(c => c.Geom2 == geom)];
                SimulationContact[] ours = [.. simulation.GetContacts(world).Where(c => c.Geom2 == geom)];
                Assert.Equal(theirs.Length > 0, ours.Length > 0);

                // of more than two low neighbors MuJoCo takes those that its hull names first
                int count = theirs.Length == 3 ? 1 : theirs.Length;
                if (count > 1) Assert.Equal(count, ours.Length);
                several += count > 1 ? 1 : 0;

                // vertices of meshes, below 0.3 m, are in single precision; other sums for a frame round them otherwise
                Tolerance.Absolute(
                    [.. theirs.Take(count).SelectMany(c => (double[])[c.Dist, .. c.Pos, .. c.Frame[..3]])],
                    [.. ours.Take(count).SelectMany(c => (double[])[c.Distance, .. c.Position, .. c.Normal])],
                    3e-8, $"world {world}, geom {geom}");
            }
        }

        Assert.InRange(several, 5, 64);
    }

    [Theory]
    [InlineData(LaneKind.Lane8)]
    [InlineData(LaneKind.Lane4d)]
    public void A_pair_takes_as_many_entries_as_its_world_with_the_most_contacts(LaneKind kind)
    {
        using CpuLauncher launcher = new(1);
        using Simulation simulation = Start(Compiled(), Postures(kind.Width()), kind, launcher);
        DataRows data = simulation.Layout.DataRows;

        // worlds: on a face, on an edge, on a corner, above
        Assert.Equal(4, (int)simulation.Worlds[0, data.contact_count]);
        for (int world = 0; world < simulation.Count; world++)
        {
            int expected = (world % 4) switch { 0 => 4, 1 => 2, 2 => 1, _ => 0 };
            Assert.Equal(expected, simulation.GetContacts(world).Count);
            Assert.Equal(expected, (int)simulation.Worlds[world, data.ncon]);
        }

        // numbers of worlds without a contact stay finite
        for (int entry = 0; entry < 4; entry++)
        {
            for (int row = ContactList.Distance; row < ContactList.Stride; row++)
                Assert.True(double.IsFinite(simulation.Worlds[3, data.contact + (ContactList.Stride * entry) + row]));
        }
    }

    [Fact]
    public void A_contact_of_a_pair_that_finds_no_room_raises_the_flag_of_its_world()
    {
        using CpuLauncher launcher = new(1);
        SimulationLayout layout = new(Compiled(), new() { ContactCapacity = 3 });
        using Simulation simulation = new(layout, 4, LaneKind.Lane8, launcher);
        double[][] postures = Postures(4);
        for (int world = 0; world < 4; world++) simulation.SetQpos(world, postures[world]);
        simulation.Step();

        // only the world on its face has more than three contacts
        Assert.Equal([3, 2, 1, 0], Enumerable.Range(0, 4).Select(world => simulation.GetContacts(world).Count));
        Assert.Equal([true, false, false, false], Enumerable.Range(0, 4).Select(w => simulation.GetOverflow(w) > 0));
    }

    private static double[] Numbers(Simulation simulation, int world) => [.. simulation.GetContacts(world)
        .SelectMany(c => (double[])[c.Geom1, c.Geom2, c.Distance, .. c.Position, .. c.Normal])];

    private static Model Compiled() => MjcfCompiler.CompileText(Boxes, "boxes.xml", ModelCompat.Mj3);

    private static Simulation Start(Model model, double[][] states, LaneKind kind, CpuLauncher launcher)
    {
        Simulation simulation = new(model, states.Length, kind, launcher);
        for (int world = 0; world < states.Length; world++) simulation.SetQpos(world, states[world]);
        simulation.RunForward();
        return simulation;
    }

    private static double[] RandomPoses(Model model, int seed)
    {
        PoseSource source = new(seed);
        List<double> qpos = [];
        for (int body = 0; body < model.nq / 7; body++)
        {
            double[] quat = source.Any();
            double length = Math.Sqrt(quat.Sum(q => q * q));
            double[] place = [source.Between(-0.1, 0.6), source.Between(-0.2, 0.2), source.Between(0, 0.3)];
            qpos.AddRange([.. place, .. quat.Select(q => q / length)]);
        }

        return [.. qpos];
    }

    // a cube on a face, an edge, a corner, and above
    private static double[][] Postures(int count) => [.. Enumerable.Range(0, count).Select(world => (world % 4) switch
    {
        0 => (double[])[0, 0, 0.199, 1, 0, 0, 0],
        1 => [0, 0, 0.1 + (0.1 * Math.Sqrt(2)) - 0.001, Math.Cos(Math.PI / 8), Math.Sin(Math.PI / 8), 0, 0],
        2 => [0, 0, 0.1 + (0.1 * Math.Sqrt(3)) - 0.001, 0.8805, 0.2798, 0.3647, 0.1159],
        _ => [0, 0, 0.5, 1, 0, 0, 0],
    })];

    // both meshes near the plane
    private static double[] Lying(Random random)
    {
        double[] qpos = new double[14];
        for (int body = 0; body < 2; body++)
        {
            double[] quat = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() - 0.5)];
            double length = Math.Sqrt(quat.Sum(q => q * q));
            qpos[7 * body] = body;
            qpos[(7 * body) + 2] = 0.25 * random.NextDouble();
            for (int k = 0; k < 4; k++) qpos[(7 * body) + 3 + k] = quat[k] / length;
        }

        return qpos;
    }

    // a double pyramid: every face is a triangle, so that there is one hull
    private static float[] Gem(Random random, int corners)
    {
        (float X, float Y)[] rim = [.. Enumerable.Range(0, corners).Select(i =>
        {
            double angle = 2 * Math.PI * (i + (0.3 * random.NextDouble())) / corners;
            return ((float)(0.2 * Math.Cos(angle)), (float)(0.15 * Math.Sin(angle)));
        })];
        List<float> triangles = [];
        for (int i = 0; i < corners; i++)
        {
            (float x1, float y1) = rim[i];
            (float x2, float y2) = rim[(i + 1) % corners];
            triangles.AddRange([0, 0, 0.12f, x1, y1, 0, x2, y2, 0]);
            triangles.AddRange([0, 0, -0.1f, x2, y2, 0, x1, y1, 0]);
        }

        return [.. triangles];
    }
}

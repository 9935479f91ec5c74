using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>Elliptic cones and welds against the slow reference, and laws of friction.</summary>
public sealed class EllipticTests
{
    // both sides do the same operations in another order; the largest sums have a few dozen terms
    private const double Rounding = 1e-12;

    // both minimize to the limits of rounding: the flattest directions of the cost lose half the digits of the cost
    private const double Minimized = 1e-8;

    [Theory]
    [InlineData("elliptic", 0.3)]
    [InlineData("elliptic", 0.5)]
    [InlineData("tethered", 0.05)]
    [InlineData("tethered", 0.3)]
    public void Rows_and_accelerations_equal_the_slow_reference(string scene, double spread)
    {
        Model model = Compile(scene == "elliptic" ? TestScenes.Elliptic : TestScenes.Tethered);
        model.tolerance = 1e-15;
        Random random = new(11);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 24, LaneKind.Lane4d, launcher);
        for (int world = 0; world < simulation.Count; world++) SetNear(simulation, world, random, spread);
        simulation.RunForward();

        DataRows data = simulation.Layout.DataRows;
        HashSet<(PlainKind, int)> seen = [];
        for (int world = 0; world < simulation.Count; world++)
        {
            List<PlainConstraint> constraints = new PlainAssembly(simulation, world).Constraints();
            List<double[]> expected = PlainAssembly.Rows(constraints);
            List<double[]> actual = ConstraintRows.Read(simulation, world);
            Assert.Equal(expected.Count, actual.Count);
            Assert.Equal(expected.Count, (int)simulation.Worlds[world, data.nefc]);
            for (int i = 0; i < expected.Count; i++) Compare(expected[i], actual[i], Rounding, "efc row (J, D, aref)");
            double[] smooth = Read(simulation, world, data.qacc_smooth, model.nv);
            double[] qacc = Plain.Solve(PlainAssembly.Inertia(simulation, world), smooth, constraints);
            Compare(qacc, Read(simulation, world, data.qacc, model.nv), Minimized, "qacc");
            seen.UnionWith(constraints.Select(c => (c.Kind, c.J.Length)));
        }

        (PlainKind, int)[] contacts = [(PlainKind.Limit, 1), (PlainKind.Cone, 3), (PlainKind.Cone, 4)];
        Assert.All(spread > 0.1 ? contacts : [(PlainKind.Equality, 6)], kind => Assert.Contains(kind, seen));
    }

    [Fact]
    public void Contact_forces_stay_inside_the_friction_cone()
    {
        Model model = Compile(TestScenes.Elliptic);
        Random random = new(5);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 16, LaneKind.Lane4d, launcher);
        for (int world = 0; world < simulation.Count; world++) SetNear(simulation, world, random, 0.3);
        int sticking = 0;
        int slipping = 0;
        for (int step = 0; step < 30; step++)
        {
            simulation.Step();
            for (int world = 0; world < simulation.Count; world++)
            {
                foreach ((double[] jar, double[] scale, double d) in Cones(simulation, world))
                {
                    PlainConstraint cone = new(
                        PlainKind.Cone, [], [.. scale.Select(s => d * s * s)], [], scale[0], scale[1..]);
                    double[] force = [.. cone.Evaluate([.. jar.Zip(scale, (x, s) => x / s)]).Gradient.Select(x => -x)];
                    double length = Math.Sqrt(force.Skip(1).Zip(scale.Skip(1), (f, s) => f * f / (s * s)).Sum());
                    Assert.True(length <= force[0] * (1 + 1e-12), $"friction {length} above {force[0]}");
                    if (length < 0.99 * force[0]) sticking++;
                    else if (force[0] > 0) slipping++;
                }
            }
        }

        Assert.True(sticking > 50 && slipping > 50, $"{sticking} sticking, {slipping} slipping contacts");
    }

    [Theory]
    [InlineData(0.49, true)]
    [InlineData(0.6, false)]
    public void A_sled_sticks_inside_the_friction_cone_and_slips_outside(double pull, bool sticks)
    {
        // friction 0.5 in every direction: the pull is along the diagonal of the tangents, where a pyramid is narrower
        double side = pull * 9.81 / Math.Sqrt(2);
        string xml = $"""
            <mujoco><option timestep="0.002" gravity="{side:R} {side:R} -9.81" cone="elliptic" impratio="10"/>
              <default><geom friction="0.5 0.1 0.1"/></default>
              <worldbody><geom type="plane" size="9 9 1"/><body pos="0 0 0.0995"><freejoint/>
                <geom type="sphere" size="0.1" pos="0.4 0 0"/><geom type="sphere" size="0.1" pos="-0.4 0.4 0"/>
                <geom type="sphere" size="0.1" pos="-0.4 -0.4 0"/>
              </body></worldbody></mujoco>
            """;
        using Simulation simulation = Start(Compile(xml));
        simulation.Step(500);
        double[] qvel = Read(simulation, 0, simulation.Layout.DataRows.qvel, 6);
        double speed = Math.Sqrt((qvel[0] * qvel[0]) + (qvel[1] * qvel[1]));

        // soft contacts creep, by some 0.03 m/s until they slip; slipping gains (0.6 - 0.5) g t
        if (sticks) Assert.True(speed < 0.02, $"creeps at {speed} m/s");
        else Tolerance.Relative(0.1 * 9.81, speed, 0.05, "speed", floor: 0);
    }

    [Fact]
    public void Spin_friction_slows_a_spinning_ball()
    {
        const string Xml = """
            <mujoco><option timestep="0.002" cone="elliptic"/>
              <default><geom friction="1 0.01 0.01" condim="4" solref="0.01 1"/></default>
              <worldbody><geom type="plane" size="9 9 1"/><body pos="0 0 0.0999"><freejoint/>
                <geom type="sphere" size="0.1" mass="2"/>
              </body></worldbody></mujoco>
            """;
        using Simulation simulation = Start(Compile(Xml));
        simulation.SetQvel(0, [0, 0, 0, 0, 0, 40]);
        simulation.Step(200);

        // torque of slipping spin: friction times weight; the ball's inertia is 2/5 m r^2
        double expected = 40 - (0.01 * 9.81 / (0.4 * 0.01) * 0.4);
        double[] qvel = Read(simulation, 0, simulation.Layout.DataRows.qvel, 6);

        // the ball settles for some of the 200 steps, in which the normal force is not its weight
        Tolerance.Relative(expected, qvel[5], 0.01, "spin", floor: 0);
        Tolerance.Absolute(0, Math.Abs(qvel[0]) + Math.Abs(qvel[1]), 1e-9, "drift");
    }

    [Fact]
    public void A_collision_keeps_momentum_and_angular_momentum()
    {
        const string Xml = """
            <mujoco><option timestep="0.001" gravity="0 0 0" cone="elliptic"/>
              <default><geom friction="0.8 0.05 0.01" condim="4"/></default><worldbody>
              <body><freejoint/><geom type="sphere" size="0.1" density="700"/></body>
              <body pos="0.3 0.07 0"><freejoint/><geom type="sphere" size="0.1" density="300"/></body>
            </worldbody></mujoco>
            """;
        Model model = Compile(Xml);
        using Simulation simulation = Start(model);
        double[] qvel = [1, 0, 0, 3, 0, 5, 0, 0, 0, 0, 2, 0];
        simulation.SetQvel(0, qvel);
        double[] before = Momentum(model, [.. model.qpos0], qvel);
        simulation.Step(400);
        double[] qpos = Read(simulation, 0, simulation.Layout.DataRows.qpos, model.nq);
        qvel = Read(simulation, 0, simulation.Layout.DataRows.qvel, model.nv);
        Assert.True(Math.Abs(qvel[7]) > 0.1, $"the second ball moves at {qvel[7]}: they did not meet");
        double[] after = Momentum(model, qpos, qvel);
        Tolerance.Absolute(before.AsSpan(0, 3), after.AsSpan(0, 3), 1e-12, "momentum");

        // both balls feel the force at one point; between steps that point moves with the balls
        Tolerance.Absolute(before.AsSpan(3), after.AsSpan(3), 1e-10, "angular momentum");
    }

    [Fact]
    public void The_force_of_a_pair_is_read_in_each_world_apart()
    {
        const string Xml = """
            <mujoco><option timestep="0.002" cone="elliptic"/>
              <worldbody><geom name="floor" type="plane" size="9 9 1"/>
                <body pos="0 0 0.0999"><joint type="slide" axis="0 0 1"/><joint type="hinge" axis="0 1 0"/>
                  <geom name="left" type="sphere" size="0.1" pos="-0.3 0 0" mass="1"/>
                  <geom name="right" type="sphere" size="0.1" pos="0.3 0 0" mass="1"/>
                </body></worldbody></mujoco>
            """;
        Model model = Compile(Xml);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 4, LaneKind.Lane4d, launcher);

        // both, left, right, none touches
        double[][] qpos = [[0, 0], [0.0294, 0.1], [0.0294, -0.1], [0.5, 0]];
        for (int world = 0; world < 4; world++) simulation.SetQpos(world, qpos[world]);
        simulation.RunForward();
        int result = simulation.Layout.DataRows.search;
        simulation.Launch(new ReadForces(simulation.Layout.DataRows, result, simulation.Layout.FindPair(0, 1),
            simulation.Layout.FindPair(2, 0)));
        double[] left = [.. Enumerable.Range(0, 4).Select(world => simulation.Worlds[world, result])];
        double[] right = [.. Enumerable.Range(0, 4).Select(world => simulation.Worlds[world, result + 1])];
        Assert.Equal([true, false, true, false], left.Select(x => x > 0));
        Assert.Equal([true, true, false, false], right.Select(x => x > 0));
        Assert.Equal(0, left[3]);

        // the slide feels both normal forces, the other tangents are horizontal
        for (int world = 0; world < 4; world++)
        {
            double total = simulation.Worlds[world, simulation.Layout.DataRows.qfrc_constraint];
            Tolerance.Relative(total, left[world] + right[world], 1e-12, "normal force");
        }

        Assert.Equal(-1, simulation.Layout.FindPair(1, 2));
    }

    [Fact]
    public void A_large_constant_in_the_cost_does_not_end_a_float_solve()
    {
        // the big ball is squeezed between two planes for good, which costs millions; the small one slides on three
        const string Xml = """
            <mujoco><option timestep="0.002" cone="elliptic" tolerance="1e-10" gravity="2 1 -9.81"/>
              <default><geom condim="4" friction="0.4 0.01 0.01" solref="0.005 1"/></default>
              <worldbody><geom type="plane" size="9 9 1"/>
                <geom type="plane" size="9 9 1" pos="0 0 0.36" euler="180 0 0"/>
                <body pos="-3 0 0.18"><freejoint/><geom type="sphere" size="0.2" mass="5"/></body>
                <body pos="0 0 0.0099"><freejoint/><geom type="sphere" size="0.01" pos="0.02 0 0" mass="0.002"/>
                  <geom type="sphere" size="0.01" pos="-0.02 0.02 0" mass="0.001"/>
                  <geom type="sphere" size="0.01" pos="-0.02 -0.02 0" mass="0.001"/></body>
              </worldbody></mujoco>
            """;
        Model model = Compile(Xml);
        double[][] qacc = [.. new[] { LaneKind.Lane1d, LaneKind.Lane1 }.Select(kind =>
        {
            using CpuLauncher launcher = new(1);
            using Simulation simulation = new(model, 1, kind, launcher);
            simulation.SetQvel(0, [0, 0, 0, 0, 0, 0, 0.3, 0.1, -0.01, 1, 2, 6]);
            simulation.RunForward();
            Assert.True(simulation.Worlds[0, simulation.Layout.DataRows.solver_niter] > 1, "one iteration is enough");
            return Read(simulation, 0, simulation.Layout.DataRows.qacc, model.nv);
        })];

        // float positions are rounded by 1e-8 m, which the contact's stiffness of 5e4 / s^2 turns into 1e-3 m / s^2
        for (int dof = 6; dof < 9; dof++) Tolerance.Absolute(qacc[0][dof], qacc[1][dof], 0.01, "qacc");
    }

    private readonly struct ReadForces(DataRows data, int result, int left, int right) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane>
        {
            rows.Store(result, ContactForce.Normal<TLane, TRows>(rows, data, left));
            rows.Store(result + 1, ContactForce.Normal<TLane, TRows>(rows, data, right));
        }
    }

    private static Model Compile(string xml) => MjcfCompiler.CompileText(xml, "test.xml", ModelCompat.Mj3);

    private static Simulation Start(Model model) => new(model, 1, LaneKind.Lane1d, new CpuLauncher(1));

    private static void SetNear(Simulation simulation, int world, Random random, double spread)
    {
        Model model = simulation.Model;
        (double[] qpos, double[] qvel, double[] ctrl) = TestScenes.Near(model, random, spread);
        simulation.SetQpos(world, qpos);
        simulation.SetQvel(world, qvel);
        simulation.SetCtrl(world, ctrl);
        for (int mocap = 0; mocap < model.nmocap; mocap++)
        {
            double[] pose = [.. Enumerable.Range(0, 7).Select(_ => random.NextDouble() - 0.3)];
            simulation.SetMocap(world, mocap, pose.AsSpan(0, 3), pose.AsSpan(3));
        }
    }

    private static double[] Read(Simulation simulation, int world, int row, int count)
    {
        double[] values = new double[count];
        simulation.Read(world, row, values);
        return values;
    }

    private static void Compare(double[] expected, double[] actual, double bound, string what) =>
        Tolerance.Absolute(expected, actual, bound * Math.Max(1, expected.Max(Math.Abs)), what);

    /// <summary>Residual, scale and regularizer of a world's contacts with friction.</summary>
    private static IEnumerable<(double[] Jar, double[] Scale, double D)> Cones(Simulation simulation, int world)
    {
        DataRows data = simulation.Layout.DataRows;
        int blocks = (int)simulation.Worlds[world, data.efc_count];
        for (int i = 0; i < blocks; i++)
        {
            int block = Constraint.Block(data, i);
            int table = (int)simulation.Worlds[world, block + EfcBlock.Group];
            int kind = simulation.Layout.Integers[table + GroupTable.Kind];
            double d = simulation.Worlds[world, block + EfcBlock.D];
            if (d == 0 || kind < EfcKind.Cone3) continue;
            double[] scale = [.. ConstraintRows.Scale(simulation, world, block).Where(s => s > 0)];
            if (scale.Length >= 3)
                yield return (Read(simulation, world, block + EfcBlock.Jar, scale.Length), scale, d);
        }
    }

    /// <summary>Momentum of two balls, and angular momentum about the origin.</summary>
    private static double[] Momentum(Model model, double[] qpos, double[] qvel)
    {
        double[] sum = new double[6];
        for (int ball = 0; ball < 2; ball++)
        {
            double mass = model.body_mass[ball + 1];
            double inertia = model.body_inertia[3 * (ball + 1)];
            double[] linear = [.. qvel[(6 * ball)..((6 * ball) + 3)].Select(v => mass * v)];
            double[] orbital = Plain.Cross(qpos[(7 * ball)..((7 * ball) + 3)], linear);

            // angular velocity is in the body's frame
            double[] matrix = Rotation.ToMatrix(qpos.AsSpan((7 * ball) + 3, 4));
            double[] spin = Plain.Multiply(matrix, qvel[((6 * ball) + 3)..((6 * ball) + 6)]);
            for (int k = 0; k < 3; k++)
            {
                sum[k] += linear[k];
                sum[3 + k] += orbital[k] + (inertia * spin[k]);
            }
        }

        return sum;
    }
}

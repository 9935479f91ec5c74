using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>Links of bodies, mocap bodies, springs, what differs from world to world, split steps.</summary>
public sealed class SmoothTests
{
    // both sides do the same operations in another order; the largest sums have a few dozen terms
    private const double Rounding = 1e-12;

    // accelerations lose what the inertia of the joints differs by: 100 kg against 1e-4 kg m^2
    private const double Solved = 1e-10;

    private const string Rig = """
        <mujoco model="rig">
          <compiler angle="radian"/>
          <option timestep="0.0025"/>
          <default><geom contype="0" conaffinity="0"/></default>
          <worldbody>
            <site name="origin" pos="0.3 0.2 0.1" euler="0.3 0.2 0.1"/>
            <body name="base" pos="0.2 0.1 0.1" euler="0.2 0.1 0.3">
              <geom type="sphere" size="0.1" mass="20"/>
              <body name="cradle" pos="0 0.1 0.3" euler="0.5 0 0.1">
                <geom type="box" size="0.1 0.2 0.05" pos="0.1 0 0" mass="2"/>
                <site name="mark" pos="0.1 0.2 0.3"/>
                <body name="upper" pos="0.1 0 0.1" euler="0.1 -0.4 0.2">
                  <inertial pos="0.02 0.01 0.14" quat="0.89 0.1 -0.17 0.41" mass="5.3" diaginertia="0.065 0.051 0.018"/>
                  <joint name="turn" type="hinge" axis="0 0 1" damping="10"/>
                  <body name="plate" pos="0.05 0.02 0.2" euler="0.3 0.1 0">
                    <geom type="cylinder" size="0.1 0.02" pos="0.01 0.02 0" mass="0.7"/>
                    <body name="bolt" pos="0 0.1 0.05" euler="0 1 0">
                      <inertial pos="0 0 0.02" mass="0.1" diaginertia="1e-4 2e-4 1.5e-4"/>
                      <site name="bolt" pos="0 0.01 0.02" euler="1 0 0"/>
                      <body name="fore" pos="0.1 0 0.2" euler="0.2 0.9 0">
                        <joint name="bend" type="hinge" axis="0.2 1 0" pos="0.02 0 0.03" damping="10" armature="0.1"/>
                        <geom type="capsule" size="0.04 0.1" pos="0 0 0.1" mass="1.5"/>
                        <body name="mount" pos="0 0 0.25" euler="0 0 0.4">
                          <body name="right" pos="0 -0.05 0">
                            <joint name="right" type="slide" axis="0 1 0" damping="1000" armature="100"
                                   stiffness="3" springref="0.02"/>
                            <geom type="box" size="0.04 0.003 0.015" mass="0.2"/>
                            <body name="pad" pos="0 0.003 0"><geom type="box" size="0.04 0.003 0.015" mass="1"/></body>
                          </body>
                          <body name="left" pos="0 0.05 0">
                            <joint name="left" type="slide" axis="0 1 0" damping="1000" armature="100"/>
                            <joint name="twist" type="hinge" axis="1 0 0" stiffness="0.5" springref="0.5"/>
                            <geom type="box" size="0.04 0.003 0.015" mass="0.3"/>
                          </body>
                        </body>
                      </body>
                    </body>
                  </body>
                </body>
              </body>
            </body>
            <body name="puck" pos="0 0.6 0.5">
              <freejoint/>
              <inertial pos="0.001 0.002 0" mass="0.75" diaginertia="8.8e-4 9e-4 8.5e-4"/>
              <body name="handle" pos="0.1 0 0.1" euler="1 0 0"><geom type="sphere" size="0.02" mass="0.1"/></body>
            </body>
            <body name="hand" mocap="true" pos="0.1 0.2 0.3">
              <geom type="sphere" size="0.01"/>
              <body name="finger" pos="0 0.1 0" euler="0.3 0 0"><site name="tip" pos="0.1 0 0"/></body>
            </body>
          </worldbody>
          <actuator>
            <position joint="right" kp="400" ctrllimited="true" ctrlrange="-1 1"/>
            <position joint="left" kp="400" ctrllimited="true" ctrlrange="-1 1"/>
          </actuator>
        </mujoco>
        """;

    private static readonly Model Model = MjcfCompiler.CompileText(Rig, "rig.xml");

    [SkippableFact]
    [Trait("Isa", "once")]
    public void Links_mocap_bodies_and_springs_are_MuJoCos()
    {
        Skip.If(MujocoLibrary.Missing != null, MujocoLibrary.Missing ?? "");
        using OracleWorld world = new(Rig);
        Random random = new(3);
        DataRows data = world.Simulation.Layout.DataRows;
        for (int trial = 0; trial < 20; trial++)
        {
            (double[] qpos, double[] qvel, double[] ctrl) = TestScenes.Near(Model, random, 0.5);
            world.SetState(qpos, qvel, ctrl);
            double[] mocap = [.. Enumerable.Range(0, 7).Select(_ => random.NextDouble() - 0.5)];
            mocap.AsSpan(0, 3).CopyTo(world.Oracle.Reals("mocap_pos"));
            mocap.AsSpan(3).CopyTo(world.Oracle.Reals("mocap_quat"));
            world.Simulation.SetMocap(0, 0, mocap.AsSpan(0, 3), mocap.AsSpan(3));
            world.Oracle.Forward();
            world.Simulation.RunForward();
            foreach ((string field, int row) in Fields(data)) world.Same(field, row, Rounding);
            foreach ((string field, int table, int count, int size) in Tables(data))
                world.Compare(field, world.Oracle.Reals(field), world.Scattered(table, count, size), Rounding);
            world.Compare("M", world.Oracle.FullInertia(), world.Inertia(), Rounding);
            world.Same("qacc_smooth", data.qacc_smooth, Solved);
            world.Oracle.Step();
            world.Simulation.Step();
            world.Same("qpos", data.qpos, Rounding);
            world.Same("qvel", data.qvel, Solved);
        }
    }

    [Theory]
    [InlineData(LaneKind.Lane8)]
    [InlineData(LaneKind.Lane4d)]
    public void Split_steps_give_the_bits_of_whole_ones(LaneKind kind)
    {
        Model machine = MjcfCompiler.CompileText(TestScenes.Machine, "machine.xml");
        using CpuLauncher launcher = new(1);
        using Simulation whole = Scattered(new(machine), kind, launcher);
        using Simulation split = Scattered(new(machine), kind, launcher);
        DataRows data = split.Layout.DataRows;
        for (int i = 0; i < 4; i++)
        {
            whole.Step(5);
            whole.RunForward();

            // the positional part is at hand but for the first time; made again it changes no bit
            if (i != 1) split.Launch(new SplitKernel(split.Layout.ModelRows, data, 0));
            split.Launch(new SplitKernel(split.Layout.ModelRows, data, 5));
            Assert.Equal(Rows(whole, data), Rows(split, data));
        }

        Assert.Contains(Enumerable.Range(0, split.Count), world => split.Worlds[world, data.ncon] > 0);
    }

    [Fact]
    public void A_world_has_its_own_place_of_a_body_and_a_site()
    {
        int cradle = Model.names.Body("cradle");
        int mark = Model.names.Site("mark");
        using CpuLauncher launcher = new(1);
        SimulationLayout layout = new(Model, new() { WorldBodies = [cradle], WorldSites = [mark] });
        using Simulation own = Scattered(layout, LaneKind.Lane4d, launcher);
        using Simulation same = Scattered(new(Model), LaneKind.Lane4d, launcher);
        own.SetBodyPos(2, cradle, [0.5, -0.1, 0.2]);
        own.SetSitePos(2, mark, [0.4, 0.1, 0.7]);
        own.Place();

        // MuJoCo's model with these values, compiled anew
        string xml = Rig
            .Replace("cradle\" pos=\"0 0.1 0.3\"", "cradle\" pos=\"0.5 -0.1 0.2\"", StringComparison.Ordinal)
            .Replace("mark\" pos=\"0.1 0.2 0.3\"", "mark\" pos=\"0.4 0.1 0.7\"", StringComparison.Ordinal);
        using Simulation moved = Scattered(new(MjcfCompiler.CompileText(xml, "moved.xml")), LaneKind.Lane4d, launcher);
        own.Step(20);
        same.Step(20);
        moved.Step(20);
        for (int world = 0; world < own.Count; world++)
        {
            Simulation expected = world == 2 ? moved : same;
            Assert.Equal(State(expected, world), State(own, world));
            Assert.Equal(Site(expected, world, mark), Site(own, world, mark));
        }

        Assert.Throws<KalmException>(() => own.SetBodyPos(0, 1, [0, 0, 0]));
        KalmException refusal = Assert.Throws<KalmException>(
            () => new SimulationLayout(Model, new() { WorldBodies = [Model.names.Body("plate")] }));
        Assert.Contains("does not move", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_was_copied_goes_on_as_the_original()
    {
        int cradle = Model.names.Body("cradle");
        using CpuLauncher launcher = new(1);
        using Simulation original = Scattered(new(Model, new() { WorldBodies = [cradle] }), LaneKind.Lane8, launcher);
        using Simulation copy = new(original.Layout, original.Count, LaneKind.Lane8, launcher);
        original.SetBodyPos(1, cradle, [0.2, 0.3, 0.1]);
        original.SetMocap(1, 0, [1, 2, 3], [0, 1, 0, 0]);
        original.Place();
        original.Step(5);
        double[] state = new double[original.StateSize];
        for (int world = 0; world < original.Count; world++)
        {
            original.GetState(world, state);
            copy.SetState(world, state);
        }

        copy.Place();
        original.Step(5);
        copy.Step(5);
        double[] other = new double[state.Length];
        for (int world = 0; world < original.Count; world++)
        {
            original.GetState(world, state);
            copy.GetState(world, other);
            Assert.Equal(state, other);
        }
    }

    [Fact]
    public void Frames_nobody_wants_change_nothing()
    {
        using CpuLauncher launcher = new(1);
        int tip = Model.names.Site("tip");
        using Simulation every = Scattered(new(Model), LaneKind.Lane4d, launcher);
        using Simulation few = Scattered(
            new(Model, new() { EveryFrame = false, Bodies = [Model.names.Body("pad")], Sites = [tip] }),
            LaneKind.Lane4d, launcher);
        every.Step(10);
        few.Step(10);
        int bolt = Model.names.Site("bolt");
        Assert.NotEqual(Site(every, 0, bolt), Site(few, 0, bolt));
        int pad = 3 * Model.names.Body("pad");
        for (int world = 0; world < every.Count; world++)
        {
            Assert.Equal(State(every, world), State(few, world));
            Assert.Equal(Site(every, world, tip), Site(few, world, tip));
            Assert.Equal(
                Read(every, world, every.Layout.DataRows.xpos + pad, 3),
                Read(few, world, few.Layout.DataRows.xpos + pad, 3));
        }

        few.PlaceRest();
        for (int world = 0; world < every.Count; world++)
        {
            foreach ((string _, int table, int count, int size) in Tables(every.Layout.DataRows))
            {
                for (int i = 0; i < count; i++)
                {
                    // a place by one offset from the link, or by two: the same up to rounding
                    double[] expected = Read(every, world, every.Layout.Integers[table + i], size);
                    double[] actual = Read(few, world, few.Layout.Integers[table + i], size);
                    Tolerance.Absolute(expected, actual, 1e-15, "frame");
                }
            }
        }
    }

    private static (string Field, int Row)[] Fields(DataRows data) =>
    [
        ("xpos", data.xpos), ("xquat", data.xquat), ("xmat", data.xmat), ("qfrc_bias", data.qfrc_bias),
        ("qfrc_passive", data.qfrc_passive), ("qfrc_actuator", data.qfrc_actuator), ("qfrc_smooth", data.qfrc_smooth),
    ];

    private static (string Field, int Table, int Count, int Size)[] Tables(DataRows data) =>
    [
        ("geom_xpos", data.geom_xpos, Model.ngeom, 3), ("geom_xmat", data.geom_xmat, Model.ngeom, 9),
        ("site_xpos", data.site_xpos, Model.nsite, 3), ("site_xmat", data.site_xmat, Model.nsite, 9),
    ];

    private static Simulation Scattered(SimulationLayout layout, LaneKind kind, CpuLauncher launcher)
    {
        Simulation simulation = new(layout, 9, kind, launcher);
        for (int world = 0; world < simulation.Count; world++)
        {
            (double[] qpos, double[] qvel, double[] ctrl) = TestScenes.Near(layout.Model, new(world), 0.3);
            simulation.SetQpos(world, qpos);
            simulation.SetQvel(world, qvel);
            simulation.SetCtrl(world, ctrl);
        }

        return simulation;
    }

    private static double[] State(Simulation simulation, int world) =>
        Read(simulation, world, simulation.Layout.DataRows.qpos, simulation.Model.nq + simulation.Model.nv);

    private static double[] Site(Simulation simulation, int world, int site) =>
        Read(simulation, world, simulation.Layout.Integers[simulation.Layout.DataRows.site_xpos + site], 3);

    private static double[] Read(Simulation simulation, int world, int row, int count)
    {
        double[] values = new double[count];
        simulation.Read(world, row, values);
        return values;
    }

    // state, warm start, counters and accelerations of all worlds
    private static double[] Rows(Simulation simulation, DataRows data) =>
    [
        .. Enumerable.Range(0, simulation.Count).SelectMany(world => (double[])
        [
            .. Read(simulation, world, data.qpos, data.nreset + 1 - data.qpos),
            .. Read(simulation, world, data.qacc, simulation.Model.nv),
        ]),
    ];
}

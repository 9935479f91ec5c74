using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>What a batch promises: the same bits everywhere, no allocation, flags instead of silence.</summary>
public sealed class SimulationTests
{
    private static readonly Model Clevr = ClevrScene.Compile();

    [Theory]
    [Trait("Isa", "small")]
    [InlineData(LaneKind.Lane1, LaneKind.Lane8)]
    [InlineData(LaneKind.Lane1, LaneKind.Lane16)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane4d)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane8d)]
    public void All_widths_of_a_precision_give_the_same_bits(LaneKind narrow, LaneKind wide)
    {
        int[] order = [.. Enumerable.Range(0, 17)];
        Assert.Equal(Run(Clevr, narrow, order, 30), Run(Clevr, wide, order, 30));
    }

    [Theory]
    [InlineData(LaneKind.Lane1, LaneKind.Lane16)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane8d)]
    public void All_widths_give_the_same_bits_for_linked_bodies_and_limits(LaneKind narrow, LaneKind wide)
    {
        Model machine = MjcfCompiler.CompileText(TestScenes.Machine, "machine.xml");
        int[] order = [.. Enumerable.Range(0, 17)];
        Assert.Equal(Run(machine, narrow, order, 20), Run(machine, wide, order, 20));
    }

    [Theory]
    [Trait("Isa", "small")]
    [InlineData(LaneKind.Lane1, LaneKind.Lane8)]
    [InlineData(LaneKind.Lane1, LaneKind.Lane16)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane4d)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane8d)]
    public void All_widths_give_the_same_bits_for_elliptic_cones(LaneKind narrow, LaneKind wide)
    {
        Model machine = MjcfCompiler.CompileText(TestScenes.Elliptic, "elliptic.xml");
        int[] order = [.. Enumerable.Range(0, 33)];
        Assert.Equal(Run(machine, narrow, order, 20), Run(machine, wide, order, 20));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(33)]
    public void A_world_does_not_depend_on_the_batch_around_it(int nworld)
    {
        // world k of a permuted batch of any size is the k-th of the permutation, bit for bit
        int[] order = [.. Enumerable.Range(0, nworld).Select(i => (i * 5) % 33)];
        double[][] all = Run(Clevr, LaneKind.Lane16, [.. Enumerable.Range(0, 33)], 30);
        double[][] permuted = Run(Clevr, LaneKind.Lane16, order, 30, threads: 2);
        for (int i = 0; i < nworld; i++) Assert.Equal(all[order[i]], permuted[i]);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(Clevr, 20, LaneKind.Lane16, launcher);
        NoAllocation.Check(() => simulation.Step(), 20);
    }

    [Fact]
    public void A_full_contact_list_raises_the_overflow_flag_of_its_worlds_only()
    {
        using CpuLauncher launcher = new(1);
        SimulationLayout layout = new(Clevr, new() { ContactCapacity = 3 });
        using Simulation simulation = new(layout, 2, LaneKind.Lane16, launcher);

        // world 1 has no ball near anything
        double[] high = [.. Clevr.qpos0];
        for (int ball = 0; ball < 5; ball++) high[(7 * ball) + 2] = 5 + ball;
        simulation.SetQpos(1, high);
        simulation.Step();
        Assert.Equal(2, simulation.GetOverflow(0));
        Assert.Equal(0, simulation.GetOverflow(1));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e11)]
    public void A_bad_state_resets_its_world_and_is_counted(double bad)
    {
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(Clevr, 3, LaneKind.Lane16, launcher);
        using Simulation clean = new(Clevr, 3, LaneKind.Lane16, launcher);
        double[] qvel = new double[Clevr.nv];
        qvel[4] = bad;
        simulation.SetQvel(1, qvel);
        simulation.Step(3);
        clean.Step(3);
        Assert.Equal([0, 1, 0], Enumerable.Range(0, 3).Select(simulation.GetResetCount));
        double[] expected = new double[Clevr.nq];
        double[] actual = new double[Clevr.nq];
        for (int world = 0; world < 3; world++)
        {
            // a reset world takes the step from the reference pose, as if it had been there
            clean.GetQpos(world, expected);
            simulation.GetQpos(world, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void What_the_engine_lacks_is_refused_by_name()
    {
        const string Xml = """
            <mujoco model="spring"><worldbody><body>
              <joint name="j" type="free" stiffness="3"/><geom type="sphere" size="0.1"/>
            </body></worldbody></mujoco>
            """;
        Model model = MjcfCompiler.CompileText(Xml, "spring.xml");
        KalmException refusal = Assert.Throws<KalmException>(() => new SimulationLayout(model));
        Assert.Contains("stiffness", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("joint 0", refusal.Message, StringComparison.Ordinal);
    }

    private static double[][] Run(Model model, LaneKind kind, int[] order, int steps, int threads = 1)
    {
        using CpuLauncher launcher = new(threads);
        using Simulation simulation = new(model, order.Length, kind, launcher);
        for (int world = 0; world < order.Length; world++)
        {
            Random random = new(100 + order[world]);
            (double[] qpos, double[] qvel, double[] ctrl) =
                model == Clevr ? TestScenes.Clevr(random) : TestScenes.Near(model, random, 0.3);
            simulation.SetQpos(world, qpos);
            simulation.SetQvel(world, qvel);
            simulation.SetCtrl(world, ctrl);
        }

        simulation.Step(steps);
        double[][] states = new double[order.Length][];
        for (int world = 0; world < order.Length; world++)
        {
            states[world] = new double[model.nq + model.nv];
            simulation.GetQpos(world, states[world].AsSpan(0, model.nq));
            simulation.GetQvel(world, states[world].AsSpan(model.nq));
        }

        return states;
    }
}

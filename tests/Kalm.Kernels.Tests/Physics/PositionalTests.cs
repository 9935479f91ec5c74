using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>
/// The positional part of a forward pass depends on nothing but the state: made again for one world of a bundle it
/// changes no bit of the others, in scenes with every kind of contact.
/// </summary>
public sealed class PositionalTests
{
    private const int Worlds = 9;
    private const int Touched = 2;

    [Theory]
    [InlineData("peg-insert-side", LaneKind.Lane8)]
    [InlineData("peg-unplug-side", LaneKind.Lane4d)]
    [InlineData("soccer", LaneKind.Lane8)]
    [InlineData("box-close", LaneKind.Lane8)]
    [InlineData("hammer", LaneKind.Lane4d)]
    public void A_world_that_is_set_from_outside_changes_no_bit_of_the_others(string task, LaneKind kind)
    {
        Model model = SceneLibrary.Load(TaskTable.All.First(entry => entry.Spec.Name == task).Spec);
        SimulationOptions options = new() { WorldBodies = [1], EveryFrame = false };
        using CpuLauncher launcher = new(1);
        using Simulation quiet = new(new SimulationLayout(model, options), Worlds, kind, launcher);
        using Simulation touched = new(new SimulationLayout(model, options), Worlds, kind, launcher);
        Random random = new(11);
        double contacts = 0;
        Launch(quiet, 0);
        Launch(touched, 0);
        for (int round = 0; round < 40; round++)
        {
            for (int world = 0; world < Worlds; world++) Drive(random, world, quiet, touched);
            if (round % 4 == 3)
            {
                // one world jumps back to the start, with its first body elsewhere
                touched.Reset(Touched);
                touched.SetBodyPos(Touched, 1, [0.1 * random.NextDouble(), 0.6, 0]);
                touched.Place();
                Launch(touched, 0);
            }

            Launch(quiet, 5);
            Launch(touched, 5);
            for (int world = 0; world < Worlds; world++)
            {
                if (world != Touched) Assert.Equal(State(quiet, world), State(touched, world));
                contacts += quiet.Worlds[world, quiet.Layout.DataRows.ncon];
            }
        }

        Assert.True(contacts > 0, "no contacts seen");
        Assert.NotEqual(State(quiet, Touched), State(touched, Touched));
    }

    [Theory]
    [InlineData(LaneKind.Lane8)]
    [InlineData(LaneKind.Lane4d)]
    public void A_state_that_is_not_finite_resets_its_world_alone(LaneKind kind)
    {
        Model model = SceneLibrary.Load(TaskTable.All.First(entry => entry.Spec.Name == "peg-insert-side").Spec);
        using CpuLauncher launcher = new(1);
        using Simulation healthy = new(new SimulationLayout(model), Worlds, kind, launcher);
        using Simulation ill = new(new SimulationLayout(model), Worlds, kind, launcher);
        Random random = new(5);
        for (int world = 0; world < Worlds; world++) Drive(random, world, healthy, ill);
        double[] qpos = new double[model.nq];
        for (int i = 0; i < model.nq; i++)
        {
            ill.GetQpos(Touched, qpos);
            qpos[i] = i % 2 == 0 ? double.NaN : double.PositiveInfinity;
            ill.SetQpos(Touched, qpos);
            Launch(healthy, 0);
            Launch(ill, 0);
            Launch(healthy, 5);
            Launch(ill, 5);
            for (int world = 0; world < Worlds; world++)
            {
                if (world != Touched) Assert.Equal(State(healthy, world), State(ill, world));
            }

            Assert.Equal(i + 1, ill.GetResetCount(Touched));
            Assert.Equal(0, healthy.GetResetCount(Touched));
            Assert.All(State(ill, Touched), value => Assert.True(double.IsFinite(value)));
        }
    }

    private static void Drive(Random random, int world, params ReadOnlySpan<Simulation> simulations)
    {
        double[] pos = [random.NextDouble() - 0.5, 0.4 + (0.5 * random.NextDouble()), 0.3 * random.NextDouble()];
        double grip = (2 * random.NextDouble()) - 1;
        foreach (Simulation simulation in simulations)
        {
            simulation.SetMocap(world, 0, pos, [1, 0, 1, 0]);
            simulation.SetCtrl(world, [grip, -grip]);
        }
    }

    private static void Launch(Simulation simulation, int steps) =>
        simulation.Launch(new SplitKernel(simulation.Layout.ModelRows, simulation.Layout.DataRows, steps));

    // what decides about the future, and what the solver found
    private static double[] State(Simulation simulation, int world)
    {
        double[] state = new double[simulation.StateSize + simulation.Model.nv];
        simulation.GetState(world, state.AsSpan(0, simulation.StateSize));
        simulation.Read(world, simulation.Layout.DataRows.qacc, state.AsSpan(simulation.StateSize));
        return state;
    }
}

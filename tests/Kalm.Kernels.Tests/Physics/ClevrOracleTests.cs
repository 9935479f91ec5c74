using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>Whole environment steps of CLEVR-Robot (40 time steps) against live libmujoco 2.2.2.</summary>
[Trait("Isa", "once")]
public sealed class ClevrOracleTests
{
    private const int Substeps = 40;

    [SkippableFact]
    public void Double_lanes_equal_MuJoCo_over_40_steps_of_random_scenes()
    {
        Skip.If(MujocoLibrary.Missing != null, MujocoLibrary.Missing ?? "");

        // the bar of the specification; rounding grows through 40 stiff steps of several balls in contact
        double[] errors = Errors(LaneKind.Lane8d, out int contacts);
        Assert.True(errors[^1] <= 1e-10 * Tolerance.Scale, $"worst |error| {errors[^1]:E3} m");
        Assert.True(contacts >= 9, $"at most {contacts} contacts at once: the scenes are too easy");
    }

    [SkippableFact]
    public void Float_lanes_stay_within_micrometers_of_MuJoCo_over_40_steps()
    {
        Skip.If(MujocoLibrary.Missing != null, MujocoLibrary.Missing ?? "");

        // one rounding is 3e-8 m here, and a contact that begins a step earlier moves a ball by micrometers
        double[] errors = Errors(LaneKind.Lane16, out _);
        double median = errors[errors.Length / 2];
        double p99 = errors[errors.Length * 99 / 100];
        Assert.True(
            median <= 5e-7 * Tolerance.Scale, $"median |error| {median:E3} m, p99 {p99:E3}, worst {errors[^1]:E3}");
        Assert.True(p99 <= 5e-6 * Tolerance.Scale, $"p99 |error| {p99:E3} m");
    }

    /// <summary>The largest position error of every world, in ascending order.</summary>
    private static double[] Errors(LaneKind kind, out int contacts)
    {
        const int Worlds = 200;
        Model model = ClevrScene.Compile();
        using MujocoModel oracleModel = MujocoModel.FromXml(ClevrScene.Xml);
        using MujocoData oracle = new(oracleModel);
        using Simulation simulation = new(model, Worlds, kind, new CpuLauncher(1));
        Random random = new(11);
        List<(double[] Qpos, double[] Qvel, double[] Ctrl)> states = [];
        for (int world = 0; world < Worlds; world++)
        {
            (double[] qpos, double[] qvel, double[] ctrl) = TestScenes.Clevr(random);
            states.Add((qpos, qvel, ctrl));
            simulation.SetQpos(world, qpos);
            simulation.SetQvel(world, qvel);
            simulation.SetCtrl(world, ctrl);
        }

        simulation.Step(Substeps);
        double[] errors = new double[Worlds];
        contacts = 0;
        double[] ours = new double[model.nq];
        for (int world = 0; world < Worlds; world++)
        {
            oracle.Reset();
            states[world].Qpos.CopyTo(oracle.Reals("qpos"));
            states[world].Qvel.CopyTo(oracle.Reals("qvel"));
            states[world].Ctrl.CopyTo(oracle.Reals("ctrl"));
            for (int step = 0; step < Substeps; step++)
            {
                oracle.Step();
                contacts = Math.Max(contacts, oracle.Count("ncon"));
            }

            simulation.GetQpos(world, ours);
            for (int i = 0; i < model.nq; i++)
                errors[world] = Math.Max(errors[world], Math.Abs(ours[i] - oracle.Reals("qpos")[i]));
            Assert.Equal(0, simulation.GetOverflow(world));
            Assert.Equal(0, simulation.GetResetCount(world));
        }

        Array.Sort(errors);
        return errors;
    }
}

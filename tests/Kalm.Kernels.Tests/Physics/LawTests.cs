using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>Laws of mechanics that hold whatever the reference says.</summary>
public sealed class LawTests
{
    [Fact]
    public void A_thrown_body_falls_by_half_g_t_squared()
    {
        const string Xml = """
            <mujoco><option timestep="0.001"/><worldbody><body>
              <freejoint/><geom type="sphere" size="0.1"/>
            </body></worldbody></mujoco>
            """;
        (double[] qpos, double[] qvel) = Run(Xml, 1000, (_, qvel) => qvel[0] = 2);

        // semi-implicit Euler falls h t g / 2 further than the parabola
        Tolerance.Absolute(2, qpos[0], 1e-12, "distance");
        Tolerance.Absolute((-0.5 * 9.81) - (0.5 * 0.001 * 9.81), qpos[2], 1e-10, "fall");
        Tolerance.Absolute(-9.81, qvel[2], 1e-11, "speed");
    }

    [Fact]
    public void A_collision_keeps_momentum()
    {
        const string Xml = """
            <mujoco><option timestep="0.001" gravity="0 0 0"/><worldbody>
              <body><freejoint/><geom type="sphere" size="0.1" density="700"/></body>
              <body pos="0.3 0.05 0"><freejoint/><geom type="sphere" size="0.1" density="300"/></body>
            </worldbody></mujoco>
            """;
        (double[] _, double[] qvel) = Run(Xml, 400, (_, qvel) => qvel[0] = 1);
        Assert.True(qvel[6] > 0.5, $"the second ball moves at {qvel[6]}: they did not meet");

        // action equals reaction in every step; masses are 7 to 3
        Tolerance.Absolute(0.7, (0.7 * qvel[0]) + (0.3 * qvel[6]), 1e-12, "momentum along x");
        Tolerance.Absolute(0, (0.7 * qvel[1]) + (0.3 * qvel[7]), 1e-12, "momentum along y");
    }

    [Fact]
    public void An_undamped_pendulum_keeps_its_energy()
    {
        const string Xml = """
            <mujoco><option timestep="0.0005"/><worldbody><body>
              <joint type="hinge" axis="0 1 0"/><geom type="sphere" size="0.05" pos="0 0 -0.5"/>
            </body></worldbody></mujoco>
            """;
        Model model = MjcfCompiler.CompileText(Xml, "pendulum.xml");
        double mass = model.body_mass[1];
        double inertia = model.body_inertia[3] + (mass * 0.25);
        (double[] qpos, double[] qvel) = Run(Xml, 4000, (qpos, _) => qpos[0] = 1);
        double energy = (0.5 * inertia * qvel[0] * qvel[0]) + (mass * 9.81 * 0.5 * (1 - Math.Cos(qpos[0])));
        double before = mass * 9.81 * 0.5 * (1 - Math.Cos(1));

        // a symplectic method: the error is h / 2 times the power of gravity, at most 2e-3 of the energy, and stays
        Tolerance.Relative(before, energy, 2e-3, "energy", floor: 0);
    }

    [Theory]
    [InlineData(0.4, true)]
    [InlineData(0.6, false)]
    public void A_sled_sticks_inside_the_friction_cone_and_slips_outside(double pull, bool sticks)
    {
        // three balls rigidly joined, mass 1, friction 0.5: it holds against pulls below half the weight
        string xml = $"""
            <mujoco><option timestep="0.002" gravity="{pull * 9.81:R} 0 -9.81"/>
              <default><geom friction="0.5 0.1 0.1"/></default>
              <worldbody><geom type="plane" size="9 9 1"/><body pos="0 0 0.0995"><freejoint/>
                <geom type="sphere" size="0.1" pos="0.4 0 0"/><geom type="sphere" size="0.1" pos="-0.4 0.4 0"/>
                <geom type="sphere" size="0.1" pos="-0.4 -0.4 0"/>
              </body></worldbody></mujoco>
            """;
        (double[] _, double[] qvel) = Run(xml, 500, (_, _) => { });

        // soft contacts creep; slipping gains (0.6 - 0.5) g t = 0.98 m/s
        if (sticks) Assert.True(Math.Abs(qvel[0]) < 0.05, $"creeps at {qvel[0]} m/s");
        else Assert.True(Math.Abs(qvel[0]) > 0.5, $"moves at {qvel[0]} m/s only");
    }

    [Fact]
    public void Quaternions_keep_their_length()
    {
        const string Xml = """
            <mujoco><option gravity="0 0 0"/><worldbody><body>
              <freejoint/><geom type="sphere" size="0.1" pos="0.1 0 0"/><geom type="sphere" size="0.05" pos="0 0.2 0"/>
            </body></worldbody></mujoco>
            """;
        (double[] qpos, double[] _) = Run(Xml, 2000, (_, qvel) => (qvel[3], qvel[4], qvel[5]) = (9, -7, 5));
        Tolerance.Absolute(1, qpos.AsSpan(3).ToArray().Sum(x => x * x), 1e-14, "squared length");
    }

    private static (double[] Qpos, double[] Qvel) Run(string xml, int steps, Action<double[], double[]> start)
    {
        Model model = MjcfCompiler.CompileText(xml, "law.xml");
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 1, LaneKind.Lane1d, launcher);
        double[] qpos = [.. model.qpos0];
        double[] qvel = new double[model.nv];
        start(qpos, qvel);
        simulation.SetQpos(0, qpos);
        simulation.SetQvel(0, qvel);
        simulation.Step(steps);
        simulation.GetQpos(0, qpos);
        simulation.GetQvel(0, qvel);
        return (qpos, qvel);
    }
}

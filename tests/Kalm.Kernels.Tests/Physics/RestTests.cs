using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Kernels.Tests.Envs.MetaWorld;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>What lies still stays where it lies.</summary>
[Trait("Isa", "once")]
public sealed class RestTests
{
    // contacts as those of Meta-World's things
    private const string Stacks = """
        <mujoco><option timestep="0.0025" cone="elliptic" tolerance="1e-10"/>
          <default>
            <geom condim="4" friction="1 0.1 0.002" solref="0.01 1" solimp="0.99 0.99 0.01" density="800"/>
          </default>
          <worldbody><geom type="plane" size="9 9 1"/>
            <body name="low" pos="0 0 0.05"><freejoint/><geom type="box" size="0.05 0.05 0.05"/></body>
            <body name="middle" pos="0.01 0 0.13"><freejoint/><geom type="box" size="0.04 0.03 0.03"/></body>
            <body name="high" pos="0 0.01 0.18"><freejoint/><geom type="box" size="0.02 0.02 0.02"/></body>
            <body name="drum" pos="0.5 0 0.03"><freejoint/><geom type="cylinder" size="0.04 0.03"/></body>
            <body name="table" pos="1 0 0.04"><freejoint/><geom type="box" size="0.1 0.1 0.04"/></body>
            <body name="puck" pos="1.01 0.02 0.1"><freejoint/><geom type="cylinder" size="0.02 0.02"/></body>
          </worldbody></mujoco>
        """;

    [Theory]
    [InlineData(LaneKind.Lane1d)]
    [InlineData(LaneKind.Lane1)]
    public void Stacks_stay(LaneKind kind)
    {
        Model model = MjcfCompiler.CompileText(Stacks, "stacks.xml", ModelCompat.Mj3);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 1, kind, launcher);
        double[] qpos = new double[model.nq];
        double[] qvel = new double[model.nv];
        for (int second = 1; second <= 4; second++)
        {
            simulation.Step(400);
            simulation.GetQpos(0, qpos);
            simulation.GetQvel(0, qvel);
            foreach (string body in (string[])["low", "middle", "high", "drum", "table"])
            {
                (double side, double down, double tilt, double yaw) = Moved(model, qpos, body);
                string what = $"{body} after {second} s";

                // contacts give by 3e-6 m under a box, 1e-5 m where another one leans on its edge
                Tolerance.Absolute(0, side, 5e-6, $"{what}: aside");
                Tolerance.Absolute(0, down, 4e-5, $"{what}: down");
                Tolerance.Absolute(0, tilt, 6e-5, $"{what}: tilt");
                Tolerance.Absolute(0, yaw, 1e-6, $"{what}: yaw");
                int dof = model.body_dofadr[model.names.Body(body)];

                // a hundredth of what gravity does in a step; the solver ends early where nearly nothing is left to do
                Tolerance.Absolute(0, Largest(qvel.AsSpan(dof, 3)), 3e-4, $"{what}: speed");
                Tolerance.Absolute(0, Largest(qvel.AsSpan(dof + 3, 3)), 3e-4, $"{what}: rotation");
            }

            // a cylinder on a box has one contact only, which jumps along its rim: it trembles, and creeps round; after
            // 4 s MuJoCo 3.3.8 has it 0.33 mm aside, tilted by 0.017, turned by 0.049
            (double away, double below, double leaning, double turned) = Moved(model, qpos, "puck");
            Tolerance.Absolute(0, away, 1e-3, "puck: aside");
            Tolerance.Absolute(0, below, 1e-3, "puck: down");
            Tolerance.Absolute(0, leaning, 0.04, "puck: tilt");
            Tolerance.Absolute(0, turned, 0.15, "puck: yaw");
        }

        Assert.Equal((0, 0), (simulation.GetOverflow(0), simulation.GetResetCount(0)));
    }

    [SkippableTheory]
    [InlineData(LaneKind.Lane1d)]
    [InlineData(LaneKind.Lane1)]
    public void A_puck_stays_on_Meta_Worlds_table(LaneKind kind)
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv env = TaskWorlds.Make("push", 1, 1, new() { Kind = kind });
        float[] before = env.Observations.Slice(4, 3).ToArray();
        for (int step = 0; step < 240; step++)
        {
            env.Step(new float[4]);
            float[] now = env.Observations.Slice(4, 3).ToArray();

            // it trembles by some 0.1 mm (see above), and settles by 0.6 mm in a soft contact
            Tolerance.Absolute(before.AsSpan(0, 2), now.AsSpan(0, 2), 5e-4, "puck: aside");
            Tolerance.Absolute(before[2], now[2], 1e-3, "puck: down");
        }
    }

    /// <summary>How far a body is from where it began: aside, along z, tilt and rotation about z.</summary>
    private static (double Side, double Down, double Tilt, double Yaw) Moved(Model model, double[] qpos, string body)
    {
        int at = model.jnt_qposadr[model.body_jntadr[model.names.Body(body)]];
        double[] moved = [.. Enumerable.Range(0, 3).Select(k => qpos[at + k] - model.qpos0[at + k])];
        return (
            Math.Sqrt((moved[0] * moved[0]) + (moved[1] * moved[1])), moved[2],
            2 * Math.Sqrt((qpos[at + 4] * qpos[at + 4]) + (qpos[at + 5] * qpos[at + 5])), 2 * qpos[at + 6]);
    }

    private static double Largest(ReadOnlySpan<double> values) => values.ToArray().Max(Math.Abs);
}

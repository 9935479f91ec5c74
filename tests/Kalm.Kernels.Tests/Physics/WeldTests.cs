using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>Welds to mocap bodies and between bodies.</summary>
public sealed class WeldTests
{
    private const string Guided = """
        <mujoco><option timestep="0.0025" gravity="0 0 -9.81" cone="elliptic" tolerance="1e-10"/>
          <worldbody>
            <body name="guide" mocap="true" pos="0.3 0.1 0.5" quat="0.8 0.2 -0.4 0.1"/>
            <body name="box" pos="0.2 0 0.4"><freejoint/>
              <inertial pos="0.01 0.02 0" mass="0.5" diaginertia="1e-3 2e-3 1.5e-3"/>
            </body>
          </worldbody>
          <equality><weld body1="guide" body2="box" solref="0.02 1" torquescale="5"
            relpose="0.1 0 0.05 0.9 0.1 0.3 0.2" anchor="0.02 0.01 0.03"/></equality>
        </mujoco>
        """;

    [Fact]
    public void A_weld_accelerates_as_in_MuJoCo_3()
    {
        Model model = MjcfCompiler.CompileText(Guided, "guided.xml", ModelCompat.Mj3);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 1, LaneKind.Lane1d, launcher);
        simulation.SetMocap(0, 0, [0.5, -0.2, 0.6], [0.5, 0.5, 0.1, -0.5]);
        simulation.SetQpos(0, [0.2, 0.05, 0.45, 0.6, -0.3, 0.5, 0.4]);
        simulation.SetQvel(0, [0.3, -0.2, 0.1, 1, -2, 0.5]);
        simulation.RunForward();
        double[] qacc = new double[6];
        simulation.Read(0, simulation.Layout.DataRows.qacc, qacc);

        // MuJoCo 3.3.8 (npm mujoco-js 0.0.7) on the same text; both sides round some hundred operations
        double[] expected =
        [
            -130.45891972110422, -1028.0801824769478, -268.4991481172807, 25883.120973953926, -14337.481128328465,
            1754.0131243300953,
        ];
        Tolerance.Absolute(expected, qacc, 1e-12 * 25883, "qacc");

        double[] qpos = new double[7];
        simulation.Step(20);
        simulation.GetQpos(0, qpos);
        expected =
        [
            0.3841588834674475, -0.17072673776115288, 0.5032525368031561, 0.6046923897122101, 0.754295679548044,
            0.15034775973875233, -0.2068349409089986,
        ];
        Tolerance.Absolute(expected, qpos, 1e-12, "qpos after 20 steps");
    }

    [Fact]
    public void A_welded_body_follows_its_mocap_body()
    {
        Model model = MjcfCompiler.CompileText(Guided, "guided.xml", ModelCompat.Mj3);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 1, LaneKind.Lane1d, launcher);
        simulation.SetMocap(0, 0, [0.5, -0.2, 0.6], [0.5, 0.5, 0.1, -0.5]);
        simulation.Step(2000);
        DataRows data = simulation.Layout.DataRows;
        double[] pose = new double[7];
        double[] guide = new double[7];
        simulation.GetQpos(0, pose);
        simulation.Read(0, data.xpos + 3, guide.AsSpan(0, 3));
        simulation.Read(0, data.xquat + 4, guide.AsSpan(3));

        // relpose is the body's pose in the guide's frame; the anchor coincides if the whole pose does
        double[] turned = Rotation.Apply(Rotation.ToMatrix(guide.AsSpan(3)), model.eq_data.AsSpan(3, 3));
        double[] back = Rotation.Apply(
            Rotation.ToMatrix(pose.AsSpan(3)), model.eq_data.AsSpan(0, 3));

        // at rest the constraint carries the weight: a sag of mass g R / (K impedance) = 2e-4 m
        for (int k = 0; k < 3; k++) Tolerance.Absolute(guide[k] + turned[k], pose[k] + back[k], 3e-4, "anchor");
        double[] wanted = Rotation.Multiply(guide[3..], model.eq_data[6..10]);
        double cosine = Math.Abs(Plain.Dot(wanted, pose[3..]));
        Assert.True(cosine > 0.99999, $"cosine of half the angle {cosine}");
    }

    [Fact]
    public void Welded_bodies_keep_their_momentum()
    {
        const string Xml = """
            <mujoco><option timestep="0.001" gravity="0 0 0" cone="elliptic"/><worldbody>
              <body name="a"><freejoint/><geom type="sphere" size="0.1" density="700"/></body>
              <body name="b" pos="0.5 0.1 0"><freejoint/><geom type="sphere" size="0.1" density="300"/></body>
            </worldbody><equality><weld body1="a" body2="b"/></equality></mujoco>
            """;
        Model model = MjcfCompiler.CompileText(Xml, "pair.xml", ModelCompat.Mj3);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 1, LaneKind.Lane1d, launcher);
        simulation.SetQvel(0, [1, 0.5, 0, 0, 0, 2, 0, 0, 0.3, 1, 0, 0]);
        simulation.Step(1000);
        double[] qvel = new double[12];
        simulation.GetQvel(0, qvel);
        Tolerance.Absolute(0.7, (0.7 * qvel[0]) + (0.3 * qvel[6]), 1e-12, "momentum along x");
        Tolerance.Absolute(0.35, (0.7 * qvel[1]) + (0.3 * qvel[7]), 1e-12, "momentum along y");
        Tolerance.Absolute(0.09, (0.7 * qvel[2]) + (0.3 * qvel[8]), 1e-12, "momentum along z");
    }

    [Theory]
    [Trait("Isa", "small")]
    [InlineData(LaneKind.Lane1, LaneKind.Lane8)]
    [InlineData(LaneKind.Lane1d, LaneKind.Lane8d)]
    public void All_widths_give_the_same_bits(LaneKind narrow, LaneKind wide) =>
        Assert.Equal(Run(narrow), Run(wide));

    [Fact]
    public void Equality_constraints_other_than_welds_are_refused()
    {
        Model model = MjcfCompiler.CompileText(Guided, "guided.xml", ModelCompat.Mj3);
        model.eq_type[0] = (int)EqualityType.Connect;
        KalmException refusal = Assert.Throws<KalmException>(() => new SimulationLayout(model));
        Assert.Contains("Connect", refusal.Message, StringComparison.Ordinal);
    }

    private static double[][] Run(LaneKind kind)
    {
        Model model = MjcfCompiler.CompileText(TestScenes.Tethered, "tethered.xml", ModelCompat.Mj3);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 19, kind, launcher);
        for (int world = 0; world < simulation.Count; world++)
        {
            Random random = new(world);
            (double[] qpos, double[] qvel, double[] ctrl) = TestScenes.Near(model, random, 0.3);
            simulation.SetQpos(world, qpos);
            simulation.SetQvel(world, qvel);
            simulation.SetCtrl(world, ctrl);
            simulation.SetMocap(0, 0, [random.NextDouble(), 0.1, 0.3], [0.5, random.NextDouble(), 0.2, 0.1]);
        }

        simulation.Step(15);
        return [.. Enumerable.Range(0, simulation.Count).Select(world =>
        {
            double[] qpos = new double[model.nq];
            simulation.GetQpos(world, qpos);
            return qpos;
        })];
    }
}

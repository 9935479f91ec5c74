using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>
/// Energy and momentum of bodies with unequal inertias: what a step loses of them goes with the length of the step.
/// </summary>
[Trait("Isa", "once")]
public sealed class ConservationTests
{
    public static TheoryData<string, string> Pairs => new()
    {
        { "type='box' size='0.1 0.08 0.05'", "type='box' size='0.06 0.09 0.1'" },
        { "type='capsule' size='0.05 0.1'", "type='capsule' size='0.07 0.06'" },
        { "type='cylinder' size='0.06 0.1'", "type='cylinder' size='0.08 0.05'" },
        { "type='capsule' size='0.05 0.1'", "type='box' size='0.06 0.09 0.1'" },
        { "type='cylinder' size='0.06 0.1'", "type='box' size='0.06 0.09 0.1'" },
        { "type='sphere' size='0.08'", "type='cylinder' size='0.08 0.05'" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_collision_keeps_momentum(string first, string second)
    {
        double[] whole = Lost(first, second, 1e-3);
        double[] half = Lost(first, second, 5e-4);

        // action equals reaction in every step
        foreach (double linear in (double[])[.. whole[..3], .. half[..3]])
            Tolerance.Absolute(0, linear, 1e-12, "momentum");

        // so it does about any point; what is lost is lost by free rotation, of which explicit steps are of first order
        for (int k = 3; k < 6; k++)
        {
            Tolerance.Absolute(0, whole[k], 1e-3, "angular momentum");
            Tolerance.Absolute(whole[k], 2 * half[k], (0.1 * Math.Abs(whole[k])) + 1e-5, "twice that of half a step");
        }
    }

    [Fact]
    public void A_tree_of_free_hinge_and_slide_joints_keeps_its_energy()
    {
        // thrown and spinning, with an arm and a drawer on it, none of them round
        const string Xml = """
            <mujoco><worldbody>
              <body pos="0 0 1"><freejoint/><geom type="box" size="0.1 0.06 0.03" density="900"/>
                <body pos="0.1 0 0"><joint type="hinge" axis="0.3 1 0.2" pos="0 0.01 0"/>
                  <geom type="capsule" size="0.02 0.1" pos="0.1 0.02 0" euler="0 70 10" density="900"/>
                  <body pos="0.2 0 0"><joint type="slide" axis="0.2 0 1"/><joint type="hinge" axis="1 0 0.5"/>
                    <geom type="cylinder" size="0.03 0.02" pos="0.01 0 0.02" density="900"/></body></body></body>
            </worldbody></mujoco>
            """;
        double whole = EnergyGained(Xml, 1e-3);
        double half = EnergyGained(Xml, 5e-4);

        // gravity does 6 J of work on the way; semi-implicit steps are of first order, what remains is of second
        Tolerance.Absolute(0, whole, 0.03, "energy");
        Tolerance.Absolute(whole, 2 * half, 1e-4, "twice that of half a step");
    }

    /// <summary>What two bodies that meet in free space gain of momentum and angular momentum.</summary>
    private static double[] Lost(string first, string second, double step)
    {
        string xml = $"""
            <mujoco><option gravity="0 0 0" cone="elliptic" tolerance="1e-12"/>
              <default><geom condim="4" friction="0.6 0.01 0.001" density="800"/></default><worldbody>
              <body><freejoint/><geom {first}/></body>
              <body pos="0.4 0.03 0.02" euler="20 30 40"><freejoint/><geom {second}/></body>
            </worldbody></mujoco>
            """.Replace('\'', '"');
        Model model = Compile(xml, step);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(model, 1, LaneKind.Lane1d, launcher);
        simulation.SetQvel(0, [2, 0, 0, 3, 1, 4, 0, 0, 0, 0, 2, -1]);
        double[] before = Momentum(simulation);
        bool met = false;
        for (double time = 0; time < 0.25; time += step)
        {
            simulation.Step();
            met |= simulation.GetContacts(0).Count > 0;
        }

        Assert.True(met, "they did not meet");
        return [.. Momentum(simulation).Zip(before, (x, y) => x - y)];
    }

    /// <summary>Momentum of two free bodies, and angular momentum about the origin.</summary>
    private static double[] Momentum(Simulation simulation)
    {
        Model model = simulation.Model;
        double[] qpos = new double[model.nq];
        double[] qvel = new double[model.nv];
        simulation.GetQpos(0, qpos);
        simulation.GetQvel(0, qvel);
        double[] sum = new double[6];
        for (int body = 0; body < 2; body++)
        {
            double[] linear = [.. qvel.AsSpan(6 * body, 3).ToArray().Select(v => model.body_mass[body + 1] * v)];
            double[] orbital = Plain.Cross(qpos[(7 * body)..((7 * body) + 3)], linear);

            // angular velocity is in the body's frame, inertia about its main axes
            double[] frame = Rotation.ToMatrix(qpos.AsSpan((7 * body) + 3, 4));
            double[] main = Rotation.ToMatrix(model.body_iquat.AsSpan(4 * (body + 1), 4));
            double[] rate = qvel.AsSpan((6 * body) + 3, 3).ToArray();
            double[] about = new double[3];
            for (int k = 0; k < 3; k++)
            {
                double[] axis = [main[k], main[3 + k], main[6 + k]];
                about[k] = model.body_inertia[(3 * (body + 1)) + k] * Plain.Dot(axis, rate);
            }

            double[] spin = Plain.Multiply(frame, Plain.Multiply(main, about));
            for (int k = 0; k < 3; k++)
            {
                sum[k] += linear[k];
                sum[3 + k] += orbital[k] + spin[k];
            }
        }

        return sum;
    }

    private static double EnergyGained(string xml, double step)
    {
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(Compile(xml, step), 1, LaneKind.Lane1d, launcher);
        simulation.SetQvel(0, [0.5, -0.3, 2, 3, -2, 4, 2, 0.4, -3]);
        double before = Energy(simulation);
        simulation.Step((int)Math.Round(0.3 / step));
        return Energy(simulation) - before;
    }

    private static double Energy(Simulation simulation)
    {
        simulation.RunForward();
        Model model = simulation.Model;
        DataRows data = simulation.Layout.DataRows;
        double[] qvel = new double[model.nv];
        simulation.GetQvel(0, qvel);
        double energy = 0.5 * Plain.Dot(qvel, Plain.Multiply(PlainAssembly.Inertia(simulation, 0), qvel));
        for (int body = 1; body < model.nbody; body++)
        {
            double height = simulation.Worlds[0, data.xpos + (3 * body) + 2];
            for (int k = 0; k < 3; k++)
                height += simulation.Worlds[0, data.xmat + (9 * body) + 6 + k] * model.body_ipos[(3 * body) + k];
            energy += model.body_mass[body] * 9.81 * height;
        }

        return energy;
    }

    private static Model Compile(string xml, double step)
    {
        Model model = MjcfCompiler.CompileText(xml, "law.xml", ModelCompat.Mj3);
        model.timestep = step;
        return model;
    }
}

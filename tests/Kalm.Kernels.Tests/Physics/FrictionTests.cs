using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Kernels.Tests.Envs.MetaWorld;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>Forces between the hand, things and the table of Meta-World.</summary>
[Trait("Isa", "once")]
public sealed class FrictionTests
{
    private const int Worlds = 4;

    /// <summary>
    /// Whatever holds a state back is the sum of forces that its contacts, limits and weld can exert: no contact pulls,
    /// and none rubs more than its friction times how hard it presses.
    /// </summary>
    [SkippableTheory]
    [InlineData("pick-place", 60)]
    [InlineData("peg-insert-side", 60)]
    [InlineData("hammer", 50)]
    public void Forces_of_contacts_stay_inside_their_cones(string task, int steps)
    {
        TaskWorlds.Need(task);
        using CpuLauncher launcher = new(1);
        EnvOptions options = new() { Kind = LaneKind.Lane4d, Launcher = launcher };
        using MetaWorldEnv env = TaskWorlds.Make(task, Worlds, 1, options);
        Model model = env.Scene;
        using Simulation still = new(model, Worlds, LaneKind.Lane4d, launcher);
        (int sticking, int slipping) = (0, 0);
        for (int step = 0; step < steps; step++)
        {
            env.StepScripted();
            if (step % 3 != 0) continue;
            for (int world = 0; world < Worlds; world++) Copy(env.Simulation, still, world);
            still.RunForward();
            for (int world = 0; world < Worlds; world++)
            {
                (int stick, int slip) = Check(still, world, $"{task}, step {step}, world {world}");
                (sticking, slipping) = (sticking + stick, slipping + slip);
            }
        }

        Assert.True(sticking > 20 && slipping > 5, $"{sticking} sticking, {slipping} slipping contacts");
    }

    [SkippableTheory]
    [InlineData(LaneKind.Lane1d, 1e-9)]
    [InlineData(LaneKind.Lane1, 1e-3)]
    public void A_puck_is_slowed_by_no_more_than_its_friction(LaneKind kind, double rounding)
    {
        TaskWorlds.Need("push");
        using CpuLauncher launcher = new(1);
        using MetaWorldEnv env = TaskWorlds.Make("push", 1, 1, new() { Kind = kind, Launcher = launcher });
        Model model = env.Scene;
        using Simulation simulation = new(model, 1, kind, launcher);
        Copy(env.Simulation, simulation, 0);
        int puck = model.body_dofadr[model.names.Body("obj")];

        // pads have more friction than the table
        int geom = model.names.Geom("objGeom");
        double friction = Enumerable.Range(0, model.npair)
            .Where(pair => model.pair_geom1[pair] == geom || model.pair_geom2[pair] == geom)
            .Min(pair => model.pair_friction[5 * pair]);
        double[] before = Read(simulation, 0, simulation.Layout.DataRows.qvel, model.nv);
        (before[puck], before[puck + 1]) = (0.4, -0.3);
        simulation.SetQvel(0, before);
        int slowed = 0;
        for (int step = 0; step < 100; step++)
        {
            simulation.Step();
            double[] after = Read(simulation, 0, simulation.Layout.DataRows.qvel, model.nv);
            double[] gained = [.. Enumerable.Range(puck, 3).Select(dof => after[dof] - before[dof])];
            double along = Math.Sqrt((gained[0] * gained[0]) + (gained[1] * gained[1]));

            // all contacts are with the table, so what lifts the puck against gravity presses it; float: some roundings
            // of speeds of 0.4 m/s, in parts of what gravity does in a step
            double pressed = gained[2] + (9.81 * model.timestep);
            Assert.True(
                along <= (friction * pressed) + (rounding * 9.81 * model.timestep),
                $"step {step}: slowed by {along} m/s, pressed by {pressed}");
            if (along > 0.5 * friction * pressed && pressed > 0) slowed++;
            before = after;
        }

        // it stops within some 20 steps; the soft contact lifts it off in half of them
        Assert.InRange(slowed, 5, 100);
        Tolerance.Absolute(0, before[puck], 0.1, "speed in the end");
    }

    private static (int Sticking, int Slipping) Check(Simulation simulation, int world, string what)
    {
        Model model = simulation.Model;
        DataRows data = simulation.Layout.DataRows;
        double[] qacc = Read(simulation, world, data.qacc, model.nv);
        double[] sum = new double[model.nv];
        (int sticking, int slipping) = (0, 0);
        double scale = 1;
        foreach (PlainConstraint c in new PlainAssembly(simulation, world).Constraints())
        {
            double[] jar = [.. c.J.Select((row, i) => Plain.Dot(row, qacc) - c.Aref[i])];
            double[] force = [.. c.Evaluate(jar).Gradient.Select(x => -x)];
            for (int i = 0; i < force.Length; i++)
            {
                scale = Math.Max(scale, Math.Abs(force[i]));
                for (int dof = 0; dof < model.nv; dof++) sum[dof] += c.J[i][dof] * force[i];
            }

            if (c.Kind != PlainKind.Cone || force[0] == 0) continue;
            double rub = Math.Sqrt(force.Skip(1).Zip(c.Friction, (f, mu) => f * f / (mu * mu)).Sum());
            Assert.True(force[0] > 0, $"{what}: a contact pulls by {-force[0]} N");
            Assert.True(rub <= force[0] * (1 + 1e-9), $"{what}: friction {rub} above {force[0]} N");
            if (rub < 0.99 * force[0]) sticking++;
            else slipping++;
        }

        // these forces are all there is beside gravity, motors and damping: M (a - a_smooth)
        double[] smooth = Read(simulation, world, data.qacc_smooth, model.nv);
        double[] needed = Plain.Multiply(
            PlainAssembly.Inertia(simulation, world), [.. qacc.Zip(smooth, (x, y) => x - y)]);

        Tolerance.Absolute(sum, needed, 1e-6 * scale, $"{what}: sum of forces");
        return (sticking, slipping);
    }

    private static void Copy(Simulation from, Simulation to, int world)
    {
        Model model = from.Model;
        DataRows data = from.Layout.DataRows;
        to.SetQpos(world, Read(from, world, data.qpos, model.nq));
        to.SetQvel(world, Read(from, world, data.qvel, model.nv));
        to.SetCtrl(world, Read(from, world, data.ctrl, model.nu));
        to.SetWarmstart(world, Read(from, world, data.qacc_warmstart, model.nv));
        to.SetMocap(world, 0, Read(from, world, data.mocap_pos, 3), Read(from, world, data.mocap_quat, 4));
    }

    private static double[] Read(Simulation simulation, int world, int row, int count)
    {
        double[] values = new double[count];
        simulation.Read(world, row, values);
        return values;
    }
}

using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>Every stage of a step against live libmujoco 2.2.2, field by field.</summary>
[Trait("Isa", "once")]
public sealed class ForwardTests
{
    // both sides do the same operations in another order; the largest sums have a few dozen terms
    private const double Rounding = 1e-12;

    // both stop at the same Newton iterate, whose distance from the optimum is quadratic in the tolerance of 1e-8
    private const double Solved = 1e-9;

    [SkippableTheory]
    [InlineData("machine", 0.5)]
    [InlineData("machine", 0.3)]
    [InlineData("elliptic", 0.5)]
    [InlineData("elliptic", 0.3)]
    [InlineData("clevr", 0.05)]
    [InlineData("clevr", 0.25)]
    public void Every_field_of_a_forward_pass_equals_MuJoCo(string scene, double spread)
    {
        Skip.If(MujocoLibrary.Missing != null, MujocoLibrary.Missing ?? "");
        using OracleWorld world = new(
            scene == "machine" ? TestScenes.Machine : scene == "elliptic" ? TestScenes.Elliptic : ClevrScene.Xml);
        Random random = new(7);
        int contacts = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            (double[] qpos, double[] qvel, double[] ctrl) = TestScenes.Near(world.Model, random, spread);
            world.SetState(qpos, qvel, ctrl);
            world.Oracle.Forward();
            world.Simulation.RunForward();
            CompareSmooth(world);
            CompareConstraints(world);
            contacts += world.Oracle.Count("ncon");

            world.Oracle.Step();
            world.Simulation.Step();
            world.Same("qpos", world.Simulation.Layout.DataRows.qpos, Solved);
            world.Same("qvel", world.Simulation.Layout.DataRows.qvel, Solved);
        }

        Assert.True(contacts > 20, $"only {contacts} contacts seen");
    }

    private static void CompareSmooth(OracleWorld world)
    {
        DataRows data = world.Simulation.Layout.DataRows;

        // quaternions of qpos stay as they are, as in MuJoCo 3; xquat has them normalized as in both
        world.Same("xpos", data.xpos, Rounding);
        world.Same("xquat", data.xquat, Rounding);
        world.Same("xmat", data.xmat, Rounding);
        world.Compare("geom_xpos", world.Oracle.Reals("geom_xpos"), world.Scattered(data.geom_xpos,
            world.Model.ngeom, 3), Rounding);
        world.Compare("geom_xmat", world.Oracle.Reals("geom_xmat"), world.Scattered(data.geom_xmat,
            world.Model.ngeom, 9), Rounding);
        world.Same("cdof", data.cdof, Rounding);
        world.Compare("M", world.Oracle.FullInertia(), world.Inertia(), Rounding);
        world.Same("cdof_dot", data.cdof_dot, Rounding);
        world.Same("qfrc_bias", data.qfrc_bias, Rounding);
        world.Same("qfrc_passive", data.qfrc_passive, Rounding);
        world.Same("qfrc_actuator", data.qfrc_actuator, Rounding);
        world.Same("qfrc_smooth", data.qfrc_smooth, Rounding);
        world.Same("qacc_smooth", data.qacc_smooth, Rounding);
        CompareMoving(world, data);
    }

    // no body of these scenes is attached without a joint: a link is a body, an origin the center of a subtree
    private static void CompareMoving(OracleWorld world, DataRows data)
    {
        Model model = world.Model;
        for (int body = 1; body < model.nbody; body++)
        {
            int link = world.Simulation.Layout.Integers[data.body_link + body];
            if (link < 0) continue;
            int center = world.Simulation.Layout.Integers[data.links + (link * LinkTable.Stride) + LinkTable.Center];
            world.Compare(
                "xipos", world.Oracle.Reals("xipos").Slice(3 * body, 3), world.Ours(center, 3), Rounding);
            world.Compare(
                "subtree_com", world.Oracle.Reals("subtree_com").Slice(3 * model.body_rootid[body], 3),
                world.Ours(world.Simulation.Layout.Integers[data.subtree + body], 3), Rounding);
            world.Compare(
                "cinert", world.Oracle.Reals("cinert").Slice(10 * body, 10), world.Ours(data.cinert + (10 * link),
                    10), Rounding);
            world.Compare(
                "cvel", world.Oracle.Reals("cvel").Slice(6 * body, 6), world.Ours(data.cvel + (6 * link), 6), Rounding);
        }
    }

    private static void CompareConstraints(OracleWorld world)
    {
        DataRows data = world.Simulation.Layout.DataRows;
        Assert.Equal(world.Oracle.Count("ncon"), (int)world.Simulation.Worlds[0, data.ncon]);
        Assert.Equal(world.Oracle.Count("nefc"), (int)world.Simulation.Worlds[0, data.nefc]);
        List<double[]> theirs = world.TheirRows();
        List<double[]> ours = world.OurRows();
        Assert.Equal(theirs.Count, ours.Count);
        for (int i = 0; i < ours.Count; i++) world.Compare("efc row (J, D, aref)", theirs[i], ours[i], Rounding);
        Assert.Equal(world.Oracle.Count("solver_iter"), (int)world.Simulation.Worlds[0, data.solver_niter]);
        world.Same("qfrc_constraint", data.qfrc_constraint, Solved);
        world.Same("qacc", data.qacc, Solved);
    }
}

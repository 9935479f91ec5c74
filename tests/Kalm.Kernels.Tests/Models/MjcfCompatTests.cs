using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Tests.Models;

/// <summary>What MuJoCo 3 compiles differently, capacities, and models in resources.</summary>
[Trait("Isa", "once")]
public class MjcfCompatTests
{
    // two bodies: a box and a cylinder against a cylinder and a box
    private const string Crossed = """
        <mujoco><worldbody>
        <body><geom type="box" size=".1 .1 .1"/><geom type="cylinder" size=".1 .1"/></body>
        <body><freejoint/><geom type="cylinder" size=".1 .1"/><geom type="box" size=".1 .1 .1"/></body>
        </worldbody></mujoco>
        """;

    [Fact]
    public void Pairs_of_two_bodies_come_by_geom_of_the_contact_from_MuJoCo_3_on()
    {
        // the lower type leads a pair, so the box of the first body is second to the cylinder of the other
        Assert.Equal([(2, 0), (0, 3), (1, 2), (1, 3)], Pairs(ModelCompat.Mj2));
        Assert.Equal([(0, 3), (1, 2), (1, 3), (2, 0)], Pairs(ModelCompat.Mj3));

        static IEnumerable<(int, int)> Pairs(ModelCompat compat)
        {
            Model model = MjcfCompiler.CompileText(Crossed, "m.xml", compat);
            return model.pair_geom1.Zip(model.pair_geom2);
        }
    }

    [Theory]
    [InlineData("1e-7 0 0", 0, 1)]
    [InlineData("1e-5 0 0", 0, 0)]
    [InlineData("0 0 0", 1, 1)]
    public void Frames_a_micrometer_apart_are_the_same_from_MuJoCo_3_on(string center, int mj2, int mj3)
    {
        string xml = $"""
            <mujoco><worldbody><body><freejoint/><inertial pos="{center}" mass="1" diaginertia="1 1 1"/></body>
            </worldbody></mujoco>
            """;
        Assert.Equal(mj2, MjcfCompiler.CompileText(xml, "m.xml", ModelCompat.Mj2).body_simple[1]);
        Assert.Equal(mj3, MjcfCompiler.CompileText(xml, "m.xml", ModelCompat.Mj3).body_simple[1]);
    }

    [Fact]
    public void Capacities_hold_what_all_pairs_limits_and_welds_can_add()
    {
        const string Limited = "<body name=\"b\"><joint limited=\"true\" range=\"0 1\"/>";

        // box-box 8 contacts, cylinder-cylinder and cylinder-box 1 each, of 4 rows: elliptic, condim 4
        string xml = Crossed
            .Replace("<mujoco>", "<mujoco><option cone=\"elliptic\"/>", StringComparison.Ordinal)
            .Replace("<geom", "<geom condim=\"4\"", StringComparison.Ordinal)
            .Replace("<body><freejoint/>", Limited, StringComparison.Ordinal)
            .Replace("</mujoco>", "<equality><weld body1=\"b\"/></equality></mujoco>", StringComparison.Ordinal);
        Model model = MjcfCompiler.CompileText(xml, "m.xml", ModelCompat.Mj3);
        Assert.Equal(11, model.nconmax);
        Assert.Equal((11 * 4) + 2 + 6, model.njmax);
    }

    [Fact]
    public void Capacity_of_many_pairs_is_a_hundred_contacts()
    {
        string boxes = string.Concat(Enumerable.Repeat(
            "<body><freejoint/><geom type=\"box\" size=\".1 .1 .1\"/></body>", 8));
        string xml = $"<mujoco><worldbody>{boxes}</worldbody></mujoco>";
        Model model = MjcfCompiler.CompileText(xml, "m.xml", ModelCompat.Mj3);
        Assert.Equal(28, model.npair);
        Assert.Equal(100, model.nconmax);
        Assert.Equal(100 * 4, model.njmax);
        xml = xml.Replace("<worldbody>", "<size nconmax=\"7\" njmax=\"9\"/><worldbody>", StringComparison.Ordinal);
        model = MjcfCompiler.CompileText(xml, "m.xml", ModelCompat.Mj3);
        Assert.Equal((7, 9), (model.nconmax, model.njmax));
    }

    [Fact]
    public void Weld_takes_the_reference_pose_unless_it_names_one()
    {
        const string Xml = """
            <mujoco><worldbody><body name="a" pos="1 0 0" euler="0 0 90" mocap="true"/>
            <body name="b" pos="1 2 0"><freejoint/><geom size=".1"/></body></worldbody><equality>
            <weld body1="a" body2="b" anchor="1 0 0" torquescale="3"/>
            <weld body1="a" body2="b" relpose="1 2 3 0 0 0 2"/></equality></mujoco>
            """;
        Model model = MjcfCompiler.CompileText(Xml, "m.xml", ModelCompat.Mj3);

        // seen from a, whose x axis is the world's y: the anchor at (2, 2, 0) lies at (2, -1, 0)
        double half = Math.Sqrt(0.5);
        double[] expected = [1, 0, 0, 2, -1, 0, half, 0, 0, -half, 3, 0, 0, 0, 1, 2, 3, 0, 0, 0, 1, 1];
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], model.eq_data[k], 1e-15);
        Assert.Equal([-1, 0, -1], model.body_mocapid);
    }

    [Fact]
    public void Resources_compile_like_files()
    {
        Model model = MjcfCompiler.CompileResource(
            typeof(ClevrScene).Assembly, "Kalm.Kernels.Envs.", "Clevr/clevr_robot.xml");
        Assert.Equal(ClevrScene.Compile().body_mass, model.body_mass);
        KalmException error = Assert.Throws<KalmException>(
            () => MjcfCompiler.CompileResource(typeof(ClevrScene).Assembly, "Kalm.Kernels.Envs.", "nowhere.xml"));
        Assert.Equal("nowhere.xml: no such file", error.Message);
    }
}

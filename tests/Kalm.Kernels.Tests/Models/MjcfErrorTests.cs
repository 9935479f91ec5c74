using System.Text;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Tests.Models;

[Trait("Isa", "once")]
public class MjcfErrorTests
{
    private const string Ball = "<body name=\"b\"><joint name=\"j\"/><geom size=\".1\"/></body>";

    [Theory]
    [InlineData("<mujoco>\n<worldbody>\n<geom size=\"1\"", "m.xml:3: not a well-formed model file")]
    [InlineData("", "m.xml:0: not a well-formed model file")]
    [InlineData("<robot/>", "m.xml:1: <robot>: the root of a model is <mujoco>")]
    [InlineData("<mujoco>\n<tendon/></mujoco>",
        "m.xml:2: <tendon>: not supported inside <mujoco>; supported: actuator")]
    [InlineData("<mujoco><worldbody>\n\n<composite/></worldbody></mujoco>",
        "m.xml:3: <composite>: not supported inside")]
    public void Document_that_is_no_model_is_refused(string xml, string message) => AssertRefused(xml, message);

    [Theory]
    [InlineData("<geom size=\".1\" fluidshape=\"none\"/>",
        "<geom>: attribute 'fluidshape' is not supported; supported: axisangle")]
    [InlineData("<geom size=\".1 x\"/>", "<geom>: size=\".1 x\": 'x' is not a number")]
    [InlineData("<geom size=\"nan\"/>", "<geom>: size=\"nan\": 'nan' is not a finite number")]
    [InlineData("<geom size=\"1e999\"/>", "is not a finite number")]
    [InlineData("<geom size=\"1 2 3 4\"/>", "4 numbers found, 1 to 3 expected")]
    [InlineData("<geom size=\".1\" pos=\"1 2\"/>", "<geom>: pos=\"1 2\": 2 numbers found, 3 expected")]
    [InlineData("<geom size=\".1\" rgba=\"\"/>", "0 numbers found, 4 expected")]
    [InlineData("<geom size=\".1\" condim=\"2\"/>", "<geom>: condim=\"2\": 1, 3, 4 or 6 is expected")]
    [InlineData("<geom size=\".1\" contype=\"1.5\"/>", "<geom>: contype=\"1.5\": an integer is expected")]
    [InlineData("<geom/>", "<geom>: number 1 of 'size' must be positive for this type of geom")]
    [InlineData("<geom type=\"ellipsoid\" size=\"1 1 1\"/>",
        "type=\"ellipsoid\": not supported; supported: plane, sphere")]
    [InlineData("<geom size=\".1\" class=\"x\"/>", "<geom>: unknown default class 'x'; defined: none")]
    [InlineData("<geom size=\".1\" quat=\"1 0 0 0\" euler=\"0 0 0\"/>", "more than one orientation")]
    [InlineData("<joint/>", "<joint>: the world has neither joints nor inertia")]
    [InlineData("<body><joint/></body>", "<body>: a moving body needs mass and inertia")]
    [InlineData("<body><joint type=\"ball\"/><geom size=\".1\"/></body>",
        "type=\"ball\": not supported; supported: free, slide, hinge")]
    [InlineData("<body><joint axis=\"0 0 0\"/><geom size=\".1\"/></body>", "the axis is too small")]
    [InlineData("<body><joint range=\"0 1\"/><geom size=\".1\"/></body>", "has 'range' but not 'limited'")]
    [InlineData("<body><joint limited=\"true\" range=\"1 0\"/><geom size=\".1\"/></body>", "must be the smaller one")]
    [InlineData("<geom type=\"mesh\"/>", "<geom>: attribute 'mesh' is missing")]
    [InlineData("<geom type=\"mesh\" mesh=\"m\"/>", "<geom>: mesh=\"m\": no mesh has this name")]
    [InlineData("<geom type=\"sphere\" size=\"1\" mesh=\"m\"/>", "fitting another shape to a mesh is not supported")]
    [InlineData("<body><joint/><geom size=\"1e200\"/></body>", "<body>: its numbers are too large")]
    [InlineData("<body><body mocap=\"true\"/></body>", "a mocap body is a child of the world without joints")]
    [InlineData("<body mocap=\"true\"><joint/><geom size=\".1\"/></body>", "a mocap body is a child of the world")]
    [InlineData("<body><joint frictionloss=\"1\"/><geom size=\".1\"/></body>",
        "attribute 'frictionloss' is not supported")]
    [InlineData("<body><freejoint/><joint/><geom size=\".1\"/></body>", "a free joint stands alone in its body")]
    [InlineData("<body><body><freejoint/><geom size=\".1\"/></body></body>", "only possible in a child of the world")]
    [InlineData("<body><joint/><geom type=\"plane\" size=\"1 1 1\"/></body>",
        "a plane is only possible in a static body")]
    [InlineData("<body name=\"a\"/><body name=\"a\"/>", "<body>: name=\"a\": another body has this name")]
    [InlineData("<body name=\"world\"/>", "<body>: name=\"world\": another body has this name")]
    [InlineData("<body><inertial mass=\"1\"/></body>", "<inertial>: attribute 'pos' is missing")]
    [InlineData("<body><inertial pos=\"0 0 0\" mass=\"1\" diaginertia=\"1 1 9\"/></body>", "not physical")]
    public void Part_of_the_world_is_refused_with_its_place(string content, string message) =>
        AssertRefused($"<mujoco>\n<worldbody>\n{content}</worldbody></mujoco>", "m.xml:3: ", message);

    [Theory]
    [InlineData("<option timestep=\"0\"/>", "timestep=\"0\": a positive number is expected")]
    [InlineData("<option integrator=\"RK4\"/>", "<option>: integrator=\"RK4\": not supported; supported: Euler")]
    [InlineData("<option solver=\"PGS\"/>", "<option>: solver=\"PGS\": not supported; supported: Newton")]
    [InlineData("<option wind=\"1 0 0\"/>", "<option>: attribute 'wind' is not supported")]
    [InlineData("<option><flag passive=\"disable\"/></option>", "<flag>: attribute 'passive' is not supported")]
    [InlineData("<compiler coordinate=\"global\"/>", "coordinate=\"global\": not supported; supported: local")]
    [InlineData("<compiler eulerseq=\"xyw\"/>", "three letters of x, y, z")]
    [InlineData("<default><default><geom/></default></default>", "<default>: attribute 'class' is missing")]
    [InlineData("<default><default class=\"a\"/><default class=\"a\"/></default>", "the class is already defined")]
    [InlineData("<equality><connect body1=\"b\"/></equality>",
        "<connect>: not supported inside <equality>; supported: weld")]
    [InlineData("<equality><weld body2=\"b\"/></equality>", "<weld>: attribute 'body1' is missing")]
    [InlineData("<equality><weld body1=\"c\"/></equality>", "<weld>: body1=\"c\": no body has this name")]
    [InlineData("<equality><weld body1=\"b\" body2=\"b\"/></equality>", "<weld>: a body cannot be welded to itself")]
    [InlineData("<equality><weld body1=\"b\" relpose=\"0 0 0\"/></equality>", "3 numbers found, 7 expected")]
    [InlineData("<equality><weld site1=\"s\" site2=\"t\"/></equality>", "attribute 'site1' is not supported")]
    [InlineData("<asset><hfield/></asset>", "<hfield>: not supported inside <asset>; supported: material, mesh")]
    [InlineData("<asset><mesh name=\"m\"/></asset>", "<mesh>: a mesh needs 'file' or 'vertex'")]
    [InlineData("<asset><mesh vertex=\"0 0 0\"/></asset>", "<mesh>: a mesh needs a name or a file")]
    [InlineData("<asset><mesh name=\"m\" vertex=\"0 0 0 1\"/></asset>", "4 numbers found, a multiple of 3 expected")]
    [InlineData("<asset><mesh name=\"m\" vertex=\"0 0 0 1 1 1\"/></asset>",
        "vertex=\"0 0 0 1 1 1\": 2 vertices found, at least 4 expected")]
    [InlineData("<asset><mesh name=\"m\" vertex=\"0 0 0 1 0 0 0 1 0 1 1 0\"/></asset>", "lie in a plane")]
    [InlineData("<asset><mesh name=\"m\" vertex=\"0 0 0 1 0 0 0 1 0 1 1 9e99\"/></asset>", "a number is too large")]
    [InlineData("<asset><mesh name=\"m\" vertex=\"0 0 0 1 0 0 0 1 0 0 0 1\" scale=\"1 1 0\"/></asset>",
        "its volume is too small")]
    [InlineData("<asset><mesh name=\"m\" vertex=\"0 0 0 1 0 0 0 1 0 0 0 1\" scale=\"1 1 1e99\"/></asset>",
        "scaled to infinity")]
    [InlineData("<asset><mesh name=\"m\" centered=\"yes\" vertex=\"0\"/></asset>", "expected true or false")]
    [InlineData("<default><mesh file=\"m.stl\"/></default>", "<mesh>: attribute 'file' is not supported")]
    [InlineData("<asset><mesh file=\"m.obj\"/></asset>", "file=\"m.obj\": not supported; supported: binary .stl files")]
    [InlineData("<asset><mesh name=\"m\" face=\"0 1 2\"/></asset>", "attribute 'face' is not supported")]
    [InlineData("<asset><mesh name=\"m\" file=\"m.stl\" vertex=\"0\"/></asset>", "'file' or 'vertex', not both")]
    [InlineData("<asset><mesh file=\"nowhere.stl\"/></asset>", "<mesh>: file=\"nowhere.stl\": no such file")]
    [InlineData("<actuator><motor joint=\"k\"/></actuator>", "<motor>: joint=\"k\": no joint has this name")]
    [InlineData("<actuator><motor/></actuator>", "<motor>: attribute 'joint' is missing")]
    [InlineData("<actuator><muscle joint=\"j\"/></actuator>",
        "<muscle>: not supported inside <actuator>; supported: motor, position")]
    public void Section_is_refused_with_its_place(string content, string message) =>
        AssertRefused($"<mujoco>\n{content}\n<worldbody>{Ball}</worldbody></mujoco>", "m.xml:2: ", message);

    [Fact]
    public void Text_between_elements_means_nothing_as_in_MuJoCo()
    {
        Model model = MjcfCompiler.CompileText($"<mujoco><worldbody>-->{Ball} &amp; </worldbody></mujoco>", "m.xml");
        Assert.Equal(2, model.nbody);
    }

    [Fact]
    public void Entities_are_refused_before_they_expand()
    {
        StringBuilder bomb = new("<!DOCTYPE mujoco [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) bomb.Append($"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">");
        bomb.Append("]><mujoco model=\"&a29;\"/>");
        AssertRefused(bomb.ToString(), "not a well-formed model file", "DTD");
        AssertRefused("<!DOCTYPE mujoco SYSTEM \"file:///etc/passwd\"><mujoco/>", "not a well-formed model file",
            "DTD");
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        const int Depth = 100_000;
        StringBuilder xml = new("<mujoco><worldbody>");
        for (int i = 0; i < Depth; i++) xml.Append("<body>");
        AssertRefused(xml.ToString(), "<body>: nested deeper than 200 elements");
    }

    [Fact]
    public void Includes_are_replaced_by_what_they_name()
    {
        using ModelFolder folder = new();
        folder.Write("parts/ball.xml", $"<mujocoinclude>{Ball}</mujocoinclude>");
        folder.Write("parts/world.xml", "<mujoco><worldbody><include file=\"ball.xml\"/></worldbody></mujoco>");
        Model model = MjcfCompiler.Compile(folder.Write("m.xml",
            "<mujoco model=\"m\"><include file=\"parts/world.xml\"/></mujoco>"));
        Assert.Equal(["world", "b"], model.names.Bodies);
    }

    [Fact]
    public void Include_cycle_is_refused_with_its_path()
    {
        using ModelFolder folder = new();
        folder.Write("b.xml", "<mujoco>\n<include file=\"a.xml\"/></mujoco>");
        string path = folder.Write("a.xml", "<mujoco><include file=\"b.xml\"/></mujoco>");
        KalmException error = Assert.Throws<KalmException>(() => MjcfCompiler.Compile(path));
        Assert.EndsWith(
            "b.xml:2: <include>: include cycle: a.xml -> b.xml -> a.xml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Includes_that_multiply_are_refused()
    {
        using ModelFolder folder = new();
        for (int i = 0; i < 20; i++)
            folder.Write(
            $"{i}.xml", $"<mujoco><include file=\"{i + 1}.xml\"/><include file=\"{i + 1}.xml\"/></mujoco>");
        folder.Write("20.xml", "<mujoco/>");
        KalmException error =
            Assert.Throws<KalmException>(() => MjcfCompiler.Compile(Path.Combine(folder.Root, "0.xml")));
        Assert.Contains("more than 200 includes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_refused_by_name()
    {
        using ModelFolder folder = new();
        string path = folder.Write("a.xml", "<mujoco>\n<include file=\"nowhere.xml\"/></mujoco>");
        KalmException include = Assert.Throws<KalmException>(() => MjcfCompiler.Compile(path));
        Assert.EndsWith(
            "a.xml:2: <include>: file=\"nowhere.xml\": no such file", include.Message, StringComparison.Ordinal);
        KalmException model = Assert.Throws<KalmException>(() => MjcfCompiler.Compile("nowhere.xml"));
        Assert.Equal("nowhere.xml: no such file", model.Message);
    }

    private static void AssertRefused(string xml, params string[] parts)
    {
        KalmException error = Assert.Throws<KalmException>(() => MjcfCompiler.CompileText(xml, "m.xml"));
        foreach (string part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}

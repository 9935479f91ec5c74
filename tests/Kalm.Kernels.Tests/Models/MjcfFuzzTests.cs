using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Tests.Models;

/// <summary>
/// Ten thousand spoiled files: each compiles into a model of finite numbers or is refused with a place in it. Any other
/// exception, a crash or a hang fails the test.
/// </summary>
[Trait("Isa", "once")]
public sealed partial class MjcfFuzzTests : IDisposable
{
    // every kind of element and attribute that is read
    private const string Scene = """
        <mujoco model="fuzz">
          <compiler angle="radian" inertiafromgeom="auto" inertiagrouprange="0 4" eulerseq="xyz" autolimits="true"/>
          <option timestep="0.0025" iterations="50" tolerance="1e-10" cone="elliptic" gravity="0 0 -9.81" impratio="1">
            <flag contact="enable" limit="enable" equality="enable" filterparent="enable"/>
          </option>
          <size njmax="500" nconmax="100"/>
          <statistic meaninertia="2"/>
          <visual><map znear="0.01"/></visual>
          <default>
            <geom friction="1 0.005 0.0001" solref="0.02 1" density="900"/>
            <default class="arm">
              <joint damping="1" armature="0.1" limited="true" range="-1 1"/>
              <default class="finger"><geom condim="4" margin="0.001" type="box" size=".1 .1 .1"/></default>
            </default>
            <equality solimp="0.9 0.95 0.001"/>
            <position kp="10" ctrlrange="-1 1"/>
          </default>
          <asset>
            <mesh name="tetra" file="t.stl" scale="1 1 1" refpos="0 0 0" refquat="1 0 0 0"/>
            <mesh name="wedge" centered="false" vertex="0 0 0 1 0 0 0 1 0 0 0 1 1 1 0 1 0 1"/>
            <texture builtin="flat" width="8" height="8"/><material name="red" rgba="1 0 0 1"/>
          </asset>
          <worldbody>
            <light pos="0 0 1"/><camera pos="0 0 1" mode="fixed"/>
            <geom name="floor" type="plane" size="4 4 .1" contype="1" conaffinity="3"/>
            <body name="base" pos="0 0 1" euler="0 .5 0" childclass="arm">
              <inertial pos="0 0 .1" mass="2" diaginertia=".1 .2 .25"/>
              <joint name="turn" axis="0 0 1" stiffness=".5" springref=".5"/>
              <geom type="mesh" mesh="tetra" mass="1"/><geom type="cylinder" size=".1 .2" priority="1"/>
              <body name="hand" quat="-1 0 1 0">
                <joint name="slide" type="slide" axis="0 1 0"/><geom class="finger"/>
                <geom fromto="0 0 0 0 0 1" type="capsule" size=".1"/>
                <site name="tip" pos="0 0 .1" axisangle="0 0 1 1"/>
              </body>
            </body>
            <body name="wedge" pos="3 0 1">
              <freejoint/><geom type="mesh" mesh="wedge" solimp="0.9 0.95 0.001 .5 2" gap="0"/>
            </body>
            <body name="mocap" mocap="true"><geom type="sphere" size=".1" contype="0" conaffinity="0"/></body>
          </worldbody>
          <equality>
            <weld name="w" body1="mocap" body2="hand" solref="0.02 1" anchor="0 0 0" torquescale="2"/>
          </equality>
          <actuator>
            <position name="servo" joint="slide" ctrllimited="true" forcerange="-5 5" gear="2"/><motor joint="turn"/>
          </actuator>
        </mujoco>
        """;

    private static readonly string[] Values =
    [
        "", " ", "0", "-1", "1", "1e308", "-1e-308", "1e999", "nan", "inf", "0 0 0", "1 2", "1 0 0 0", "99999999999",
        "x", "true", "auto", "mesh", "box", "free", "tetra", "wedge", "base", "arm", "main", "t.stl", "m.xml", "/",
        "../t.stl",
        "\u0663", "1,5", "0x10", "1 2 3 4 5 6 7 8 9 10 11 12 13",
    ];

    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Spoiled_model_files_compile_or_are_refused()
    {
        _folder.Write("t.stl", ModelFolder.Stl(ModelFolder.Tetrahedron(0, 0, 0, 1)));
        Assert.Equal(8, Compile(Scene)!.nv);
        Random random = new(1);
        MatchCollection values = Value().Matches(Scene);
        MatchCollection elements = Element().Matches(Scene);
        int compiled = 0;
        for (int i = 0; i < 7000; i++)
        {
            StringBuilder text = new(Scene);
            switch (i % 4)
            {
                case 0: ReplaceValue(text, values, random); break;
                case 1: MoveElement(text, elements, random); break;
                case 2: SpoilCharacters(text, random); break;
                default:
                    ReplaceValue(text, values, random);
                    if (random.Next(2) == 0) SpoilCharacters(text, random);
                    else text.Length = random.Next(text.Length);
                    break;
            }

            if (Compile(text.ToString()) is not null) compiled++;
        }

        Assert.InRange(compiled, 700, 6000);
    }

    [Fact]
    public void Spoiled_mesh_files_compile_or_are_refused()
    {
        // a cloud of small tetrahedra, so that hulls have something to do
        Random random = new(2);
        float[] cloud = [.. Enumerable.Range(0, 12).SelectMany(_ => ModelFolder.Tetrahedron(
            random.NextSingle(), random.NextSingle(), random.Next(3), 0.2f))];
        byte[] good = ModelFolder.Stl(cloud);
        const string Xml = """
            <mujoco><asset><mesh file="t.stl"/></asset><worldbody>
            <geom type="sphere" size="1"/><body><freejoint/><geom type="mesh" mesh="t"/></body></worldbody></mujoco>
            """;
        int compiled = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = [.. good];
            for (int k = random.Next(1, 8); k > 0; k--) Spoil(ref bytes, random);
            _folder.Write("t.stl", bytes);
            if (Compile(Xml) is not null) compiled++;
        }

        Assert.InRange(compiled, 500, 3300);
    }

    private Model? Compile(string xml)
    {
        string path = Path.Combine(_folder.Root, "m.xml");
        try
        {
            Model model = MjcfCompiler.CompileText(xml, path, ModelCompat.Mj3);
            Assert.All(model.dof_invweight0, weight => Assert.True(double.IsFinite(weight)));
            Assert.All(model.geom_pos, x => Assert.True(double.IsFinite(x)));
            Assert.All(model.mesh_edge, corner => Assert.InRange(corner, 0, model.nmeshvert - 1));
            Assert.Equal(11 * model.neq, model.eq_data.Length);
            return model;
        }
        catch (KalmException e)
        {
            // file, line, and the element where the file is well-formed
            Assert.StartsWith(path + ":", e.Message, StringComparison.Ordinal);
            Assert.Matches(@":\d+: (<[\w.:-]+>: .|not a well-formed model file: .)", e.Message);
            return null;
        }
    }

    private static void ReplaceValue(StringBuilder text, MatchCollection values, Random random)
    {
        Capture at = values[random.Next(values.Count)].Groups[1];
        string value = random.Next(4) > 0
            ? Values[random.Next(Values.Length)]
            : ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20))).ToString(CultureInfo.InvariantCulture);
        text.Remove(at.Index, at.Length).Insert(at.Index, value);
    }

    // an element appears elsewhere too, or instead of another one
    private static void MoveElement(StringBuilder text, MatchCollection elements, Random random)
    {
        Match from = elements[random.Next(elements.Count)], to = elements[random.Next(elements.Count)];
        if (random.Next(2) == 0) text.Remove(to.Index, to.Length);
        text.Insert(to.Index, from.Value);
    }

    private static void SpoilCharacters(StringBuilder text, Random random)
    {
        string[] pieces =
            ["\"", "<", "/>", "&amp;", "&#0;", "-", "1e308", "<!--", "]]>", "body", "pos=", "\0", "<?x?>"];
        for (int k = random.Next(1, 4); k > 0; k--)
        {
            int at = random.Next(text.Length);
            int length = Math.Min(random.Next(0, 12), text.Length - at);
            text.Remove(at, length).Insert(at, pieces[random.Next(pieces.Length)]);
        }
    }

    private static void Spoil(ref byte[] bytes, Random random)
    {
        float[] numbers = [float.NaN, float.PositiveInfinity, 1e9f, -1e9f, 0, -0f, float.Epsilon, 0.2f, 1, 1e-30f];
        int at = 84 + (random.Next((bytes.Length - 84) / 50) * 50) + (random.Next(12) * 4);
        switch (random.Next(16))
        {
            case 0: bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes = bytes[..random.Next(84 + 50, bytes.Length + 1)]; break;
            case 2: BitConverter.TryWriteBytes(bytes.AsSpan(80), random.Next(-2, 60)); break;
            case < 7: BitConverter.TryWriteBytes(bytes.AsSpan(at), numbers[random.Next(3, numbers.Length)]); break;
            case 7: BitConverter.TryWriteBytes(bytes.AsSpan(at), numbers[random.Next(numbers.Length)]); break;
            default: BitConverter.TryWriteBytes(bytes.AsSpan(at), random.NextSingle()); break;
        }
    }

    [GeneratedRegex("=\"([^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("<[^<>]*/>")]
    private static partial Regex Element();
}

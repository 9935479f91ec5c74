using System.Buffers.Binary;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Tests.Models;

/// <summary>Mesh files: what is read of them and what is refused.</summary>
[Trait("Isa", "once")]
public sealed class MeshFileTests : IDisposable
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tetrahedron_is_read_centered_and_weighed()
    {
        _folder.Write("t.stl", ModelFolder.Stl(ModelFolder.Tetrahedron(1, 2, 3, 0.5f)));
        Model model = Compile("scale=\"2 2 2\"");

        // legs of 1: volume 1/6, center a quarter of each leg from the corner; single precision throughout
        Assert.Equal([2.25, 4.25, 6.25], model.geom_pos.Select(x => Math.Round(x, 6)));
        Assert.Equal(1000.0 / 6, model.body_mass[1], 1e-4);
        Assert.Equal(4, model.mesh_vertnum[0]);
        Assert.Equal([0, 3, 6, 9], model.mesh_edgeadr);
        Assert.Equal([1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2], model.mesh_edge);

        // moments about the center in units of m / 80: 8 about the diagonal, 5 across
        double unit = 1000.0 / 6 / 80;
        double[] expected = [8 * unit, 5 * unit, 5 * unit];
        for (int k = 0; k < 3; k++) Assert.Equal(expected[k], model.body_inertia[3 + k], 1e-5);
    }

    [Fact]
    public void Mirrored_mesh_keeps_its_volume()
    {
        _folder.Write("t.stl", ModelFolder.Stl(ModelFolder.Tetrahedron(0, 0, 0, 1)));
        Model model = Compile("scale=\"-1 1 1\"");
        Assert.Equal(1000.0 / 6, model.body_mass[1], 1e-4);
        Assert.Equal(-0.25, model.geom_pos[0], 1e-6);
    }

    [Fact]
    public void Mesh_that_cannot_collide_has_no_hull()
    {
        _folder.Write("t.stl", ModelFolder.Stl(ModelFolder.Tetrahedron(0, 0, 0, 1)));
        Model model = Compile("/><mesh name=\"u\" file=\"t.stl\"");
        Assert.Equal(["t", "u"], model.names.Meshes);
        Assert.Equal([4, 0], model.mesh_vertnum);
    }

    [Fact]
    public void Reference_pose_is_taken_away_first()
    {
        _folder.Write("t.stl", ModelFolder.Stl(ModelFolder.Tetrahedron(5, 0, 0, 1)));

        // shifted to the origin, turned back by a quarter turn about z: x becomes -y
        Model model = Compile("refpos=\"5 0 0\" refquat=\"1 0 0 1\"");
        Assert.Equal([0.25, -0.25, 0.25], model.geom_pos.Select(x => Math.Round(x, 6)));
    }

    [Fact]
    public void Vertices_of_a_model_file_make_a_hull_as_in_MuJoCo()
    {
        const string Xml = """
            <mujoco><asset><mesh name="m" scale="1 2 1" vertex="0 0 0 1 0 0 0 .5 0 0 0 .7 .9 .8 .7 .3 .3 .3"/></asset>
            <worldbody><body><freejoint/><geom type="mesh" mesh="m" pos="1 0 0" euler="10 20 30"/></body></worldbody>
            </mujoco>
            """;
        Model model = MjcfCompiler.CompileText(Xml, "m.xml", ModelCompat.Mj3);

        // what MuJoCo 3.3.8 makes of it in double precision; ours is single
        const double Single = 1e-6;
        Assert.Equal(5, model.mesh_vertnum[0]);
        Assert.Equal(408.33332637945813, model.body_mass[1], 400 * Single);
        double[] pos = [1.1851409886289441, 0.615394828966863, 0.3642636918737476];
        double[] quat = [0.4340801293551665, 0.7371772114000308, -0.4099446665651413, 0.31636935794459287];
        double[] inertia = [68.59182534047623, 59.83748100097974, 28.868607917644244];
        for (int k = 0; k < 3; k++) Assert.Equal(pos[k], model.geom_pos[k], Single);
        for (int k = 0; k < 4; k++) Assert.Equal(quat[k], model.geom_quat[k], 10 * Single);
        for (int k = 0; k < 3; k++) Assert.Equal(inertia[k], model.body_inertia[3 + k], 100 * Single);
    }

    [Fact]
    public void Broken_files_are_refused_by_name()
    {
        byte[] good = ModelFolder.Stl(ModelFolder.Tetrahedron(0, 0, 0, 1));
        AssertRefused([], "0 bytes are no binary STL file");
        AssertRefused("solid t\nendsolid"u8.ToArray(), "16 bytes are no binary STL file");
        AssertRefused(good[..100], "a binary STL file of 4 triangles has 284 bytes, this one has 100");
        AssertRefused([.. good, 0], "a binary STL file of 4 triangles has 284 bytes, this one has 285");
        AssertRefused(With(good, 80, 0), "its header says 0");
        AssertRefused(With(good, 80, -1), "its header says 4294967295");
        AssertRefused(With(good, 80, 85_899_346), "its header says 85899346");
        AssertRefused(With(good, 96, BitConverter.SingleToInt32Bits(float.NaN)), "coordinate NaN of triangle 0");
        AssertRefused(With(good, 146, BitConverter.SingleToInt32Bits(2e9f)), "of triangle 1 is too large");
        AssertRefused(ModelFolder.Stl(new float[36]), "1 vertices found, at least 4 expected");
        AssertRefused(ModelFolder.Stl([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]), "volume is too small");
        AssertRefused(new byte[20_000_000], "larger than 200000 triangles can be");

        static byte[] With(byte[] bytes, int at, int value)
        {
            byte[] copy = [.. bytes];
            BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(at), value);
            return copy;
        }
    }

    [Fact]
    public void Meshes_without_end_are_refused()
    {
        float[] many = [.. Enumerable.Range(0, 50_000).SelectMany(_ => ModelFolder.Tetrahedron(0, 0, 0, 1))];
        _folder.Write("t.stl", ModelFolder.Stl(many));
        string meshes = string.Concat(Enumerable.Range(0, 6).Select(i => $"/>\n<mesh name=\"m{i}\" file=\"t.stl\""));
        KalmException error = Assert.Throws<KalmException>(() => Compile(meshes));
        Assert.EndsWith("m.xml:6: <mesh>: more than 1000000 triangles in all meshes", error.Message, Ordinal);
    }

    private void AssertRefused(byte[] file, string message)
    {
        _folder.Write("t.stl", file);
        KalmException error = Assert.Throws<KalmException>(() => Compile(""));
        Assert.Contains("m.xml:1: <mesh>: file=\"t.stl\": ", error.Message, Ordinal);
        Assert.Contains(message, error.Message, Ordinal);
    }

    private Model Compile(string attributes) => MjcfCompiler.CompileText(
        $"""
        <mujoco><asset><mesh file="t.stl" {attributes}/></asset>
        <worldbody><body><freejoint/><geom type="mesh" mesh="t"/></body></worldbody></mujoco>
        """,
        Path.Combine(_folder.Root, "m.xml"),
        ModelCompat.Mj3);
}

using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Formats;

public sealed class NpyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kalm-npy-").FullName;

    public static TheoryData<Array> EveryType => new()
    {
        new float[] { 1.5f, -0f, float.NaN, float.MaxValue, 2, 3 },
        new double[] { 1e300, 2, 3, 4, 5, 6 },
        new int[] { int.MinValue, -1, 0, 1, 2, 3 },
        new long[] { long.MinValue, -1, 0, 1, 2, 3 },
        new byte[] { 0, 1, 2, 3, 254, 255 },
        new bool[] { true, false, true, true, false, false },
        new string[] { "", "green", "ball — left", "日本", "😀", "x" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(EveryType))]
    public void Arrays_come_back_as_they_were_written(Array values)
    {
        string path = Path.Combine(_folder, "a.npy");
        Npy.Write(path, values, 2, 3);
        NpyArray read = Npy.Read(path);
        Assert.Equal(values, read.Values);
        Assert.Equal([2, 3], read.Shape);
        Assert.False(File.Exists(path + ".tmp"));
    }

    [Fact]
    public void A_single_number_and_an_empty_array_have_their_shapes()
    {
        string path = Path.Combine(_folder, "a.npy");
        Npy.Write(path, new double[] { 7 });
        Assert.Empty(Npy.Read(path).Shape);
        Npy.Write(path, Array.Empty<float>(), 0, 5);
        Assert.Equal([0, 5], Npy.Read(path).Shape);
    }

    [Fact]
    public void The_header_is_what_NumPy_writes()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, new NpyArray(new float[] { 1 }, 1));
        byte[] file = stream.ToArray();
        Assert.Equal(128 + 4, file.Length);
        Assert.StartsWith(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
            System.Text.Encoding.ASCII.GetString(file, 10, 118));
        Assert.Equal((byte)'\n', file[127]);
    }

    [Fact]
    public void Version_2_and_Fortran_order_are_read()
    {
        byte[] header =
            System.Text.Encoding.ASCII.GetBytes("{'shape': (2, 3), 'fortran_order': True, 'descr': '<i4'}\n");
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, (byte)header.Length, 0, 0, 0, .. header, .. Ints(1, 2, 3, 4, 5, 6)];
        NpyArray read = Npy.Read(file, "f.npy");
        Assert.Equal(new int[] { 1, 3, 5, 2, 4, 6 }, read.Values);
    }

    [Fact]
    public void A_view_shows_the_elements_in_place()
    {
        string path = Path.Combine(_folder, "a.npy");
        Npy.Write(path, new int[] { 4, 5, 6 }, 3);
        using NpyView view = NpyView.Open(path);
        Assert.Equal([4, 5, 6], view.AsSpan<int>().ToArray());
        Assert.Throws<KalmException>(() => view.AsSpan<float>().Length);
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "'>f4'")]
    [InlineData("{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }", "'<f2'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "needs 8 bytes, found 4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "axis size")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999), }", "too large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "expected the fields")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "expected True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}", "'x'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + 1", "closing")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "pickled")]
    [InlineData("", "expected '{'")]
    public void A_bad_header_is_refused_by_field(string header, string story)
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes(header);
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text, 0, 0, 0, 0];
        var error = Assert.Throws<KalmException>(() => Npy.Read(file, "bad.npy"));
        Assert.StartsWith("bad.npy: ", error.Message);
        Assert.Contains(story, error.Message);
    }

    [Fact]
    public void Missing_empty_and_truncated_files_give_one_error()
    {
        string path = Path.Combine(_folder, "a.npy");
        Assert.Contains("no such file", Assert.Throws<KalmException>(() => Npy.Read(path)).Message);
        File.WriteAllBytes(path, []);
        Assert.Contains("empty", Assert.Throws<KalmException>(() => Npy.Read(path)).Message);
        Npy.Write(path, new float[100], 100);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 1; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<KalmException>(() => Npy.Read(path));
        }
    }

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, new NpyArray(new string[] { "red", "blue" }, 2));
        int refused = Fuzz.Run(stream.ToArray(), 4000, file => Npy.Read(file, "fuzz.npy"));
        Assert.InRange(refused, 1000, 4000);
    }

    private static byte[] Ints(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}

using System.Buffers.Binary;
using System.Text;
using Kalm.Native.Llm;

namespace Kalm.Native.Tests.Llm;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kalm-safetensors").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Safetensors_file_reads_back_what_was_written()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        float[] first = [1.5f, -2, float.MaxValue, 0, 1e-30f, 7];
        float[] second = [3];
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        using (var writer = new SafetensorsWriter(path, [("a.weight", [2, 3]), ("b", [1]), ("none", [0, 4])], metadata))
        {
            writer.Write("a.weight", first);
            writer.Write("b", second);
            writer.Write("none", []);
            Assert.False(File.Exists(path));
            writer.Commit();
        }

        using var reader = new SafetensorsReader(path);
        Assert.Equal(["a.weight", "b", "none"], reader.Entries.Keys.Order());
        Assert.Equal("pt", reader.Metadata["format"]);
        float[] values = new float[6];
        reader.Read("a.weight", [2, 3], values);
        Assert.Equal(first, values);
        reader.Read("b", [1], values.AsSpan(0, 1));
        Assert.Equal(3, values[0]);
        Assert.Equal(0, reader.Entries["a.weight"].Begin % 8);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Safetensors_writer_leaves_nothing_behind_when_not_committed()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        File.WriteAllText(path, "older");
        using (var writer = new SafetensorsWriter(path, [("a", [2])]))
            writer.Write("a", [1f, 2f]);

        Assert.Equal("older", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Safetensors_reader_widens_half_and_bfloat16_exactly()
    {
        // 1.5, -0.25 and the largest finite value of each type
        string header = """
            {"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},
            "b":{"dtype":"BF16","shape":[3],"data_offsets":[6,12]}}
            """;
        byte[] data = new byte[12];
        ushort[] bits = [0x3E00, 0xB400, 0x7BFF, 0x3FC0, 0xBE80, 0x7F7F];
        for (int i = 0; i < bits.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(2 * i), bits[i]);
        using var reader = new SafetensorsReader(Write(header, data));

        float[] values = new float[3];
        reader.Read("h", [3], values);
        Assert.Equal([1.5f, -0.25f, 65504f], values);
        reader.Read("b", [3], values);
        Assert.Equal([1.5f, -0.25f, 3.3895314e38f], values);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "data: expected 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 8, "expected 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "begin <= end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}""", 8, "shape: expected whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", 8, "shape: expected whole numbers")]
    [InlineData("""{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", 8, "dtype")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype: expected a string, found nothing")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "data_offsets")]
    [InlineData("""{"a":[]}""", 8, "expected an object")]
    [InlineData("""[]""", 8, "expected a JSON object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_off""", 8, "not JSON")]
    [InlineData("""{"__metadata__":{"x":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "a string")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}""",
        8, "two")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[],"data_offsets":[4,5]}}""",
        8, "'b', data_offsets: expected begin 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "expected begin 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}""",
        8, "bytes for")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""",
        8, "end <= 8")]
    public void Safetensors_reader_refuses_a_header_that_lies(string header, int dataLength, string expected)
    {
        string path = Write(header, new byte[dataLength]);

        var error = Assert.Throws<InvalidDataException>(() => new SafetensorsReader(path));
        Assert.StartsWith(path, error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(30)]
    [InlineData(-1)]
    public void Safetensors_reader_refuses_a_truncated_file(int length)
    {
        string path = Write("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(length < 0 ? bytes.Length - 1 : length)]);

        var error = Assert.Throws<InvalidDataException>(() => new SafetensorsReader(path));
        Assert.Contains("expected", error.Message);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1000UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x8000_0000_0000_0000UL)]
    public void Safetensors_reader_refuses_an_absurd_header_length(ulong length)
    {
        string path = Write("{}", []);
        byte[] bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<InvalidDataException>(() => new SafetensorsReader(path));
        Assert.Contains("header length", error.Message);
    }

    [Fact]
    public void Safetensors_reader_names_the_tensor_whose_shape_or_type_is_wrong()
    {
        string header = """{"i":{"dtype":"I32","shape":[2],"data_offsets":[0,8]}}""";
        using var reader = new SafetensorsReader(Write(header, new byte[8]));

        float[] two = new float[2];
        string Message(string name, params long[] shape) =>
            Assert.Throws<InvalidDataException>(() => reader.Read(name, shape, two)).Message;
        Assert.Contains("tensor 'i', dtype", Message("i", 2));
        Assert.Contains("expected [1, 2], found [2]", Message("i", 1, 2));
        Assert.Contains("no such tensor", Message("j", 2));
    }

    [Fact]
    public void Safetensors_reader_survives_any_flipped_byte()
    {
        // whatever a flipped byte does, the reader either refuses the file or still keeps inside it
        string path = Write("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);
        byte[] bytes = File.ReadAllBytes(path);
        int refused = 0;
        for (int i = 0; i < bytes.Length - 8; i++)
        {
            byte[] flipped = [.. bytes];
            flipped[i] ^= 0x11;
            File.WriteAllBytes(path, flipped);
            try
            {
                using var reader = new SafetensorsReader(path);
                Assert.All(reader.Entries.Values, e => Assert.InRange(e.End, 0, 8));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 30, bytes.Length);
    }

    private string Write(string header, byte[] data)
    {
        string path = Path.Combine(_folder, "bad.safetensors");
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        File.WriteAllBytes(path, [.. length, .. text, .. data]);
        return path;
    }
}

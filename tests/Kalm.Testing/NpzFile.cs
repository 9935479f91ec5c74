using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Kalm.Testing;

/// <summary>Reads the arrays of numbers in a file of numpy.savez; for recorded data of tests.</summary>
public sealed partial class NpzFile
{
    private readonly Dictionary<string, double[]> _arrays = [];

    /// <summary>Reads a file.</summary>
    public NpzFile(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            string name = Path.GetFileNameWithoutExtension(entry.Name);
            if (Read(bytes.ToArray()) is { } array) _arrays[name] = array;
        }
    }

    /// <summary>All numbers of an array, row by row.</summary>
    public double[] this[string name] => _arrays[name];

    /// <summary>The numbers of one array; null where they are no floats.</summary>
    private static double[]? Read(byte[] file)
    {
        // magic (6), version (2), length of the header (2), header, numbers
        int header = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        string text = Encoding.Latin1.GetString(file, 10, header);
        if (text.Contains("'fortran_order': True", StringComparison.Ordinal))
            throw new InvalidDataException("column-major arrays are not read");
        ReadOnlySpan<byte> data = file.AsSpan(10 + header);
        int size = Description().Match(text).Groups[1].Value switch { "<f8" => 8, "<f4" => 4, _ => 0 };
        if (size == 0) return null;
        double[] numbers = new double[data.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> number = data[(size * i)..];
            numbers[i] = size == 8
                ? BinaryPrimitives.ReadDoubleLittleEndian(number)
                : BinaryPrimitives.ReadSingleLittleEndian(number);
        }

        return numbers;
    }

    [GeneratedRegex("'descr': '([^']*)'")]
    private static partial Regex Description();
}

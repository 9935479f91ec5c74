using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Kalm.Native.Llm;

/// <summary>
/// Reads a safetensors file: an 8-byte little-endian length, a JSON header of that length, then the tensors' bytes.
/// The header is checked whole against the file before anything is read through it.
/// </summary>
public sealed class SafetensorsReader : IDisposable
{
    /// <summary>Largest header accepted, the format's own limit.</summary>
    private const long MaxHeader = 100_000_000;

    private readonly SafeFileHandle _handle;
    private readonly long _dataStart;
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="InvalidDataException">The file is not a well-formed safetensors file.</exception>
    public SafetensorsReader(string path)
    {
        FilePath = path;
        _handle = File.OpenHandle(path);
        try
        {
            long length = RandomAccess.GetLength(_handle);
            if (length < 8)
                throw Bad("header length", "8 bytes", $"a file of {length} bytes");

            Span<byte> prefix = stackalloc byte[8];
            ReadExactly(prefix, 0);
            ulong headerSize = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (headerSize < 2 || headerSize > (ulong)Math.Min(MaxHeader, length - 8))
            {
                string most = Math.Min(MaxHeader, length - 8).ToString(CultureInfo.InvariantCulture);
                throw Bad("header length", $"2 to {most} bytes in a file of {length}", $"{headerSize}");
            }

            byte[] header = new byte[(int)headerSize];
            ReadExactly(header, 8);
            _dataStart = 8 + (long)headerSize;
            ParseHeader(header, length - _dataStart);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>The file, as it was given.</summary>
    public string FilePath { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>The free-form strings of <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    /// <summary>Reads a tensor of type F32, F16 or BF16 as float.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="shape">The shape it must have.</param>
    /// <param name="destination">Receives the elements, row-major; as long as the shape says.</param>
    /// <exception cref="InvalidDataException">No such tensor, or another shape or type.</exception>
    public void Read(string name, ReadOnlySpan<long> shape, Span<float> destination)
    {
        if (!_entries.TryGetValue(name, out SafetensorsEntry? entry))
            throw Bad($"tensor '{name}'", "it in the file", "no such tensor");
        if (!shape.SequenceEqual(entry.Shape.ToArray()))
        {
            throw Bad($"tensor '{name}', shape", SafetensorsEntry.Format(shape.ToArray()),
                SafetensorsEntry.Format(entry.Shape));
        }

        if (destination.Length != entry.Count)
            throw new ArgumentException($"destination holds {destination.Length} of {entry.Count} elements");

        switch (entry.Type)
        {
            case "F32":
                ReadExactly(MemoryMarshal.AsBytes(destination), _dataStart + entry.Begin);
                break;
            case "F16" or "BF16":
                ReadHalf(entry, destination);
                break;
            default:
                throw Bad($"tensor '{name}', dtype", "F32, F16 or BF16", entry.Type);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private void ReadHalf(SafetensorsEntry entry, Span<float> destination)
    {
        ushort[] buffer = new ushort[Math.Min(destination.Length, 1 << 16)];
        for (int done = 0; done < destination.Length; done += buffer.Length)
        {
            Span<ushort> part = buffer.AsSpan(0, Math.Min(buffer.Length, destination.Length - done));
            ReadExactly(MemoryMarshal.AsBytes(part), _dataStart + entry.Begin + (2L * done));
            Span<float> target = destination.Slice(done, part.Length);
            for (int i = 0; i < part.Length; i++)
            {
                // bfloat16 is the upper half of a float
                target[i] = entry.Type == "BF16"
                    ? BitConverter.UInt32BitsToSingle((uint)part[i] << 16)
                    : (float)BitConverter.UInt16BitsToHalf(part[i]);
            }
        }
    }

    private void ReadExactly(Span<byte> destination, long offset)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(_handle, destination, offset);
            if (read == 0)
                throw Bad($"byte {offset}", $"{destination.Length} more bytes", "the end of the file");
            destination = destination[read..];
            offset += read;
        }
    }

    private void ParseHeader(byte[] header, long dataLength)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(header);
        }
        catch (JsonException e)
        {
            throw Bad("header", "a JSON object", $"text that is not JSON ({e.Message})");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Bad("header", "a JSON object", Kind(document.RootElement));

            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                    Metadata = ParseMetadata(property.Value);
                else if (!_entries.TryAdd(property.Name, ParseEntry(property.Name, property.Value, dataLength)))
                    throw Bad($"tensor '{property.Name}'", "one entry in the header", "two");
            }
        }

        // the tensors tile the data part: no byte belongs to two of them or to none
        long end = 0;
        foreach (SafetensorsEntry entry in _entries.Values.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != end)
            {
                throw Bad($"tensor '{entry.Name}', data_offsets", $"begin {end} (where the tensor before it ends)",
                    $"begin {entry.Begin}");
            }

            end = entry.End;
        }

        if (end != dataLength)
            throw Bad("data", $"{end} bytes as the header says", $"{dataLength} bytes");
    }

    private Dictionary<string, string> ParseMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Bad("__metadata__", "an object of strings", Kind(element));

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Bad($"__metadata__, '{property.Name}'", "a string", Kind(property.Value));
            metadata[property.Name] = property.Value.GetString()!;
        }

        return metadata;
    }

    private SafetensorsEntry ParseEntry(string name, JsonElement element, long dataLength)
    {
        string field = $"tensor '{name}'";
        if (element.ValueKind != JsonValueKind.Object)
            throw Bad(field, "an object with dtype, shape and data_offsets", Kind(element));

        if (!element.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String)
        {
            string found = element.TryGetProperty("dtype", out type) ? Kind(type) : "nothing";
            throw Bad($"{field}, dtype", "a string", found);
        }

        int size = SafetensorsEntry.ElementSize(type.GetString()!);
        if (size == 0)
            throw Bad($"{field}, dtype", "a type of the safetensors format", $"'{type.GetString()}'");

        long[] shape = Integers(element, "shape", field);
        long[] offsets = Integers(element, "data_offsets", field);
        if (offsets.Length != 2 || offsets[0] > offsets[1] || offsets[1] > dataLength)
        {
            throw Bad($"{field}, data_offsets", $"two numbers 0 <= begin <= end <= {dataLength}",
                SafetensorsEntry.Format(offsets));
        }

        UInt128 bytes = (UInt128)size;
        foreach (long extent in shape)
        {
            // an empty tensor may stand beside any other extent; anything else is capped before it can overflow
            bytes *= (UInt128)extent;
            if (bytes > long.MaxValue)
                bytes = long.MaxValue;
        }

        if (bytes != (UInt128)(offsets[1] - offsets[0]))
        {
            string expected = $"{bytes} bytes for {type.GetString()} {SafetensorsEntry.Format(shape)}";
            throw Bad($"{field}, data_offsets", expected, $"{offsets[1] - offsets[0]} bytes");
        }

        return new SafetensorsEntry(name, type.GetString()!, shape, offsets[0], offsets[1]);
    }

    private long[] Integers(JsonElement element, string key, string field)
    {
        if (!element.TryGetProperty(key, out JsonElement array) || array.ValueKind != JsonValueKind.Array)
        {
            throw Bad($"{field}, {key}", "an array of whole numbers",
                element.TryGetProperty(key, out array) ? Kind(array) : "nothing");
        }

        long[] values = new long[array.GetArrayLength()];
        int at = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long value) || value < 0)
                throw Bad($"{field}, {key}", "whole numbers from 0 on", item.GetRawText());
            values[at++] = value;
        }

        return values;
    }

    private static string Kind(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "...");
    }

    private InvalidDataException Bad(string field, string expected, string found)
    {
        return new InvalidDataException($"{FilePath}: {Printable(field)}: expected {expected}, found {found}");
    }

    // names come from the file: control characters stay out of the message
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, 200)))
            printable.Append(char.IsControl(c) ? '?' : c);
        return printable.ToString();
    }
}

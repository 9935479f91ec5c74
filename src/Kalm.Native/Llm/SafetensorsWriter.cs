using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Kalm.Native.Llm;

/// <summary>
/// Writes a safetensors file: the header first, then the tensors one by one in the announced order, so that a model
/// never has to be in memory twice. The file appears under its name only with <see cref="Commit"/>.
/// </summary>
public sealed class SafetensorsWriter : IDisposable
{
    private readonly AtomicFile _file;
    private readonly List<SafetensorsEntry> _entries = [];
    private int _next;

    /// <summary>Starts a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Names and shapes of the tensors, all F32, in the order they will be written.</param>
    /// <param name="metadata">Free-form strings for the header, or null.</param>
    public SafetensorsWriter(
        string path,
        IEnumerable<(string Name, long[] Shape)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        long offset = 0;
        foreach ((string name, long[] shape) in tensors)
        {
            long end = checked(offset + (4 * shape.Aggregate(1L, (product, size) => checked(product * size))));
            _entries.Add(new SafetensorsEntry(name, "F32", shape, offset, end));
            offset = end;
        }

        byte[] header = Header(metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        _file = new AtomicFile(path);
        _file.Stream.Write(length);
        _file.Stream.Write(header);
    }

    /// <summary>Writes the next tensor.</summary>
    /// <param name="name">Its name, to make sure that both sides mean the same one.</param>
    /// <param name="values">All its elements, row-major.</param>
    public void Write(string name, ReadOnlySpan<float> values)
    {
        SafetensorsEntry entry = _next < _entries.Count
            ? _entries[_next]
            : throw new InvalidOperationException($"'{name}' comes after the last announced tensor");
        if (entry.Name != name || entry.Count != values.Length)
        {
            throw new ArgumentException(
                $"'{name}' with {values.Length} elements comes where '{entry.Name}' with {entry.Count} was announced");
        }

        _file.Stream.Write(MemoryMarshal.AsBytes(values));
        _next++;
    }

    /// <summary>Flushes the file to the disk and gives it its name.</summary>
    public void Commit()
    {
        if (_next != _entries.Count)
            throw new InvalidOperationException($"'{_entries[_next].Name}' was announced and not written");
        _file.Commit();
    }

    /// <summary>Removes the unfinished file unless it was committed.</summary>
    public void Dispose() => _file.Dispose();

    private byte[] Header(IReadOnlyDictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            foreach (SafetensorsEntry entry in _entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Type);
                json.WriteStartArray("shape");
                foreach (long size in entry.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(entry.Begin);
                json.WriteNumberValue(entry.End);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // spaces up to a multiple of 8 keep the data aligned
        stream.Write(Encoding.ASCII.GetBytes(new string(' ', (int)((8 - (stream.Length % 8)) % 8))));
        return stream.ToArray();
    }
}

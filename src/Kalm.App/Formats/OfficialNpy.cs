using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// A dictionary as the KALM authors' tools save it: <c>numpy.save(file, dict)</c>, one pickled object in a
/// <c>.npy</c> file. Read by <see cref="RestrictedPickle"/>; nothing in the file is executed.
/// </summary>
internal sealed class OfficialNpy
{
    private readonly Dictionary<object, object?> _fields;

    private OfficialNpy(string path, Dictionary<object, object?> fields)
    {
        Path = path;
        _fields = fields;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of the fields.</summary>
    public IEnumerable<string> Names => _fields.Keys.OfType<string>();

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KalmException">
    /// The file is missing, cut off, or holds something else than a dictionary of plain data.
    /// </exception>
    public static OfficialNpy Load(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KalmException($"{path}: no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KalmException($"{path}: cannot be read: {AtomicFile.Reason(e)}");
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">All bytes.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="KalmException">
    /// The bytes are cut off, or hold something else than a dictionary of plain data.
    /// </exception>
    public static OfficialNpy Parse(byte[] file, string name)
    {
        NpyHeader header = NpyHeader.Read(file, name);
        if (header.Type != NpyType.Object || NpyHeader.CountElements(header.Shape, name) != 1)
            throw new KalmException($"{name}: expected one pickled dictionary, found an array of {header.Type}");
        object? content = RestrictedPickle.Read(file, header.DataOffset, name);
        if (content is PickledArray { Value.Values: object?[] and [var only] }) content = only;
        return content is Dictionary<object, object?> fields
            ? new OfficialNpy(name, fields)
            : throw new KalmException(
                $"{name}: expected one pickled dictionary, found {content?.GetType().Name ?? "None"}");
    }

    /// <summary>Where a field is, for errors.</summary>
    public string Where(string field) => $"{Path}: field {field}";

    /// <summary>Whether a field exists.</summary>
    public bool Has(string field) => _fields.ContainsKey(field);

    /// <summary>Whether a field is a list, one entry per rollout.</summary>
    public bool IsList(string field) => _fields.GetValueOrDefault(field) is List<object?>;

    /// <summary>A field that is one array.</summary>
    /// <exception cref="KalmException">The field is missing or something else.</exception>
    public NpyArray Array(string field) => ToArray(Get(field), Where(field));

    /// <summary>A field that is a list of arrays, one per rollout.</summary>
    /// <exception cref="KalmException">The field is missing or something else.</exception>
    public NpyArray[] Arrays(string field)
    {
        if (Get(field) is not List<object?> list) throw new KalmException($"{Where(field)}: expected a list of arrays");
        var arrays = new NpyArray[list.Count];
        for (int i = 0; i < arrays.Length; i++) arrays[i] = ToArray(list[i], $"{Where(field)}, rollout {i}");
        return arrays;
    }

    /// <summary>A field that is an integer.</summary>
    /// <exception cref="KalmException">The field is missing or something else.</exception>
    public int Integer(string field) => Get(field) is long and >= int.MinValue and <= int.MaxValue
        ? (int)(long)Get(field)!
        : throw new KalmException($"{Where(field)}: expected an integer");

    /// <summary>Steps of a rollout: how many of its masks are set; those are the first ones.</summary>
    /// <param name="field">Name of the masks.</param>
    /// <param name="masks">Those of the rollout.</param>
    /// <param name="rollout">Its number, for errors.</param>
    /// <exception cref="KalmException">A mask is set after one that is not.</exception>
    public int PrefixLength(string field, ReadOnlySpan<int> masks, int rollout)
    {
        int length = masks.IndexOf(0) is var end and >= 0 ? end : masks.Length;
        return masks[length..].IndexOfAnyExcept(0) < 0
            ? length
            : throw new KalmException($"{Where(field)}, rollout {rollout}: steps after the first masked one");
    }

    private static NpyArray ToArray(object? value, string where) =>
        (value as PickledArray)?.Value ?? throw new KalmException($"{where}: expected an array");

    private object? Get(string field) => _fields.TryGetValue(field, out object? value)
        ? value
        : throw new KalmException($"{Where(field)}: missing; the file has {string.Join(", ", Names.Take(12))}");
}

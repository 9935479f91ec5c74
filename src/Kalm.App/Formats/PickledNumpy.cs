using System.Text;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// The few NumPy names a data pickle contains, and what they make: element types, arrays, single numbers. Source: the
/// tuples documented for <c>ndarray.__reduce__</c> and <c>dtype.__reduce__</c>.
/// </summary>
/// <param name="name">The file's name, for errors.</param>
/// <param name="fileLength">Bytes of the file; bounds how much may be decoded.</param>
internal sealed class PickledNumpy(string name, long fileLength)
{
    private static readonly string[] Known =
    [
        "numpy.ndarray", "numpy.dtype", "numpy.core.multiarray._reconstruct", "numpy.core.multiarray.scalar",
        "_codecs.encode",
    ];

    // a memo lets a small pickle use the same bytes again and again
    private long _budget = (16 * fileLength) + (1 << 20);

    /// <summary>Whether a name is one of those reproduced here.</summary>
    /// <param name="global">Module and member, joined by a dot.</param>
    public static bool Knows(string global) => Known.Contains(Canonical(global));

    /// <summary>NumPy 2's private module names as NumPy 1 spelled them.</summary>
    /// <param name="global">Module and member, joined by a dot.</param>
    public static string Canonical(string global) =>
        global.StartsWith("numpy._core.", StringComparison.Ordinal) ? "numpy.core." + global[12..] : global;

    /// <summary>What a call of a known name makes.</summary>
    /// <param name="global">The name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="at">Place in the file, for errors.</param>
    public object? Call(string global, object?[] arguments, int at)
    {
        switch (global)
        {
            case "numpy.core.multiarray._reconstruct" when arguments is [PickledGlobal { Name: "numpy.ndarray" }, ..]:
                return new PickledArray();
            case "numpy.dtype" when arguments is [string descr, ..]:
                (NpyType type, int itemSize) = NpyHeader.ParseType(descr, $"{name}: pickle, byte {at}");
                return new PickledType(type, itemSize);
            case "numpy.core.multiarray.scalar" when arguments is [PickledType scalar, ReadOnlyMemory<byte> data]:
                return Decode(scalar, false, [], data, at).Values.GetValue(0);
            case "_codecs.encode" when arguments is [string text, "latin1" or "latin-1"]:
                return new ReadOnlyMemory<byte>(Encoding.Latin1.GetBytes(text));
            default:
                throw Error(at, $"'{global}' with these arguments is refused: only plain data is read");
        }
    }

    /// <summary>Fills an array or completes an element type.</summary>
    /// <param name="target">What is filled.</param>
    /// <param name="state">Its state tuple.</param>
    /// <param name="at">Place in the file, for errors.</param>
    public void SetState(object? target, object? state, int at)
    {
        switch (target)
        {
            case PickledType when state is object?[] fields && fields.Length >= 5:
                if (fields[1] is not ("<" or "|" or "=")) throw Error(at, "an element type that is not little-endian");
                if (fields[2] != null || fields[3] != null || fields[4] != null)
                    throw Error(at, "a structured element type");
                break;
            case PickledArray array
                when state is object?[] and [_, object?[] shape, PickledType type, bool fortran, var data]:
                array.Value = Decode(type, fortran, ToShape(shape, at), data, at);
                break;
            default:
                throw Error(at, "a state for something that is no array");
        }
    }

    private KalmException Error(int at, string what) => new($"{name}: pickle, byte {at}: {what}");

    private int[] ToShape(object?[] sizes, int at)
    {
        if (sizes.Length > 32) throw Error(at, $"an array of {sizes.Length} axes");
        return Array.ConvertAll(sizes, size => size is long and >= 0 and <= int.MaxValue
            ? (int)(long)size
            : throw Error(at, "an array whose shape is no tuple of sizes"));
    }

    private NpyArray Decode(PickledType type, bool fortran, int[] shape, object? data, int at)
    {
        string where = $"{name}: pickle, byte {at}";
        if (data is ReadOnlyMemory<byte> bytes && type.Type != NpyType.Object)
        {
            _budget -= bytes.Length;
            if (_budget < 0) throw Error(at, "more array elements than the file can hold");
            return NpyArray.Decode(type.Type, type.ItemSize, fortran, shape, bytes.Span, where);
        }

        if (data is List<object?> list && type.Type == NpyType.Object)
        {
            _budget -= list.Count;
            if (_budget < 0) throw Error(at, "more array elements than the file can hold");
            if (NpyHeader.CountElements(shape, where) != list.Count)
                throw Error(at, $"shape {NpyHeader.ShapeText(shape)} and {list.Count} objects");
            Array objects = list.ToArray();
            return new NpyArray(fortran && shape.Length > 1 ? NpyArray.ToCOrder(objects, shape) : objects, shape);
        }

        throw Error(at, "an array whose elements are missing");
    }
}

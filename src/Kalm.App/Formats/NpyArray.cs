using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>An array as NumPy means it: elements in C order (last axis fastest) and a shape.</summary>
public sealed class NpyArray
{
    /// <summary>An array over existing elements.</summary>
    /// <param name="values">float[], double[], int[], long[], byte[], bool[] or string[]; object[] in pickles.</param>
    /// <param name="shape">Sizes of the axes; their product is the number of elements.</param>
    /// <exception cref="ArgumentException">The element type is another one, or the product differs.</exception>
    public NpyArray(Array values, params int[] shape)
    {
        Type = TypeOf(values);
        if (NpyHeader.CountElements(shape, "array") != values.Length)
            throw new ArgumentException(
                $"shape {NpyHeader.ShapeText(shape)} does not hold {values.Length} elements", nameof(shape));
        Values = values;
        Shape = shape;
    }

    /// <summary>Element type.</summary>
    public NpyType Type { get; }

    /// <summary>Sizes of the axes.</summary>
    public int[] Shape { get; }

    /// <summary>The elements in C order.</summary>
    public Array Values { get; }

    /// <summary>The elements as floats, converted when they are numbers of another type.</summary>
    /// <param name="where">File and field, for errors.</param>
    /// <exception cref="KalmException">The elements are no numbers.</exception>
    public float[] ToFloats(string where) => Values switch
    {
        float[] floats => floats,
        double[] doubles => Array.ConvertAll(doubles, x => (float)x),
        int[] ints => Array.ConvertAll(ints, x => (float)x),
        long[] longs => Array.ConvertAll(longs, x => (float)x),
        bool[] bools => Array.ConvertAll(bools, x => x ? 1f : 0f),
        _ => throw new KalmException($"{where}: found elements of type {Type}, expected numbers"),
    };

    /// <summary>The elements as integers; a fraction is refused.</summary>
    /// <param name="where">File and field, for errors.</param>
    /// <exception cref="KalmException">The elements are no integers in the range of int.</exception>
    public int[] ToInts(string where) => Values switch
    {
        int[] ints => ints,
        long[] longs => Array.ConvertAll(longs, x => ToInt(x, where)),
        bool[] bools => Array.ConvertAll(bools, x => x ? 1 : 0),
        float[] floats => Array.ConvertAll(floats, x => ToInt(x, where)),
        double[] doubles => Array.ConvertAll(doubles, x => ToInt(x, where)),
        _ => throw new KalmException($"{where}: found elements of type {Type}, expected integers"),
    };

    /// <summary>The elements as texts.</summary>
    /// <param name="where">File and field, for errors.</param>
    /// <exception cref="KalmException">The elements are no texts.</exception>
    public string[] ToStrings(string where) =>
        Values as string[] ?? throw new KalmException($"{where}: found elements of type {Type}, expected text");

    /// <summary>Checks the shape.</summary>
    /// <param name="where">File and field, for errors.</param>
    /// <param name="expected">Sizes of the axes; a negative one allows any size.</param>
    /// <returns>This array.</returns>
    /// <exception cref="KalmException">The shape differs.</exception>
    public NpyArray WithShape(string where, params ReadOnlySpan<int> expected)
    {
        bool same = Shape.Length == expected.Length;
        for (int i = 0; same && i < Shape.Length; i++) same = expected[i] < 0 || Shape[i] == expected[i];
        if (same) return this;
        string wanted = string.Join(", ", expected.ToArray().Select(size => size < 0 ? "any" : $"{size}"));
        throw new KalmException($"{where}: found shape {NpyHeader.ShapeText(Shape)}, expected ({wanted})");
    }

    /// <summary>Builds an array from the bytes of its elements.</summary>
    /// <param name="type">Element type, not <see cref="NpyType.Object"/>.</param>
    /// <param name="itemSize">Bytes of one element.</param>
    /// <param name="fortran">Whether the first axis runs fastest in <paramref name="data"/>.</param>
    /// <param name="shape">Sizes of the axes.</param>
    /// <param name="data">The elements, little-endian.</param>
    /// <param name="where">File and field, for errors.</param>
    /// <exception cref="KalmException">Length and shape disagree, or a text is no valid Unicode.</exception>
    internal static NpyArray Decode(
        NpyType type, int itemSize, bool fortran, int[] shape, ReadOnlySpan<byte> data, string where)
    {
        if (type == NpyType.Object)
            throw new KalmException(
                $"{where}: holds pickled Python objects; only `kalm import` reads official dictionaries");
        int count = NpyHeader.CountElements(shape, where);
        if ((long)count * itemSize != data.Length)
        {
            throw new KalmException(
                $"{where}: shape {NpyHeader.ShapeText(shape)} needs {(long)count * itemSize} bytes, found"
                + $" {data.Length}");
        }

        Array values = type switch
        {
            NpyType.Float32 => MemoryMarshal.Cast<byte, float>(data).ToArray(),
            NpyType.Float64 => MemoryMarshal.Cast<byte, double>(data).ToArray(),
            NpyType.Int32 => MemoryMarshal.Cast<byte, int>(data).ToArray(),
            NpyType.Int64 => MemoryMarshal.Cast<byte, long>(data).ToArray(),
            NpyType.UInt8 => data.ToArray(),
            NpyType.Bool => DecodeBools(data, where),
            _ => DecodeStrings(data, itemSize, where),
        };
        return new NpyArray(fortran && shape.Length > 1 ? ToCOrder(values, shape) : values, shape);
    }

    /// <summary>Rearranges elements from first-axis-fastest to last-axis-fastest.</summary>
    /// <param name="values">Elements in Fortran order.</param>
    /// <param name="shape">Sizes of the axes.</param>
    internal static Array ToCOrder(Array values, int[] shape)
    {
        Array ordered = Array.CreateInstance(values.GetType().GetElementType()!, values.Length);
        int[] index = new int[shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int from = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--) from = (from * shape[axis]) + index[axis];
            ordered.SetValue(values.GetValue(from), i);
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }

        return ordered;
    }

    private static NpyType TypeOf(Array values) => values switch
    {
        float[] => NpyType.Float32,
        double[] => NpyType.Float64,
        int[] => NpyType.Int32,
        long[] => NpyType.Int64,
        bool[] => NpyType.Bool,
        byte[] => NpyType.UInt8,
        string[] => NpyType.Unicode,
        object?[] => NpyType.Object,
        _ => throw new ArgumentException($"{values.GetType()} is no .npy element type", nameof(values)),
    };

    private static int ToInt(double x, string where) => x == Math.Truncate(x) && Math.Abs(x) <= int.MaxValue
        ? (int)x
        : throw new KalmException($"{where}: found {x}, expected an integer");

    private static bool[] DecodeBools(ReadOnlySpan<byte> data, string where)
    {
        bool[] values = new bool[data.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (data[i] > 1) throw new KalmException($"{where}: element {i}: found {data[i]}, expected 0 or 1");
            values[i] = data[i] == 1;
        }

        return values;
    }

    private static string[] DecodeStrings(ReadOnlySpan<byte> data, int itemSize, string where)
    {
        string[] values = new string[data.Length / itemSize];
        var text = new StringBuilder();
        for (int i = 0; i < values.Length; i++)
        {
            text.Clear();
            ReadOnlySpan<byte> item = data.Slice(i * itemSize, itemSize);
            for (int at = 0; at < itemSize; at += 4)
            {
                uint point = BinaryPrimitives.ReadUInt32LittleEndian(item[at..]);
                if (point == 0) break;
                if (!Rune.IsValid(point))
                    throw new KalmException($"{where}: element {i}: U+{point:X} is no Unicode character");
                text.Append(new Rune(point).ToString());
            }

            values[i] = text.ToString();
        }

        return values;
    }
}

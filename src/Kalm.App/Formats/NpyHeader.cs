using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// The header of a <c>.npy</c> file: magic, version, and a Python dictionary literal with the element type, the
/// order and the shape. Source: NumPy Enhancement Proposal 1 and the format's versions 1.0 and 2.0.
/// </summary>
internal sealed class NpyHeader
{
    private const int LargestHeader = 1 << 16;
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private NpyHeader(NpyType type, int itemSize, bool fortran, int[] shape, int dataOffset)
    {
        Type = type;
        ItemSize = itemSize;
        Fortran = fortran;
        Shape = shape;
        DataOffset = dataOffset;
    }

    /// <summary>Element type.</summary>
    public NpyType Type { get; }

    /// <summary>Bytes of one element.</summary>
    public int ItemSize { get; }

    /// <summary>Whether the first axis runs fastest.</summary>
    public bool Fortran { get; }

    /// <summary>Sizes of the axes; empty for a single number.</summary>
    public int[] Shape { get; }

    /// <summary>Where the elements begin in the file.</summary>
    public int DataOffset { get; }

    /// <summary>Reads the header at the start of <paramref name="file"/>.</summary>
    /// <param name="file">The file's bytes, at least its beginning.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="KalmException">
    /// The header is cut off, of another version, or says something unreadable.
    /// </exception>
    public static NpyHeader Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 10 || !file[..6].SequenceEqual(Magic))
            throw new KalmException($"{name}: not a .npy file: expected it to begin with \\x93NUMPY");
        int version = file[6];
        if (version is not (1 or 2) || file[7] != 0)
            throw new KalmException($"{name}: field version: found {file[6]}.{file[7]}, expected 1.0 or 2.0");
        int start = version == 1 ? 10 : 12;
        if (file.Length < start) throw new KalmException($"{name}: cut off inside the header");
        long length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (length > LargestHeader)
            throw new KalmException($"{name}: field header length: found {length}, expected at most {LargestHeader}");
        if (file.Length < start + length)
            throw new KalmException(
                $"{name}: cut off inside the header: {length} bytes announced, {file.Length - start} there");
        string text = Encoding.Latin1.GetString(file.Slice(start, (int)length));
        return new Literal(text, name).Parse(start + (int)length);
    }

    /// <summary>
    /// The header of version 1.0 for an array, padded so that the elements begin at a multiple of 64.
    /// </summary>
    /// <param name="descr">NumPy's name of the element type.</param>
    /// <param name="shape">Sizes of the axes.</param>
    public static byte[] Format(string descr, ReadOnlySpan<int> shape)
    {
        var text = new StringBuilder($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (");
        for (int i = 0; i < shape.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? " " : "")}{shape[i]},");
        if (shape.Length > 1) text.Length--;
        text.Append("), }");
        while ((10 + text.Length + 1) % 64 != 0) text.Append(' ');
        text.Append('\n');
        byte[] header = new byte[10 + text.Length];
        Magic.CopyTo(header, 0);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)text.Length);
        Encoding.Latin1.GetBytes(text.ToString(), header.AsSpan(10));
        return header;
    }

    /// <summary>The element type behind NumPy's name, and the bytes of one element.</summary>
    /// <param name="descr">NumPy's name, for example <c>&lt;f4</c>; pickles leave the byte order out.</param>
    /// <param name="where">File and field, for errors.</param>
    /// <exception cref="KalmException">The type is none of <see cref="NpyType"/>.</exception>
    public static (NpyType Type, int ItemSize) ParseType(string descr, string where)
    {
        string plain = descr.TrimStart('<', '|', '=');
        switch (plain)
        {
            case "f4": return (NpyType.Float32, 4);
            case "f8": return (NpyType.Float64, 8);
            case "i4": return (NpyType.Int32, 4);
            case "i8": return (NpyType.Int64, 8);
            case "u1": return (NpyType.UInt8, 1);
            case "b1": return (NpyType.Bool, 1);
            case "O" or "O8": return (NpyType.Object, 8);
        }

        if (plain.StartsWith('U')
            && int.TryParse(plain.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            && size is > 0 and <= 1 << 20)
            return (NpyType.Unicode, size * 4);
        throw new KalmException(
            $"{where}: found the element type '{descr}', expected <f4, <f8, <i4, <i8, |u1, |b1 or <U…");
    }

    /// <summary>Number of elements of a shape, refused when one array cannot hold them.</summary>
    /// <param name="shape">Sizes of the axes.</param>
    /// <param name="where">File and field, for errors.</param>
    public static int CountElements(ReadOnlySpan<int> shape, string where)
    {
        long count = 1;
        foreach (int size in shape)
        {
            count *= size;
            if (size < 0 || count > Array.MaxLength)
                throw new KalmException($"{where}: shape {ShapeText(shape)} is too large");
        }

        return (int)count;
    }

    /// <summary>A shape as Python writes it.</summary>
    public static string ShapeText(ReadOnlySpan<int> shape) => $"({string.Join(", ", shape.ToArray())})";

    /// <summary>The parser of the header's dictionary literal: strings, booleans and tuples of integers only.</summary>
    private sealed class Literal(string text, string name)
    {
        private int _at;

        public NpyHeader Parse(int dataOffset)
        {
            string? descr = null;
            bool? fortran = null;
            int[]? shape = null;
            Expect('{');
            while (!TryTake('}'))
            {
                string key = TakeString();
                Expect(':');
                if (key == "descr" && descr == null) descr = TakeString();
                else if (key == "fortran_order" && fortran == null) fortran = TakeBool();
                else if (key == "shape" && shape == null) shape = TakeShape();
                else throw Error($"field '{key}' is unknown or occurs twice");
                if (!TryTake(',') && Peek() != '}') throw Error("expected ',' or '}'");
            }

            if (Peek() != '\0') throw Error("text after the closing '}'");
            if (descr == null || fortran == null || shape == null)
                throw Error("expected the fields descr, fortran_order and shape");
            (NpyType type, int itemSize) = ParseType(descr, $"{name}: field descr");
            return new NpyHeader(type, itemSize, fortran.Value, shape, dataOffset);
        }

        private KalmException Error(string what) => new($"{name}: header, character {_at}: {what}");

        private char Peek()
        {
            while (_at < text.Length && text[_at] is ' ' or '\n') _at++;
            return _at < text.Length ? text[_at] : '\0';
        }

        private bool TryTake(char expected)
        {
            if (Peek() != expected) return false;
            _at++;
            return true;
        }

        private void Expect(char expected)
        {
            if (!TryTake(expected)) throw Error($"expected '{expected}'");
        }

        private string TakeString()
        {
            char quote = Peek();
            if (quote is not ('\'' or '"')) throw Error("expected a string");
            int end = text.IndexOf(quote, _at + 1);
            if (end < 0) throw Error("a string without an end");
            string value = text[(_at + 1)..end];
            _at = end + 1;
            return value;
        }

        private bool TakeBool()
        {
            Peek();
            foreach (string word in (string[])["False", "True"])
            {
                if (!text.AsSpan(_at).StartsWith(word)) continue;
                _at += word.Length;
                return word == "True";
            }

            throw Error("expected True or False");
        }

        private int[] TakeShape()
        {
            var sizes = new List<int>();
            Expect('(');
            while (!TryTake(')'))
            {
                Peek();
                int start = _at;
                while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
                ReadOnlySpan<char> digits = text.AsSpan(start, _at - start);
                if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int size))
                    throw Error("expected an axis size");
                sizes.Add(size);
                if (sizes.Count > 32) throw Error("more than 32 axes");
                if (!TryTake(',') && Peek() != ')') throw Error("expected ',' or ')'");
            }

            return [.. sizes];
        }
    }
}

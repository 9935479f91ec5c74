using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>Reads and writes <c>.npy</c> files, format versions 1.0 and 2.0.</summary>
public static class Npy
{
    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KalmException">The file is missing, cut off, or holds something else.</exception>
    public static NpyArray Read(string path)
    {
        using NpyView view = NpyView.Open(path);
        return view.ToArray();
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="KalmException">The bytes are cut off, or hold something else.</exception>
    public static NpyArray Read(ReadOnlySpan<byte> file, string name)
    {
        NpyHeader header = NpyHeader.Read(file, name);
        return NpyArray.Decode(
            header.Type, header.ItemSize, header.Fortran, header.Shape, file[header.DataOffset..], name);
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">Where it shall be.</param>
    /// <param name="array">The array; no pickled objects.</param>
    /// <exception cref="KalmException">The file cannot be written.</exception>
    public static void Write(string path, NpyArray array) => AtomicFile.Write(path, stream => Write(stream, array));

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">Where it shall be.</param>
    /// <param name="values">The elements in C order.</param>
    /// <param name="shape">Sizes of the axes.</param>
    /// <exception cref="KalmException">The file cannot be written.</exception>
    public static void Write(string path, Array values, params int[] shape) => Write(path, new NpyArray(values, shape));

    /// <summary>Writes an array to a stream.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="array">The array; no pickled objects.</param>
    public static void Write(Stream stream, NpyArray array)
    {
        switch (array.Values)
        {
            case float[] values: WriteNumbers<float>(stream, "<f4", array.Shape, values); break;
            case double[] values: WriteNumbers<double>(stream, "<f8", array.Shape, values); break;
            case int[] values: WriteNumbers<int>(stream, "<i4", array.Shape, values); break;
            case long[] values: WriteNumbers<long>(stream, "<i8", array.Shape, values); break;
            case byte[] values: WriteNumbers<byte>(stream, "|u1", array.Shape, values); break;
            case bool[] values: WriteNumbers<bool>(stream, "|b1", array.Shape, values); break;
            case string[] values: WriteStrings(stream, array.Shape, values); break;
            default: throw new ArgumentException("objects are not written", nameof(array));
        }
    }

    private static void WriteNumbers<T>(Stream stream, string descr, int[] shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        stream.Write(NpyHeader.Format(descr, shape));

        // a span of bytes holds at most 2^31 - 1 of them
        const int Piece = 1 << 24;
        for (int at = 0; at < values.Length; at += Piece)
            stream.Write(MemoryMarshal.AsBytes(values.Slice(at, Math.Min(Piece, values.Length - at))));
    }

    private static void WriteStrings(Stream stream, int[] shape, string[] values)
    {
        int length = Math.Max(1, values.Length == 0 ? 1 : values.Max(text => text.EnumerateRunes().Count()));
        stream.Write(NpyHeader.Format($"<U{length}", shape));
        byte[] item = new byte[length * 4];
        foreach (string text in values)
        {
            Array.Clear(item);
            int at = 0;
            foreach (Rune rune in text.EnumerateRunes())
            {
                BinaryPrimitives.WriteInt32LittleEndian(item.AsSpan(at), rune.Value);
                at += 4;
            }

            stream.Write(item);
        }
    }
}

using System.IO.MemoryMappedFiles;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>A <c>.npy</c> file mapped into memory: pages are read when they are touched.</summary>
public sealed unsafe class NpyView : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly long _length;
    private readonly NpyHeader _header;
    private readonly string _name;
    private bool _disposed;

    private NpyView(string path, FileStream stream)
    {
        _name = path;
        _length = stream.Length;
        _file = MemoryMappedFile.CreateFromFile(
            stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        try
        {
            _header = NpyHeader.Read(new ReadOnlySpan<byte>(_start, (int)Math.Min(_length, 1 << 20)), path);
            int count = NpyHeader.CountElements(_header.Shape, path);
            long bytes = (long)count * _header.ItemSize;
            if (_header.Type != NpyType.Object && bytes != _length - _header.DataOffset)
            {
                throw new KalmException(
                    $"{path}: shape {NpyHeader.ShapeText(_header.Shape)} needs {bytes} bytes, found"
                    + $" {_length - _header.DataOffset}");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Element type.</summary>
    public NpyType Type => _header.Type;

    /// <summary>Sizes of the axes.</summary>
    public ReadOnlySpan<int> Shape => _header.Shape;

    /// <summary>Maps a file; header and length are checked before this returns.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KalmException">The file is missing, cut off, or holds something else.</exception>
    public static NpyView Open(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > 0) return new NpyView(path, stream);
            stream.Dispose();
            throw new KalmException($"{path}: not a .npy file: it is empty");
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

    /// <summary>
    /// The elements where they lie in the file, in the file's order; valid until <see cref="Dispose"/>.
    /// </summary>
    /// <typeparam name="T">float, double, int, long, byte or bool, as <see cref="Type"/> says.</typeparam>
    /// <exception cref="KalmException">
    /// The file holds another type, runs in Fortran order, or has more elements than a span.
    /// </exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Type != TypeOf<T>())
            throw new KalmException($"{_name}: found elements of type {Type}, expected {TypeOf<T>()}");
        if (_header.Fortran && _header.Shape.Length > 1)
            throw new KalmException($"{_name}: field fortran_order: expected False");
        return new ReadOnlySpan<T>(_start + _header.DataOffset, NpyHeader.CountElements(_header.Shape, _name));
    }

    /// <summary>Copies the elements into an array in C order.</summary>
    public NpyArray ToArray()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long bytes = _length - _header.DataOffset;
        if (bytes > int.MaxValue)
            throw new KalmException($"{_name}: {bytes} bytes are more than fit into one array; map it");
        return NpyArray.Decode(
            _header.Type, _header.ItemSize, _header.Fortran, _header.Shape,
            new ReadOnlySpan<byte>(_start + _header.DataOffset, (int)bytes), _name);
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static NpyType TypeOf<T>() => System.Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => NpyType.Float32,
        TypeCode.Double => NpyType.Float64,
        TypeCode.Int32 => NpyType.Int32,
        TypeCode.Int64 => NpyType.Int64,
        TypeCode.Byte => NpyType.UInt8,
        TypeCode.Boolean => NpyType.Bool,
        _ => throw new ArgumentException($"{typeof(T)} is no .npy element type"),
    };
}

using System.IO.Compression;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>Reads <c>.npz</c> files: zip archives of <c>.npy</c> arrays, as <c>numpy.savez</c> writes them.</summary>
public static class Npz
{
    // a file that unpacks to more than this is none that anybody recorded
    private const long LargestContent = 1L << 30;
    private const int MostArrays = 4096;

    // deflate makes nothing smaller than to a 1032nd
    private const int BestRatio = 1032;
    private const string Ending = ".npy";

    /// <summary>Reads all arrays of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The arrays by name, without the ending <c>.npy</c>.</returns>
    /// <exception cref="KalmException">
    /// The file is missing, cut off, too large, holds something else or a name twice.
    /// </exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using ZipArchive archive = new(file, ZipArchiveMode.Read);
            return Read(archive, path);
        }
        catch (InvalidDataException e)
        {
            throw new KalmException($"{path}: not a .npz file, or a broken one: {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KalmException($"{path}: no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new KalmException($"{path}: {AtomicFile.Reason(e)}", e);
        }
    }

    private static Dictionary<string, NpyArray> Read(ZipArchive archive, string path)
    {
        if (archive.Entries.Count > MostArrays)
            throw new KalmException($"{path}: found {archive.Entries.Count} arrays, expected at most {MostArrays}");
        Dictionary<string, NpyArray> arrays = [];
        long total = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string where = $"{path}: {entry.FullName}";
            if (!entry.FullName.EndsWith(Ending, StringComparison.Ordinal))
                throw new KalmException($"{where}: expected a name that ends with {Ending}");
            total += entry.Length;
            if (entry.Length > LargestContent || total > LargestContent)
                throw new KalmException($"{where}: arrays of more than {LargestContent} bytes in all");
            if (entry.Length / BestRatio > entry.CompressedLength)
                throw new KalmException($"{where}: announces {entry.Length} bytes from {entry.CompressedLength}");
            if (!arrays.TryAdd(entry.FullName[..^Ending.Length], Npy.Read(Unpack(entry, where), where)))
                throw new KalmException($"{where}: occurs twice");
        }

        return arrays;
    }

    // exactly the announced bytes: neither less nor a stream that goes on
    private static byte[] Unpack(ZipArchiveEntry entry, string where)
    {
        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length < bytes.Length)
            throw new KalmException($"{where}: announces {bytes.Length} bytes, found {length}");
        if (stream.ReadByte() >= 0) throw new KalmException($"{where}: announces {bytes.Length} bytes, found more");
        return bytes;
    }
}

using System.Text;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// Files that are there whole or not at all: written under a temporary name beside their place, flushed to the disk,
/// then renamed. A process killed at any moment leaves the former file untouched.
/// </summary>
public static class AtomicFile
{
    /// <summary>Ending of files that are still being written.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Writes a file through <paramref name="write"/> and puts it in place at the end.</summary>
    /// <param name="path">Where the file shall be; its folder is made when it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="KalmException">
    /// The file cannot be written (full disk, no permission, a folder of that name).
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        string temporary = full + TemporarySuffix;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            TryDelete(temporary);
            throw new KalmException($"{path}: cannot be written: {Reason(e)}; the former file, if any, is untouched");
        }
    }

    /// <summary>Writes a text file (UTF-8, no byte order mark).</summary>
    /// <param name="path">Where the file shall be.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="KalmException">The file cannot be written.</exception>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(new UTF8Encoding(false).GetBytes(text)));

    /// <summary>
    /// Deletes a folder that is not needed any more: it gets another name first, so that a process killed meanwhile
    /// never leaves a folder of this name with some of its files.
    /// </summary>
    /// <param name="path">The folder; need not exist.</param>
    /// <exception cref="KalmException">It cannot be deleted.</exception>
    public static void DeleteFolder(string path)
    {
        string doomed = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + TemporarySuffix;
        try
        {
            if (Directory.Exists(doomed)) Directory.Delete(doomed, recursive: true);
            if (!Directory.Exists(path)) return;
            Directory.Move(path, doomed);
            Directory.Delete(doomed, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KalmException($"{path}: cannot be deleted: {Reason(e)}");
        }
    }

    /// <summary>What went wrong with a file, in a user's words.</summary>
    /// <param name="error">The error of the file system.</param>
    internal static string Reason(Exception error)
    {
        // the low half of HResult is errno on Unix: 28 ENOSPC, 122 EDQUOT
        int errno = error.HResult & 0xffff;
        if (error is IOException && (errno is 28 or 122 or 0x70)) return "the disk is full";
        if (error is UnauthorizedAccessException) return "permission denied";
        return error.Message.TrimEnd('.');
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the first error is the one worth telling
        }
    }
}

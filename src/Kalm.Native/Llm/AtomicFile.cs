namespace Kalm.Native.Llm;

/// <summary>
/// A file that appears whole or not at all: written under a temporary name beside its target, flushed to the disk,
/// then renamed over it.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _committed;

    /// <summary>Opens the temporary file for writing.</summary>
    /// <param name="path">Where the file shall stand after <see cref="Commit"/>.</param>
    public AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        _temporary = _path + ".tmp" + Environment.ProcessId;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        Stream = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    /// <summary>The stream to write to.</summary>
    public FileStream Stream { get; }

    /// <summary>Writes a text file in UTF-8 without a byte order mark.</summary>
    public static void WriteText(string path, string text)
    {
        using var file = new AtomicFile(path);
        file.Stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Commit();
    }

    /// <summary>Flushes what was written to the disk and gives the file its name.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
    }

    /// <summary>Removes the temporary file unless it was committed.</summary>
    public void Dispose()
    {
        if (_committed)
            return;

        // closing flushes the buffer, which fails again on a full disk: the first error is the one to report
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
        }

        File.Delete(_temporary);
    }
}

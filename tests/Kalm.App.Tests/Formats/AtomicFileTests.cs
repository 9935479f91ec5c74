using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Formats;

public class AtomicFileTests
{
    [Fact]
    public void Failed_write_leaves_the_former_file_and_nothing_else()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("kalm-atomic-");
        string path = Path.Combine(folder.FullName, "a.txt");
        AtomicFile.WriteText(path, "former");

        var e = Assert.Throws<KalmException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device", 28);
        }));

        Assert.Contains("the disk is full", e.Message);
        Assert.Equal("former", File.ReadAllText(path));
        Assert.Single(folder.GetFileSystemInfos());
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Folder_is_deleted_even_after_a_deletion_that_was_cut_short()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("kalm-atomic-");
        string path = Path.Combine(folder.FullName, "parts");
        Directory.CreateDirectory(path + AtomicFile.TemporarySuffix);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "a"), "");

        AtomicFile.DeleteFolder(path);
        AtomicFile.DeleteFolder(path);

        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete();
    }
}

using System.IO.Compression;
using Kalm.App.Formats;
using Kalm.Kernels.Memory;
using Kalm.Testing;

namespace Kalm.App.Tests.Formats;

public sealed class NpzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kalm-npz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Arrays_come_back_by_name(CompressionLevel level)
    {
        string path = Write(level, ("qpos.npy", [1, 2, 3, 4, 5, 6]), ("ctrl.npy", [7, 8]));
        IReadOnlyDictionary<string, NpyArray> arrays = Npz.Read(path);
        Assert.Equal(["ctrl", "qpos"], arrays.Keys.Order());
        Assert.Equal([1, 2, 3, 4, 5, 6], (double[])arrays["qpos"].Values);
        Assert.Equal([6], arrays["qpos"].Shape);
    }

    [Fact]
    public void A_name_twice_and_a_file_of_another_kind_are_refused()
    {
        string twice = Write(CompressionLevel.Fastest, ("a.npy", [1]), ("a.npy", [2]));
        Assert.EndsWith("a.npy: occurs twice", Refusal(twice), StringComparison.Ordinal);
        string other = Write(CompressionLevel.Fastest, ("a.txt", [1]));
        Assert.EndsWith("expected a name that ends with .npy", Refusal(other), StringComparison.Ordinal);
        string text = Path.Combine(_folder, "text.npz");
        File.WriteAllText(text, "no archive");
        Assert.StartsWith($"{text}: not a .npz file", Refusal(text));
        Assert.StartsWith(Path.Combine(_folder, "none.npz"), Refusal(Path.Combine(_folder, "none.npz")));
    }

    [Fact]
    public void A_size_no_compression_reaches_is_refused_before_memory_is_taken()
    {
        // the announced size of the only entry, in its own header and in the directory at the end
        string path = Write(CompressionLevel.NoCompression, ("a.npy", [1]));
        byte[] file = File.ReadAllBytes(path);
        int directory = file.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(file.AsSpan(directory + 24), 1 << 29);
        File.WriteAllBytes(path, file);
        Assert.Contains("announces 536870912 bytes", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_and_nothing_else_happens()
    {
        double[] numbers = [.. Enumerable.Range(0, 200).Select(i => Math.Sqrt(i))];
        byte[] file = File.ReadAllBytes(Write(CompressionLevel.Optimal, ("a.npy", numbers), ("b.npy", [3])));
        string path = Path.Combine(_folder, "damaged.npz");
        int refused = Fuzz.Run(file, 2000, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            Npz.Read(path);
        });

        // a change in a time stamp or an unused field goes unnoticed
        Assert.InRange(refused, 1000, 2000);
    }

    [SkippableFact]
    public void A_recorded_episode_is_read()
    {
        string? path = SharedData.Path("metaworld/gold/reach-v3.npz");
        Skip.If(path is null, SharedData.Missing("metaworld/gold/reach-v3.npz"));
        GoldEpisode episode = GoldEpisode.Load(path!);
        Assert.Equal(("reach-v3", "sawyer_reach_v3.xml", 305), (episode.Task, episode.Xml, episode.Count));
        Assert.Equal((16, 15), (episode.QposOf(0).Length, episode.LastQvel.Length));
        Assert.True(episode.QposOf(305).SequenceEqual(episode.LastQpos));
    }

    [Fact]
    public void An_episode_without_an_array_is_refused_by_name()
    {
        string path = Write(CompressionLevel.Fastest, ("qpos.npy", [1]));
        KalmException error = Assert.Throws<KalmException>(() => GoldEpisode.Load(path));
        Assert.EndsWith("holds no array 'xml'", error.Message, StringComparison.Ordinal);
    }

    private static string Refusal(string path) => Assert.Throws<KalmException>(() => Npz.Read(path)).Message;

    private string Write(CompressionLevel level, params (string Name, double[] Values)[] arrays)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.npz");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, double[] values) in arrays)
        {
            using Stream stream = archive.CreateEntry(name, level).Open();
            Npy.Write(stream, new NpyArray(values, values.Length));
        }

        return path;
    }
}

using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public class RunFolderTests
{
    [Fact]
    public void RunFolder_is_continued_with_the_same_seed()
    {
        using var run = new TestRun();
        DateTime created = run.Open(7).Folder.Manifest.Created;

        Assert.Equal(created, run.Open(7).Folder.Manifest.Created);
    }

    [Fact]
    public void RunFolder_refuses_another_seed_and_names_it()
    {
        using var run = new TestRun();
        run.Open(7);

        var e = Assert.Throws<KalmException>(() => run.Open(8));

        Assert.Contains("field 'seed': found 7, expected 8", e.Message);
    }

    [Fact]
    public void RunFolder_of_another_format_is_refused_and_left_alone()
    {
        using var run = new TestRun();
        run.Open();
        string text = File.ReadAllText(run.File("run.json")).Replace("\"format\": 1", "\"format\": 99");
        File.WriteAllText(run.File("run.json"), text);

        var e = Assert.Throws<KalmException>(() => run.Open());

        Assert.Contains("field 'format': found 99, expected 1", e.Message);
        Assert.Equal(text, File.ReadAllText(run.File("run.json")));
    }

    [Fact]
    public void RunFolder_refuses_a_folder_of_something_else()
    {
        using var run = new TestRun();
        Directory.CreateDirectory(run.Path);
        File.WriteAllText(run.File("thesis.tex"), "precious");

        Assert.Throws<KalmException>(() => run.Open());

        Assert.Equal(["thesis.tex"], Directory.GetFileSystemEntries(run.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("{\"format\": 1, \"seed\": ")]
    [InlineData("{\"format\": 1, \"seed\": \"many\"}")]
    public void RunFolder_names_a_damaged_manifest(string text)
    {
        using var run = new TestRun();
        Directory.CreateDirectory(run.Path);
        File.WriteAllText(run.File("run.json"), text);

        var e = Assert.Throws<KalmException>(() => run.Open());

        Assert.StartsWith(run.File("run.json"), e.Message);
    }
}

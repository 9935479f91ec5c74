using System.Text.Json.Nodes;
using Kalm.App.Cli;
using Kalm.App.Formats;
using Kalm.Testing;

namespace Kalm.App.Tests.Cli;

public sealed class BadInputTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("kalm-bad-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Import_names_a_missing_file()
    {
        string error = Fail("import", At("none.npy"), "--out", At("set"));

        Assert.Contains(At("none.npy"), error);
        Assert.False(Directory.Exists(At("set")));
    }

    [Fact]
    public void Import_asks_for_what_is_missing()
    {
        Assert.Contains("--out", Fail("import", At("a.npy")));
        Assert.Contains("FILE", Fail("import", "--out", At("set")));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(90)]
    [InlineData(5000)]
    [InlineData(1_000_000)]
    public void Import_refuses_a_file_cut_off_anywhere(int length)
    {
        byte[] bytes = Recorded()[..length];
        File.WriteAllBytes(At("cut.npy"), bytes);

        string error = Fail("import", At("cut.npy"), "--out", At("set"));

        Assert.Contains(At("cut.npy"), error);
        Assert.False(Directory.Exists(At("set")));
    }

    [SkippableFact]
    public void Import_survives_any_flipped_byte_of_the_head()
    {
        byte[] bytes = Recorded();
        for (int place = 0; place < 600; place += 7)
        {
            byte[] damaged = (byte[])bytes.Clone();
            damaged[place] ^= 0x55;
            File.WriteAllBytes(At("damaged.npy"), damaged);

            (int code, _, string error) = KalmCommandLineTests.Run("import", At("damaged.npy"), "--out", At("set"));

            Assert.True(code is 0 or KalmCommandLine.BadInput, $"byte {place}: exit code {code}: {error}");
        }
    }

    [SkippableFact]
    public void Import_tells_its_figures_as_json()
    {
        File.WriteAllBytes(At("good.npy"), Recorded());

        (int code, string output, _) = KalmCommandLineTests.Run("import", At("good.npy"), "--out", At("set"), "--json");

        Assert.Equal(0, code);
        Assert.Equal(40, JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!["rollouts"]!.GetValue<int>());
    }

    [Fact]
    public void Report_refuses_a_run_of_another_version_and_leaves_it_alone()
    {
        Directory.CreateDirectory(At("run"));
        File.WriteAllText(At("run/run.json"), "{\"format\": 0}");

        string error = Fail("report", "--run", At("run"));

        Assert.Contains("run.json: field 'format': found 0, expected 1", error);
        Assert.Equal("{\"format\": 0}", File.ReadAllText(At("run/run.json")));
    }

    [Theory]
    [InlineData("--rollouts", "-1")]
    [InlineData("--rollouts", "many")]
    [InlineData("--threads", "0")]
    [InlineData("--preset", "huge")]
    public void Report_refuses_values_out_of_range(string option, string value)
    {
        string error = Fail("report", "--run", At("run"), option, value);

        Assert.Contains($"found '{value}', expected", error);
    }

    [Fact]
    public void Report_names_the_damaged_file_of_a_rollout_set()
    {
        Assert.Equal(0, KalmCommandLineTests.Run("collect", "--run", At("run"), "--rollouts", "80").Code);
        string file = At("run/collect/observations.npy");
        byte[] good = File.ReadAllBytes(file);

        File.WriteAllBytes(file, good[..1000]);
        Assert.Contains("observations.npy", Fail("report", "--run", At("run")));

        Npy.Write(file, new float[12], 3, 4);
        Assert.Contains("observations.npy", Fail("report", "--run", At("run")));

        File.Delete(file);
        Assert.Contains("observations.npy", Fail("report", "--run", At("run")));

        File.WriteAllBytes(file, good);
        File.WriteAllText(At("run/collect/dataset.json"), "{\"env\": ");
        Assert.Contains("dataset.json", Fail("report", "--run", At("run")));
    }

    [Fact]
    public void Stage_names_the_stage_it_needs()
    {
        Assert.Contains("run `kalm collect` first", Fail("ground", "--run", At("run")));
        Assert.Contains("run `kalm ground` first", Fail("imagine", "--run", At("run")));
        Assert.Contains("run `kalm train` first", Fail("evaluate", "--run", At("run"), "--methods", "bc"));
    }

    [Fact]
    public void Full_disk_is_one_clear_error()
    {
        // /dev/full takes no byte; the temporary name beside the report is made to lead there
        Assert.Equal(0, KalmCommandLineTests.Run("report", "--run", At("run")).Code);
        string former = File.ReadAllText(At("run/report.html"));
        File.CreateSymbolicLink(At("run/report.html.tmp"), "/dev/full");

        string error = Fail("report", "--run", At("run"));

        Assert.Contains("report.html: cannot be written: the disk is full", error);
        Assert.Equal(former, File.ReadAllText(At("run/report.html")));
    }

    private static byte[] Recorded()
    {
        string? path = SharedData.Path("kalm/clevr_robot.npy");
        Skip.If(path is null, "shared/data/kalm/clevr_robot.npy is not there");
        return File.ReadAllBytes(path!);
    }

    private static string Fail(params string[] args)
    {
        (int code, string output, string error) = KalmCommandLineTests.Run(args);
        Assert.Equal(KalmCommandLine.BadInput, code);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain(" at Kalm.", output + error);
        Assert.StartsWith("error: ", error);
        return error;
    }

    private string At(string name) => Path.Combine(_root, name);
}

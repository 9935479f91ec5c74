using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Kalm.App.Cli;

namespace Kalm.App.Tests.Pipeline;

/// <summary>Whole runs of the micro preset, in processes of their own.</summary>
public sealed class WholeRunTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("kalm-whole-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableFact]
    public void Killed_run_continues_to_the_same_result()
    {
        SkipWithoutTorch();
        var clock = Stopwatch.StartNew();
        JsonNode whole = Finish("whole", threads: 1);
        double seconds = clock.Elapsed.TotalSeconds;

        // five kills spread over the run; a kill that comes after the end changes nothing
        for (int kill = 1; kill <= 5; kill++) Kill("killed", seconds * (0.1 + (0.14 * kill)));
        JsonNode killed = Finish("killed", threads: 1);

        Assert.Equal(whole["levels"]!.ToJsonString(), killed["levels"]!.ToJsonString());
        Assert.Equal(Content("whole"), Content("killed"));
    }

    [SkippableFact]
    public void Run_tells_its_result_as_one_json_line()
    {
        SkipWithoutTorch();

        JsonNode result = Finish("json", threads: 1);

        Assert.Equal(At("json"), result["run"]!.GetValue<string>());
        Assert.True(File.Exists(result["report"]!.GetValue<string>()));
        Assert.True(result["seconds"]!.GetValue<double>() > 0);
        Assert.Contains("rephrase cql+kalm", result["levels"]!.AsArray().Select(l => $"{l!["level"]} {l["method"]}"));
        Assert.Equal(
            ["level", "method", "success", "std", "seeds", "episodes"],
            result["levels"]![0]!.AsObject().Select(p => p.Key));
    }

    [SkippableFact]
    public void Run_with_other_options_is_refused_and_left_alone()
    {
        SkipWithoutTorch();
        Finish("other", threads: 1);
        List<string> before = Content("other");

        (int code, _, string error) = Run("run", "--run", At("other"), "--preset", "micro", "--train.seeds", "7");

        Assert.Equal(KalmCommandLine.BadInput, code);
        Assert.Contains("field 'train.seeds': found", error);
        Assert.Equal(before, Content("other"));
    }

    [SkippableFact]
    public void Interrupted_run_stops_with_130_and_says_that_it_can_go_on()
    {
        SkipWithoutTorch();
        using Process process = Start("run", "--run", At("stopped"), "--preset", "micro", "--threads", "1");
        Task<string> error = process.StandardError.ReadToEndAsync();

        // the first line of progress comes when the first stage has begun
        process.StandardOutput.ReadLine();
        using (Process signal = Process.Start("kill", ["-INT", $"{process.Id}"])) signal.WaitForExit();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(InterruptSignal.ExitCode, process.ExitCode);
        Assert.Contains("the same command continues", error.Result);
        Assert.False(File.Exists(Path.Combine(At("stopped"), "report.html")));
    }

    private static void SkipWithoutTorch() =>
        Skip.If(Kalm.App.Pipeline.Doctor.Run(1).Torch is null, "the native library is not built");

    // all files a result depends on, as "name hash"; times and order of side-by-side training are not part of it
    private List<string> Content(string run)
    {
        var content = new List<string>();
        string[] files = Directory.GetFiles(At(run), "*", SearchOption.AllDirectories);
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(At(run), file);
            if (name is "run.json" or "report.html" || name.EndsWith("done.json", StringComparison.Ordinal)) continue;
            byte[] bytes = File.ReadAllBytes(file);
            if (name == "metrics.jsonl")
                bytes = Encoding.UTF8.GetBytes(string.Concat(File.ReadAllLines(file).Order(StringComparer.Ordinal)));
            content.Add($"{name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))}");
        }
        return content;
    }

    private JsonNode Finish(string run, int threads)
    {
        (int code, string output, string error) =
            Run("run", "--run", At(run), "--preset", "micro", "--threads", $"{threads}", "--json");
        Assert.True(code == 0, error);
        return JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!;
    }

    private void Kill(string run, double seconds)
    {
        using Process process = Start("run", "--run", At(run), "--preset", "micro", "--threads", "1");
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds))) process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _root,
        };
        start.ArgumentList.Add(typeof(KalmCommandLine).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private string At(string name) => Path.Combine(_root, name);
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using Kalm.App.Cli;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Testing;

namespace Kalm.App.Tests.House;

/// <summary>What README.md shows exists.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_kalm_verb_of_the_readme_has_help()
    {
        string[] verbs = [.. Commands("./kalm").Select(words => words[1]).Distinct()];

        Assert.Contains("demo", verbs);
        foreach (string verb in verbs)
        {
            StringWriter output = new();
            StringWriter error = new();
            int code = KalmCommandLine.Run([verb, "--help"], output, error);

            Assert.True(code == 0, $"{verb}: {error}");
            Assert.Matches($@"Usage:\s+\S+ {verb}\b", output.ToString());
        }
    }

    [SkippableFact]
    public void Every_bench_verb_of_the_readme_has_help()
    {
        string program = Path.Combine(Repository.Root, "artifacts/bin/Kalm.Benchmarks/release/Kalm.Benchmarks.dll");
        Skip.IfNot(File.Exists(program), "the benchmarks are not built");
        foreach (string verb in Commands("./bench").Select(words => words[1]).Distinct())
        {
            ProcessStartInfo start = new("dotnet", [program, verb, "--help"]) { RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();

            Assert.True(process.ExitCode == 0 && output.Contains(verb, StringComparison.Ordinal), $"{verb}: {output}");
        }
    }

    [Fact]
    public void Every_file_the_readme_points_to_is_there()
    {
        string[] links =
            [.. Link().Matches(Text()).Select(match => match.Groups[1].Value).Where(link => !link.Contains(':'))];

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Repository.Root, link)), link));
        foreach (string script in (string[])["kalm", "test", "bench"])
            Assert.True(File.Exists(Path.Combine(Repository.Root, script)), script);
    }

    [Fact]
    public void Sample_of_the_readme_is_the_compiled_one()
    {
        string file = Path.Combine(Repository.Root, "tests/Kalm.App.Tests/House/ReadmeSample.cs");
        string[] lines = File.ReadAllLines(file);
        int first = Array.FindIndex(lines, line => line.Trim() == "// sample");
        int end = Array.FindIndex(lines, line => line.Trim() == "// end");
        string compiled = string.Join('\n', lines[(first + 1)..end].Select(line => line.Length > 8 ? line[8..] : ""));

        string shown = Sample().Match(Text()).Groups[1].Value;

        Assert.Equal("using Kalm.Kernels.Envs;\n\n" + compiled.TrimEnd(), shown.TrimEnd());
    }

    [Fact]
    public void Sample_of_the_readme_takes_every_hand_to_its_goal() => Assert.Equal(1024, ReadmeSample.Run());

    [Fact]
    public void Every_environment_has_a_line_in_the_documentation()
    {
        string tasks = File.ReadAllText(
            Path.Combine(Repository.Root, "src/Kalm.Kernels/Envs/MetaWorld/README.md"));

        Assert.Contains("| `clevr-robot` |", Text());
        Assert.All(TaskTable.Names, task => Assert.Contains($"\n| `{task}` |", tasks));
    }

    private static IEnumerable<string[]> Commands(string program) => Fence().Matches(Text())
        .SelectMany(match => match.Groups[1].Value.Split('\n'))
        .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length > 1 && words[0] == program);

    private static string Text() => File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}

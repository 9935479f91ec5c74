using System.Text.Json.Nodes;
using Kalm.App.Cli;

namespace Kalm.App.Tests.Cli;

public class KalmCommandLineTests
{
    [Theory]
    [InlineData("doktor", "unknown verb 'doktor' (did you mean 'doctor'?)")]
    [InlineData("--jsn", "unknown option '--jsn'")]
    [InlineData("doctor --jsn", "unknown option '--jsn' (did you mean '--json'?)")]
    [InlineData("doctor now", "unexpected argument 'now'")]
    public void Bad_command_line_gives_one_line_and_exit_code_2(string line, string expected)
    {
        (int code, string output, string error) = Run(line.Split(' '));

        Assert.Equal(KalmCommandLine.BadInput, code);
        Assert.Empty(output);
        Assert.StartsWith("error: ", error);
        Assert.Contains(expected, error);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void No_words_show_the_verbs()
    {
        (int code, string output, _) = Run();

        Assert.Equal(0, code);
        foreach (Verb verb in Verbs.All()) Assert.Contains("  " + verb.Command.Name + " ", output);
    }

    [Fact]
    public void Help_of_every_verb_describes_every_option()
    {
        foreach (Verb verb in Verbs.All())
        {
            (int code, string output, _) = Run(verb.Command.Name, "--help");

            Assert.Equal(0, code);
            Assert.All(
                verb.Command.Options,
                option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
            Assert.All(verb.Command.Options, option => Assert.Contains(option.Name, output));
        }
    }

    [Fact]
    public void Doctor_prints_one_json_object()
    {
        (int code, string output, _) = Run("doctor", "--json");

        JsonNode report = JsonNode.Parse(output)!;
        Assert.Equal(0, code);
        Assert.Equal(Environment.ProcessorCount, report["machine"]!["cores"]!.GetValue<int>());
        Assert.Contains("Lane", report["float_lane"]!.GetValue<string>());
    }

    internal static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = KalmCommandLine.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}

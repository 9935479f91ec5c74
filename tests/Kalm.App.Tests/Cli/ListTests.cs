using System.Text.Json.Nodes;
using Kalm.App.Cli;

namespace Kalm.App.Tests.Cli;

public class ListTests
{
    [Fact]
    public void Environments_have_names_shapes_and_bounds()
    {
        JsonNode result = Json("list", "envs", "--json");
        JsonArray envs = result["envs"]!.AsArray();

        // CLEVR-Robot, Meta-World's 50 and KALM's two
        Assert.Equal(53, envs.Count);
        Assert.Equal(result["names"]!.AsArray().Select(Text), envs.Select(env => Text(env!["id"])));
        foreach (JsonNode? env in envs)
        {
            int numbers = env!["observation_size"]!.GetValue<int>();
            foreach (string list in (string[])["observation_names", "observation_low", "observation_high"])
                Assert.Equal(numbers, env[list]!.AsArray().Count);
            int action = env["action_size"]!.GetValue<int>();
            Assert.Equal(action == 0, env["action_count"]!.GetValue<int>() > 0);
            Assert.Equal(action, env["action_low"]!.AsArray().Count);
            Assert.Equal(action, env["action_high"]!.AsArray().Count);
            Assert.True(env["horizon"]!.GetValue<int>() > 0);
        }

        JsonNode door = envs.Single(env => Text(env!["id"]) == "metaworld/door-open")!;
        Assert.Equal((39, 4, 500), (
            door["observation_size"]!.GetValue<int>(), door["action_size"]!.GetValue<int>(),
            door["horizon"]!.GetValue<int>()));
        Assert.Equal("hand x", Text(door["observation_names"]![0]));
        Assert.Equal(-0.525, door["observation_low"]![0]!.GetValue<double>(), 1e-6);
        Assert.Null(door["observation_low"]![4]);
    }

    [Fact]
    public void People_see_one_line_per_environment()
    {
        (int code, string output, _) = KalmCommandLineTests.Run("list", "envs");

        Assert.Equal(0, code);
        Assert.Matches(@"clevr-robot\s+10\s+40 choices\s+50\b", output);
        Assert.Matches(@"metaworld/window-open\s+39\s+4 in -1 … 1\s+500\b", output);
    }

    [Fact]
    public void Unknown_list_is_refused()
    {
        (int code, _, string error) = KalmCommandLineTests.Run("list", "robots");

        Assert.Equal(KalmCommandLine.BadInput, code);
        Assert.Contains("list: found 'robots', expected envs, levels, methods or presets", error);
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static JsonNode Json(params string[] args)
    {
        (int code, string output, string error) = KalmCommandLineTests.Run(args);
        Assert.True(code == 0, error);
        return JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!;
    }
}

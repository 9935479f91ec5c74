using System.Text.Json;
using System.Text.Json.Nodes;
using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Memory;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.App.Tests.Pipeline;

/// <summary>One step from every recorded state of 40 tasks, and many steps, against MuJoCo 3.3.0.</summary>
public sealed class GoldReplayTests
{
    private const string Gold = "metaworld/gold";

    [SkippableFact]
    public void Double_lanes_take_the_recorded_steps()
    {
        IReadOnlyList<GoldTaskResult> tasks = Run(Gold, Precision.Double).Tasks;
        Assert.Equal(40, tasks.Count);
        Assert.All(tasks, task => Assert.Equal(0, task.Overflows));

        // the bars of the project; what misses them here hangs on which of two equal depths MuJoCo took by rounding
        double states = tasks.Sum(task => task.States);
        Assert.InRange(tasks.Sum(task => task.Frac1e10 * task.States) / states, 0.995, 1);
        Assert.InRange(tasks.Sum(task => task.Frac1e6 * task.States) / states, 0.998, 1);
        Assert.All(tasks, task => Assert.True(task.Frac1e10 >= 0.9, $"{task.Task}: {task.Frac1e10}"));
        Assert.All(tasks, task => Assert.True(task.Median <= 1e-14, $"{task.Task}: {task.Median}"));
        Assert.InRange(MedianOf(tasks, task => task.OpenLoop25), 1e-18, 1e-13);
        Assert.InRange(MedianOf(tasks, task => task.OpenLoop250), 1e-18, 1e-12);
    }

    [SkippableFact]
    public void Float_lanes_take_the_recorded_steps_as_closely_as_MuJoCo_in_float()
    {
        IReadOnlyList<GoldTaskResult> tasks = Run(Gold, Precision.Float).Tasks;

        // the bars of the project; MuJoCo compiled for float: median 1e-7, p95 2e-7, worst p95 2e-4
        Assert.All(tasks, task => Assert.True(task.Median is > 1e-9 and <= 3e-7, $"{task.Task}: {task.Median}"));
        Assert.All(tasks, task => Assert.True(task.P95 <= 5e-4, $"{task.Task}: {task.P95}"));
        Assert.InRange(tasks.Count(task => task.P95 <= 1e-6), 0.9 * tasks.Count, tasks.Count);
        Assert.InRange(MedianOf(tasks, task => task.OpenLoop25), 1e-8, 1e-6);
        Assert.InRange(MedianOf(tasks, task => task.OpenLoop250), 1e-8, 2e-5);
    }

    [SkippableTheory]
    [InlineData("drawer-open-v3")]
    [InlineData("peg-insert-side-v3")]
    [InlineData("handle-press-side-v3")]
    [InlineData("push-v3")]
    public void Contacts_are_between_the_geoms_MuJoCo_finds(string task)
    {
        string? assets = SharedData.Path("metaworld/assets");
        string? file = SharedData.Path($"{Gold}/{task}.npz");
        Skip.If(assets is null || file is null, SharedData.Missing($"{Gold}/{task}.npz"));
        Skip.If(MujocoJs.Missing is not null, MujocoJs.Missing ?? "");
        string folder = Directory.CreateTempSubdirectory("kalm-gold-").FullName;
        try
        {
            WriteContacts(GoldEpisode.Load(file!), assets!, Path.Combine(folder, $"{task}.json"));
            ReplayOptions options = new() { File = file!, Assets = assets, Contacts = folder };
            GoldTaskResult result = Assert.Single(GoldReplay.Run(options, SilentProgress.Instance).Tasks);
            Assert.InRange(result.ContactSetEqual!.Value, 0.99, 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public void The_result_in_JSON_has_the_names_it_was_promised_under()
    {
        GoldReplayResult result = Run($"{Gold}/reach-v3.npz", Precision.Double);
        JsonNode json = JsonNode.Parse(JsonSerializer.Serialize(result, JsonFile.Compact))!;
        Assert.Equal("metaworld", json["kind"]!.GetValue<string>());
        JsonObject task = json["tasks"]![0]!.AsObject();
        Assert.Equal("reach-v3", task["task"]!.GetValue<string>());
        Assert.Equal(305, task["states"]!.GetValue<int>());
        Assert.Equal(1, task["frac_1e10"]!.GetValue<double>());
        Assert.Equal(1, task["frac_1e6"]!.GetValue<double>());
        foreach (string error in (string[])["median", "p95", "open_loop_25", "open_loop_250"])
            Assert.InRange(task[error]!.GetValue<double>(), 0, 1e-9);
        Assert.True(task.ContainsKey("contact_set_equal"));
    }

    [SkippableFact]
    public void Contacts_of_another_episode_are_refused()
    {
        string? file = SharedData.Path($"{Gold}/reach-v3.npz");
        string? assets = SharedData.Path("metaworld/assets");
        Skip.If(assets is null || file is null, SharedData.Missing($"{Gold}/reach-v3.npz"));
        string folder = Directory.CreateTempSubdirectory("kalm-gold-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "reach-v3.json"), "{\"contacts\": [[[1, 2]]]}");
            ReplayOptions options = new() { File = file!, Assets = assets, Contacts = folder };
            KalmException error =
                Assert.Throws<KalmException>(() => GoldReplay.Run(options, SilentProgress.Instance));
            Assert.EndsWith("found 1 states, the episode has 305", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static GoldReplayResult Run(string relative, Precision precision)
    {
        string? path = SharedData.Path(relative);
        Skip.If(path is null, SharedData.Missing(relative));
        return GoldReplay.Run(new() { File = path!, Precision = precision }, SilentProgress.Instance);
    }

    private static double MedianOf(IReadOnlyList<GoldTaskResult> tasks, Func<GoldTaskResult, double?> error)
    {
        double[] sorted = [.. tasks.Select(error).OfType<double>().Order()];
        return sorted[sorted.Length / 2];
    }

    private static void WriteContacts(GoldEpisode episode, string assets, string file)
    {
        int nq = episode.LastQpos.Length;
        int nv = episode.LastQvel.Length;
        MujocoJsAnswer answer = MujocoJs.Ask(new()
        {
            Folder = assets,
            File = $"sawyer_xyz/{episode.Xml}",
            Model = new Dictionary<string, double[]> { ["body_pos"] = episode.BodyPos },
            States =
            [
                .. Enumerable.Range(0, episode.Count).Select(state => new Dictionary<string, double[]>
                {
                    ["qpos"] = episode.Qpos[(nq * state)..(nq * (state + 1))],
                    ["qvel"] = episode.Qvel[(nv * state)..(nv * (state + 1))],
                }),
            ],
            Contacts = true,
        });
        int[][][] contacts =
            [.. answer.States.Select(state => (int[][])[.. state.Contacts.Select(c => (int[])[c.Geom1, c.Geom2])])];
        File.WriteAllText(file, JsonSerializer.Serialize(new { contacts }));
    }
}

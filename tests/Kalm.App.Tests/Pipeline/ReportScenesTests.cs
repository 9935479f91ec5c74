using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kalm.App.Pipeline;
using Kalm.Kernels.Envs.MetaWorld;

namespace Kalm.App.Tests.Pipeline;

public sealed partial class ReportScenesTests(CollectedMetaWorld collected) : IClassFixture<CollectedMetaWorld>
{
    // lets the arm move for a while and tells what the picture did
    private const string Probe = """
        const count = (selector) => document.querySelectorAll(selector).length;
        const player = document.querySelector("#stages3d .player");
        const canvas = player.querySelector("canvas");
        const button = player.querySelector("button.play[data-kind=arm]");
        const wait = (condition) => new Promise((done, fail) => {
          const begin = performance.now();
          const late = () => performance.now() - begin > 30000;
          const look = () => condition() ? done() : late() ? fail("too slow") : setTimeout(look, 50);
          look();
        });
        await wait(() => canvas.width > 0 && count(".player") === 10);
        const colors = () => new Set(new Uint32Array(
          canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
        const before = canvas.toDataURL();
        const painted = colors() > 100;
        button.click();
        await wait(() => button.dataset.step > 5);
        return `players=${count("#arms .player")} sections=${count("section")} rows=${count("#collected tbody tr")} `
          + `painted=${painted} moved=${canvas.toDataURL() !== before} `
          + `loaded=${performance.getEntriesByType("resource").length} `
          + `title=${document.querySelector("h1").textContent}`;
        """;

    private const string NoteProbe = """
        return `${document.querySelectorAll("#arms .player").length} players: `
          + document.querySelector("#arms .note:last-child").textContent;
        """;

    [Fact]
    public void Page_has_a_scene_and_a_rollout_of_every_task_and_no_empty_figures()
    {
        JsonNode data = Data(collected.Page);

        Assert.Equal(10, data["scenes"]!.AsArray().Count);
        Assert.Equal(10, data["episodes"]!.AsArray().Count);
        Assert.Equal(10, data["collected"]!["rows"]!.AsArray().Count);
        Assert.Equal("A robot arm at work in Meta-World", data["title"]!.GetValue<string>());
        Assert.StartsWith("20 rollouts of 10 Meta-World tasks", data["lead"]!.GetValue<string>());
        Assert.Equal("", data["run"]!["preset"]!.GetValue<string>());
        Assert.InRange(collected.Page.Length, 100_000, 3_000_000);
    }

    [Fact]
    public void Page_itself_loads_nothing_from_elsewhere()
    {
        string page = ReportPage.Render(ReportScenes.AddTo(SampleReport.Create(), collected.Folder, 10), "");

        string outside = page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotMatch(@"https?://|\bsrc=|@import|url\((?!#)|\bfetch\(|XMLHttpRequest|WebSocket", outside);
        Assert.Contains("content=\"default-src 'none';", page, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Three_js_is_inlined_as_it_is()
    {
        Skip.IfNot(Directory.Exists(ThreeScript.Folder), "three.js is not installed");
        string element = ThreeScript.Element(ThreeScript.Folder);

        Assert.Contains(File.ReadAllText(Path.Combine(ThreeScript.Folder, "three.min.js")), element);
        Assert.Contains(element, collected.Page, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(element, "</script", RegexOptions.IgnoreCase));
    }

    [Fact]
    public void Absent_three_js_gives_no_element()
    {
        Assert.Equal("", ThreeScript.Element(Path.GetTempPath()));
        Assert.Contains("libjs-three", Data(collected.Page)["scene_note"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task Play_button_moves_the_arm_in_a_browser()
    {
        string? program = Chromium.Find();
        Skip.If(program is null, "chromium is not installed");
        Skip.IfNot(Directory.Exists(ThreeScript.Folder), "three.js is not installed");
        string with = Path.GetTempFileName() + ".html", without = Path.GetTempFileName() + ".html";
        await File.WriteAllTextAsync(with, collected.Page);
        ReportData data = ReportScenes.AddTo(SampleReport.Create(), collected.Folder, 10);
        await File.WriteAllTextAsync(without, ReportPage.Render(data, ""));

        await using Chromium browser = await Chromium.StartAsync(program!);
        string seen = await browser.EvaluateAsync(with, Probe);
        string note = await browser.EvaluateAsync(without, NoteProbe);
        File.Delete(with);
        File.Delete(without);

        // three sections: the arms, what was collected, the run
        Assert.Equal(
            "players=10 sections=3 rows=10 painted=true moved=true loaded=0 "
            + "title=A robot arm at work in Meta-World",
            seen);
        Assert.StartsWith("0 players: This page was made without three.js", note);
    }

    [Fact]
    public void Scene_has_the_arm_the_fingers_and_the_door()
    {
        using MetaWorldEnv env = new("door-open", 1, 1);
        ReportStageModel scene = ReportScenes.Scene("door-open", env.Scene);
        string[] seen = [.. scene.Geoms.Select(geom => env.Scene.names.Bodies[geom.Body]).Distinct()];

        string[] links = [.. Enumerable.Range(0, 7).Select(i => $"right_l{i}")];
        string[] wanted = [.. links, "right_hand", "rightpad", "leftpad", "door_link", "tablelink", "head"];
        Assert.Empty(wanted.Except(seen));
        Assert.All(
            scene.Geoms.Where(geom => geom.Type == "mesh"), geom => Assert.InRange(geom.Points.Count, 12, 3 * 160));
        Assert.DoesNotContain(scene.Geoms, geom => geom.Type == "plane");
    }

    [Fact]
    public void Recorded_poses_are_those_of_the_simulation()
    {
        JsonNode episode = Data(collected.Page)["episodes"]![0]!;
        int[] moving = [.. episode["moving"]!.AsArray().Select(x => x!.GetValue<int>())];
        int[] frames = [.. episode["frames"]!.AsArray().Select(x => x!.GetValue<int>())];
        using MetaWorldEnv env = new("reach", 1, 7, MetaWorldCollector.Form(CollectedMetaWorld.Options));
        int hand = env.Scene.names.Bodies.ToList().IndexOf("hand");
        int k = Array.IndexOf(moving, hand);
        int length = collected.Set.Lengths[0];
        Assert.Equal(7 * moving.Length * (length + 1), frames.Length);

        env.Reset(0, collected.Set.Goal(0)[1]);
        for (int t = 0; t < length; t++) env.Step(collected.Set.Control(0, t));
        double[] poses = new double[7 * env.Scene.nbody];
        env.GetPoses(0, poses);
        for (int i = 0; i < 7; i++)
        {
            // ten-thousandths are rounded
            int last = frames[(7 * ((length * moving.Length) + k)) + i];
            Assert.Equal(poses[(7 * hand) + i], last * 1e-4, 0.5001e-4);
        }
    }

    [Fact]
    public void Outline_keeps_the_corners_of_a_box_and_drops_what_is_inside()
    {
        List<float> points = [0, 0, 0, 0.1f, 0.2f, -0.3f];
        for (int corner = 0; corner < 8; corner++)
        {
            for (int i = 0; i < 3; i++) points.Add((corner >> i & 1) == 0 ? -1 : 1);
        }

        double[] kept = Outline.Of(points.ToArray());

        Assert.Equal(24, kept.Length);
        Assert.All(kept, x => Assert.Equal(1, Math.Abs(x)));
    }

    private static JsonNode Data(string page) => JsonNode.Parse(DataElement().Match(page).Groups[1].Value)!;

    [GeneratedRegex("""<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}

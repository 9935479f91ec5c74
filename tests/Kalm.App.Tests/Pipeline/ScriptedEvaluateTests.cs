using System.Text.Json.Nodes;
using Kalm.App.Pipeline;
using Kalm.App.Tests.Cli;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public class ScriptedEvaluateTests
{
    private static EvaluateOptions Reach => new() { Env = "metaworld/reach", Policy = "scripted", Goals = 6 };

    [Fact]
    public void Every_goal_is_played_to_its_first_success()
    {
        ScriptedResult result = Run(Reach);

        ScriptedTaskResult task = Assert.Single(result.Tasks);
        Assert.Equal((6, 6), (result.Successes, result.Episodes));
        Assert.Equal(("metaworld/reach", 6, 6), (task.Env, task.Successes, task.Episodes));
        Assert.InRange(task.MedianSteps!.Value, 10, 150);
        Assert.InRange(task.MeanReturn, 1, 10 * 150);
        Assert.Equal(0, task.Overflows);
        Assert.Null(task.Reference);
    }

    [Fact]
    public void Json_has_the_documented_fields()
    {
        (int code, string output, _) = KalmCommandLineTests.Run(
            "evaluate", "--env", "metaworld/reach", "--policy", "scripted", "--goals", "3", "--json");

        Assert.Equal(0, code);
        JsonNode result = JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!;
        Assert.Equal((3, 3), (result["successes"]!.GetValue<int>(), result["episodes"]!.GetValue<int>()));
        JsonNode task = Assert.Single(result["tasks"]!.AsArray())!;
        Assert.Equal("metaworld/reach", task["env"]!.GetValue<string>());
        Assert.Equal((3, 3), (task["successes"]!.GetValue<int>(), task["episodes"]!.GetValue<int>()));
    }

    [Fact]
    public void Interrupted_evaluation_tells_what_it_played()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        ScriptedResult result = ScriptedEvaluate.Run(
            Reach with { Env = "metaworld/all" }, 1, 1, SilentProgress.Instance, stop.Token);

        Assert.Empty(result.Tasks);
    }

    [Fact]
    public void Reference_is_that_of_the_specification()
    {
        // 2,462 of 2,500 with MuJoCo 3.3.0 in double
        Assert.Equal(2462, TaskSets.Tasks.Sum(ScriptedReference.Of));
        Assert.Equal(40, ScriptedReference.Of("sweep-into"));
        Assert.Null(ScriptedReference.Of("make-coffee"));
    }

    [Theory]
    [InlineData("metaworld/reach", "trained", "policy: found 'trained', expected scripted for metaworld/reach")]
    [InlineData("metaworld/reech", "scripted", "(did you mean 'metaworld/reach'?), expected metaworld/all")]
    [InlineData("metaworld/al", "scripted", "(did you mean 'metaworld/all'?)")]
    public void Unknown_words_are_refused(string env, string policy, string message)
    {
        var e = Assert.Throws<KalmException>(() => Run(Reach with { Env = env, Policy = policy }));

        Assert.Contains(message, e.Message);
    }

    [Theory]
    [InlineData("clevr", "trained", "env: found 'clevr', expected clevr-robot")]
    [InlineData("clevr-robot", "scripted", "policy: found 'scripted', expected trained")]
    public void A_run_is_evaluated_in_its_environment_only(string env, string policy, string message)
    {
        using var run = new TestRun();

        var e = Assert.Throws<KalmException>(
            () => Evaluate.Run(new EvaluateOptions { Env = env, Policy = policy }, run.Open()));

        Assert.Contains(message, e.Message);
    }

    [Fact]
    public void Names_of_sets_stand_for_their_tasks()
    {
        Assert.Equal(50, MetaWorldTasks.Of("metaworld/all").Distinct().Count());
        Assert.Equal(10, MetaWorldTasks.Of("metaworld/kalm").Distinct().Count());
        Assert.Equal(TaskSets.Mt10.Train, MetaWorldTasks.Of("metaworld/mt10"));
        Assert.Equal(["make-coffee"], MetaWorldTasks.Of("metaworld/make-coffee"));
    }

    [Fact]
    public void Missing_assets_are_named()
    {
        var e = Assert.Throws<KalmException>(() => Run(Reach with { Assets = "/nowhere" }));

        Assert.Contains("/nowhere/sawyer_xyz/sawyer_reach_v3.xml does not exist", e.Message);
    }

    private static ScriptedResult Run(EvaluateOptions options) =>
        ScriptedEvaluate.Run(options, 2, 1, SilentProgress.Instance, CancellationToken.None);
}

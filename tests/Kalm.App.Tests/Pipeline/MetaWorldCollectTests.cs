using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public sealed class MetaWorldCollectTests(CollectedMetaWorld collected) : IClassFixture<CollectedMetaWorld>
{
    private readonly RolloutSet _set = collected.Set;

    [Fact]
    public void All_rollouts_succeed_and_tasks_are_balanced()
    {
        Assert.Equal((20, 20), (collected.Result.Rollouts, _set.Count));
        Assert.Equal((91, 4, 100), (_set.ObservationSize, _set.ActionSize, _set.Capacity));
        Assert.All(_set.Success, Assert.True);
        Assert.InRange(collected.Result.SuccessRate, 0.5, 1);
        Assert.Equal(0, collected.Result.Overflows);

        string[] names = [.. TaskTable.Names];
        string[] tasks = [.. Enumerable.Range(0, 20).Select(r => names[_set.Goal(r)[0]])];
        string[] wanted = MetaWorldTasks.Of("metaworld/kalm");
        Assert.Equal([.. wanted, .. wanted], tasks);
        for (int r = 0; r < 20; r++) Assert.Equal(TaskSentences.For(tasks[r]), _set.Sentences[r]);
    }

    [Fact]
    public void Only_the_last_step_of_a_rollout_is_paid_as_a_success()
    {
        for (int r = 0; r < _set.Count; r++)
        {
            float[] rewards = _set.RewardsOf(r).ToArray();
            Assert.Equal(10, rewards[^1]);
            Assert.All(rewards[..^1], reward => Assert.InRange(reward, -10, 10));
        }
    }

    [Fact]
    public void Actions_are_in_bounds_and_noisy()
    {
        List<float> actions = [];
        for (int r = 0; r < _set.Count; r++)
        {
            for (int t = 0; t < _set.Lengths[r]; t++) actions.AddRange(_set.Control(r, t));
        }

        Assert.All(actions, x => Assert.InRange(x, -1, 1));
        Assert.True(actions.Distinct().Count() > actions.Count / 2, "actions repeat themselves");
    }

    [Fact]
    public void Rollout_played_again_gives_the_same_observations_and_rewards()
    {
        string[] names = [.. TaskTable.Names];
        foreach (int r in (int[])[2, 15])
        {
            EnvOptions form = MetaWorldCollector.Form(CollectedMetaWorld.Options);
            using MetaWorldEnv env = new(names[_set.Goal(r)[0]], 1, 7, form);
            env.Reset(0, _set.Goal(r)[1]);
            Assert.Equal(_set.Observation(r, 0), env.Observations);
            for (int t = 0; t < _set.Lengths[r]; t++)
            {
                env.Step(_set.Control(r, t));
                Assert.Equal(_set.Observation(r, t + 1), env.Observations);
                Assert.Equal(_set.RewardsOf(r)[t], env.Rewards[0]);
            }

            Assert.True(env.Success[0]);
        }
    }

    [Fact]
    public void Interrupted_collection_ends_with_the_same_bytes()
    {
        CollectOptions options = new() { Env = "metaworld/reach", Rollouts = 5, Checkpoint = 2 };
        using var whole = new TestRun();
        Collect.Run(options, whole.Open());

        using var broken = new TestRun();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(
            () => Collect.Run(options, broken.Open(progress: new StopAfter(stop, 3), cancel: stop.Token)));
        Assert.True(File.Exists(broken.File("collect", "parts", "0", "tally.json")));
        Assert.False(File.Exists(broken.File("collect", "done.json")));
        Collect.Run(options, broken.Open());

        string[] files = [.. Directory.GetFiles(whole.File("collect")).Select(file => Path.GetFileName(file)!)];
        Assert.Contains("actions.npy", files);

        // done.json tells how long it took
        foreach (string file in files.Where(file => file != "done.json"))
        {
            byte[] expected = File.ReadAllBytes(whole.File("collect", file));
            Assert.Equal(expected, File.ReadAllBytes(broken.File("collect", file)));
        }

        Assert.False(Directory.Exists(broken.File("collect", "parts")));
    }

    [Fact]
    public void Stages_that_learn_refuse_rollouts_of_an_arm()
    {
        StageContext context = collected.Context;
        foreach (Action stage in (Action[])[
            () => Ground.Run(new GroundOptions(), context),
            () => Train.Run(new TrainOptions { Levels = ["offline"] }, context),
            () => WholeRun.Run(new PipelineOptions { Collect = CollectedMetaWorld.Options }, context)])
        {
            var e = Assert.Throws<KalmException>(stage);
            Assert.Contains("found rollouts of metaworld/kalm, expected clevr-robot", e.Message);
        }
    }

    [Theory]
    [InlineData("metaworld/kalm", null, 91, 100)]
    [InlineData("metaworld/reach", null, 91, 100)]
    [InlineData("metaworld/assembly", null, 39, 500)]
    [InlineData("metaworld/all", null, 39, 500)]
    [InlineData("metaworld/reach", ObservationForm.Native, 39, 500)]
    public void Tasks_without_KALM_form_are_collected_in_their_own(
        string env, ObservationForm? form, int observation, int horizon)
    {
        RolloutSet room = MetaWorldCollector.Room(new CollectOptions { Env = env, Observation = form }, 1);

        Assert.Equal((observation, horizon), (room.ObservationSize, room.Capacity));
    }

    [Fact]
    public void Without_noise_the_actions_are_the_experts()
    {
        CollectOptions options = new()
        {
            Env = "metaworld/reach",
            Rollouts = 1,
            Noise = 0,
            Observation = ObservationForm.Native,
        };
        using var run = new TestRun();
        Collect.Run(options, run.Open());
        RolloutSet set = RolloutSet.Load(run.File("collect"));
        Assert.Equal(39, set.ObservationSize);

        using MetaWorldEnv env = new("reach", 1, 1, MetaWorldCollector.Form(options));
        env.Reset(0, set.Goal(0)[1]);
        for (int t = 0; t < set.Lengths[0]; t++)
        {
            float[] expert = new float[4];
            env.GetScriptedActions(expert);
            for (int i = 0; i < 4; i++) Assert.Equal(Math.Clamp(expert[i], -1, 1), set.Control(0, t)[i]);
            env.Step(set.Control(0, t));
        }
    }
}

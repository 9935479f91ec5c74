using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public sealed class CollectTests
{
    private static CollectOptions Small => new() { Rollouts = 200, Checkpoint = 80 };

    [Fact]
    public void All_rollouts_succeed_and_configurations_are_balanced()
    {
        using var run = new TestRun();
        CollectResult result = Collect.Run(Small with { States = true }, run.Open());
        RolloutSet set = RolloutSet.Load(run.File("collect"));
        Assert.Equal((200, 200), (result.Rollouts, set.Count));
        Assert.Equal(result.Transitions, set.Lengths.Sum());
        Assert.InRange(result.SuccessRate, 0.5, 1);
        Assert.False(Directory.Exists(run.File("collect", "parts")));

        var counts = new Dictionary<ClevrGoal, int>();
        for (int i = 0; i < set.Count; i++)
        {
            ClevrGoal goal = ClevrGoal.Decode(set.Goal(i));
            counts[goal] = counts.GetValueOrDefault(goal) + 1;
            Assert.True(set.Success[i]);
            Assert.Equal(54, set.Sentences[i].Length);
            Assert.Equal(set.Observation(i, 0)[0], set.State(i, 0)[0]);
            for (int t = 0; t < set.Lengths[i]; t++)
            {
                bool success = ClevrRules.Success(set.Goal(i), set.Observation(i, t + 1));
                Assert.Equal(t == set.Lengths[i] - 1, success);
                float reward = ClevrRules.Reward(
                    set.Goal(i), set.Observation(i, t), set.Observation(i, t + 1), 0, ClevrRewardForm.Offset);
                Assert.Equal(reward, set.RewardsOf(i)[t]);
            }
        }

        // 200 = 2 x 80 + 40
        Assert.Equal(80, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 2, 3));
    }

    [Fact]
    public void An_interrupted_collection_ends_like_an_uninterrupted_one()
    {
        using var whole = new TestRun();
        Collect.Run(Small, whole.Open());

        using var broken = new TestRun();
        using var stop = new CancellationTokenSource();
        StageContext context = broken.Open(cancel: stop.Token, progress: new StopAfter(stop, 100));
        Assert.Throws<OperationCanceledException>(() => Collect.Run(Small, context));
        Assert.True(File.Exists(broken.File("collect", "parts", "0", "tally.json")));
        Collect.Run(Small, broken.Open());

        RolloutSet a = RolloutSet.Load(whole.File("collect"));
        RolloutSet b = RolloutSet.Load(broken.File("collect"));
        Assert.Equal(a.Observations, b.Observations);
        Assert.Equal(a.Actions, b.Actions);
        Assert.Equal(a.Goals, b.Goals);
    }

    [Theory]
    [InlineData("clevr", "expected clevr-robot, metaworld/TASK or metaworld/kalm")]
    [InlineData("metaworld/raech", "did you mean 'metaworld/reach'?")]
    public void Another_environment_is_refused(string env, string message)
    {
        using var run = new TestRun();
        var e = Assert.Throws<KalmException>(() => Collect.Run(new CollectOptions { Env = env }, run.Open()));
        Assert.Contains(message, e.Message);
        Assert.False(Directory.Exists(run.File("collect")));
    }
}

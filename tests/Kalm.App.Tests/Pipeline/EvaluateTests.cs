using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Learning;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public class EvaluateTests
{
    [Fact]
    public void Episodes_are_the_same_for_every_policy_and_thread_count()
    {
        var episodes = new Episodes(ClevrLevel.Offline, 20, 5);
        using var one = new CpuLauncher(1);
        using var two = new CpuLauncher(2);

        EpisodeOutcome first = episodes.Play(new PushRed(), one, 20);
        EpisodeOutcome second = episodes.Play(new PushRed(), two, 20);

        Assert.Equal(first.Success, second.Success);
        Assert.Equal(first.Kept.Observations, second.Kept.Observations);
        Assert.Equal(first.Kept.Sentences, second.Kept.Sentences);
    }

    [Fact]
    public void One_fixed_push_reaches_one_easy_goal_in_twenty()
    {
        using var launcher = new CpuLauncher(2);

        double success = new Episodes(ClevrLevel.Easy, 4000, 5).Play(new PushRed(), launcher, 0).Success;

        // action 0 pushes red to +x: right for 1 of 5 balls and 1 of 4 directions; 4000 draws spread by 0.0034
        Assert.Equal(0.05, success, 0.015);
    }

    [Fact]
    public void Episode_ends_with_success_or_the_horizon()
    {
        using var launcher = new CpuLauncher(2);

        RolloutSet kept = new Episodes(ClevrLevel.Rephrase, 60, 5).Play(new PushRed(), launcher, 60).Kept;

        Assert.All(Enumerable.Range(0, 60), i => Assert.True(kept.Success[i] || kept.Lengths[i] == 50));
        Assert.Contains(true, kept.Success);
    }

    [Fact]
    public void Evaluation_measures_trained_policies_and_is_kept()
    {
        using var run = new TestRun();
        StageContext context = run.Open();
        FakeTraining(context);
        var options =
            new EvaluateOptions { Methods = ["bc"], Levels = ["offline", "easy"], Episodes = 30, KeptEpisodes = 2 };

        EvaluateResult first = Evaluate.Run(options, context);
        EvaluateResult again = Evaluate.Run(options, context);

        Assert.Equal(["offline bc", "easy bc"], first.Levels.Select(r => $"{r.Level} {r.Method}"));
        Assert.All(first.Levels, r => Assert.Equal((2, 60), (r.Seeds, r.Episodes)));
        Assert.Equal(first.Levels, again.Levels);
        Assert.Equal(2, RolloutSet.Load(run.File("evaluate", "rollouts", "easy", "bc")).Count);
        Report.Run(new ReportOptions(), context);
        Assert.Contains("\"kind\":\"policy\"", File.ReadAllText(run.File("report.html")));
    }

    [Fact]
    public void Damaged_policy_is_named()
    {
        using var run = new TestRun();
        StageContext context = run.Open();
        FakeTraining(context);
        string file = run.File("train", "offline", "bc-0", "policy.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..1000]);

        var e = Assert.Throws<KalmException>(() => Evaluate.Run(new EvaluateOptions { Methods = ["bc"] }, context));

        Assert.Contains(file, e.Message);
    }

    [Theory]
    [InlineData("sarsa", "easy", "methods: found 'sarsa'")]
    [InlineData("bc", "harder", "level: found 'harder'")]
    public void Unknown_words_are_refused(string method, string level, string message)
    {
        using var run = new TestRun();

        var e = Assert.Throws<KalmException>(
            () => Evaluate.Run(new EvaluateOptions { Methods = [method], Levels = [level] }, run.Open()));

        Assert.Contains(message, e.Message);
    }

    // two fresh networks in the place of trained ones
    private static void FakeTraining(StageContext context)
    {
        StageRunner.Run("train", [], new TrainOptions(), context, (_, _) =>
        {
            for (int seed = 0; seed < 2; seed++)
            {
                using var network = new GoalNetwork(new NetworkShape());
                network.Initialize(7, (ulong)seed);
                PolicyFile.Save(context.Folder.Train("offline", "bc", seed), [network]);
            }
            return new TrainResult([new("offline", "bc", 0, 9, 1), new("offline", "bc", 1, 9, 1)], 9, 1);
        });
    }

    private sealed class PushRed : IEpisodePolicy
    {
        public void Begin(IReadOnlyList<string> sentences, int horizon)
        {
        }

        public void Act(ReadOnlySpan<int> active, ReadOnlySpan<float> observations, Span<int> actions)
        {
            foreach (int world in active) actions[world] = 0;
        }

        public void Dispose()
        {
        }
    }
}

using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public class TrainTests
{
    private static readonly TrainOptions Small = new()
    {
        Levels = ["offline", "easy"],
        Seeds = 1,
        CqlUpdates = 40,
        BcUpdates = 40,
        CurvePoints = 4,
        Hidden = [32, 32],
        Goals = new() { Size = 64 },
    };

    [Fact]
    public void Policies_curves_and_result_are_written()
    {
        using var run = new TestRun();
        StageContext context = Prepare(run);

        TrainResult result = Train.Run(Small, context);

        Assert.Equal(4, result.Policies.Count);
        Assert.Equal(["offline", "easy", "offline", "easy"], result.Policies.Select(p => p.Level));
        Assert.True(result.Policies[1].Transitions > result.RealTransitions);
        foreach (TrainedPolicy policy in result.Policies)
        {
            string folder = context.Folder.Train(policy.Level, policy.Method, policy.Seed);
            using var loaded = PolicyFile.Load(folder, 3);
            Assert.Equal((10, 64, 40), (loaded.Shape.StateSize, loaded.Shape.GoalSize, loaded.Shape.OutputSize));
            Assert.False(File.Exists(Path.Combine(folder, PolicyFile.CheckpointName)));
            string scope = $"train/{policy.Level}/{policy.Method}-{policy.Seed}";
            Assert.Equal(
                [10, 20, 30, 40],
                MetricsWriter.Read(context.Folder.MetricsFile)
                    .Where(line => line["scope"]!.ToString() == scope).Select(line => line["step"]!.GetValue<int>()));
        }
    }

    [Fact]
    public void Interrupted_training_ends_as_an_uninterrupted_one()
    {
        using var whole = new TestRun();
        using var cut = new TestRun();
        StageContext context = Prepare(whole);
        Train.Run(Small, context);
        Prepare(cut);

        // one interval of one policy at a time
        for (int tries = 0; tries < 100; tries++)
        {
            using CancellationTokenSource source = new();
            StageContext begun = cut.Open();
            StageContext stopping = new()
            {
                Folder = begun.Folder,
                Progress = new CancelAfterReport(source),
                Metrics = begun.Metrics,
                Seed = begun.Seed,
                Threads = 1,
                Cancel = source.Token,
            };
            try
            {
                Train.Run(Small, stopping);
                Assert.True(tries > 4);
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.True(tries < 99);
            }
        }

        foreach (string name in new[] { "offline/cql-0", "easy/cql-0", "offline/bc-0", "easy/bc-0" })
        {
            Assert.Equal(
                File.ReadAllBytes(whole.File("train", name, PolicyFile.PolicyName)),
                File.ReadAllBytes(cut.File("train", name, PolicyFile.PolicyName)));
        }

        // two threads write the lines of different policies in any order
        Assert.Equal(Lines(whole), Lines(cut));
    }

    [Theory]
    [InlineData("sarsa", "easy", "methods: found 'sarsa'")]
    [InlineData("bc", "harder", "levels: found 'harder'")]
    public void Unknown_words_are_refused(string method, string level, string message)
    {
        using var run = new TestRun();

        var e = Assert.Throws<KalmException>(
            () => Train.Run(Small with { Methods = [method], Levels = [level] }, run.Open()));

        Assert.Contains(message, e.Message);
    }

    [Fact]
    public void Rollouts_without_sentences_are_refused()
    {
        using var run = new TestRun();
        StageContext context = run.Open();
        RolloutSet set = Rollouts("offline", 3);
        set.Sentences[1] = [];
        Finish(context, "collect", () => set.Save(context.Folder.Collect));

        var e = Assert.Throws<KalmException>(() => Train.Run(Small with { Levels = ["offline"] }, context));

        Assert.Contains("rollout 1: field 'sentences': found none", e.Message);
    }

    private static string[] Lines(TestRun run) => [.. File.ReadAllLines(run.File("metrics.jsonl")).Order()];

    private static StageContext Prepare(TestRun run)
    {
        StageContext context = run.Open();
        Finish(context, "collect", () => Rollouts("offline", 1).Save(context.Folder.Collect));
        Finish(context, "imagine", () => Rollouts("easy", 2).Save(context.Folder.Imagine("easy")));
        return context;
    }

    private static void Finish(StageContext context, string stage, Action make) =>
        StageRunner.Run(stage, [], new Nothing(), context, (_, _) =>
        {
            make();
            return new Nothing();
        });

    private static RolloutSet Rollouts(string level, int seed)
    {
        Random random = new(seed);
        RolloutSet set = new(20, 50, 10, 10) { Level = level };
        for (int rollout = 0; rollout < set.Count; rollout++)
        {
            set.Lengths[rollout] = 1 + random.Next(9);
            set.Sentences[rollout] = [$"push ball {rollout % 5}", $"roll ball {rollout % 5}"];
            for (int step = 0; step <= set.Lengths[rollout]; step++)
            {
                foreach (ref float number in set.Observation(rollout, step)) number = random.NextSingle() - 0.5f;
            }

            foreach (ref int action in set.ActionsOf(rollout)) action = random.Next(40);
        }

        return set;
    }

    private sealed record Nothing;

    private sealed class CancelAfterReport(CancellationTokenSource source) : IProgressSink
    {
        public void Begin(string title, long total, string unit = "")
        {
        }

        public void Report(long done, string? text = null)
        {
            if (!string.IsNullOrEmpty(text)) source.Cancel();
        }

        public void End()
        {
        }

        public void Message(string text)
        {
        }
    }
}

using System.Text.Json.Nodes;
using Kalm.App.Formats;
using Kalm.App.Grounding;
using Kalm.App.Pipeline;
using Kalm.App.Tests.Grounding;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public sealed class GroundTests
{
    private static readonly GroundOptions s_options = new()
    {
        Model = "nano",
        Vocabulary = 400,
        PretrainSteps = 4,
        PretrainBatch = 4,
        Steps = 6,
        Batch = 4,
        CheckpointEvery = 2,
        ValidateEvery = 3,
        ValidationRollouts = 4,
    };

    private static readonly ImagineOptions s_imagine = new() { Rephrase = 6, Easy = 4, Hard = 3, Batch = 4, Steps = 3 };

    [Fact]
    public void A_run_stopped_at_a_checkpoint_ends_with_the_same_model_and_dreams()
    {
        using var whole = new TestRun();
        using var broken = new TestRun();
        Prepare(whole);
        Prepare(broken);
        GroundResult expected = Ground.Run(s_options, whole.Open());

        // stops at every checkpoint
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        for (int i = 0; i < 4; i++)
            Assert.Throws<OperationCanceledException>(() => Ground.Run(s_options, broken.Open(cancel: stop.Token)));
        GroundResult found = Ground.Run(s_options, broken.Open());

        Assert.Equal(expected, found);
        foreach (string file in new[] { "model.safetensors", "trajectory.safetensors", "tokenizer.json" })
        {
            Assert.Equal(
                File.ReadAllBytes(whole.File("ground", "model", file)),
                File.ReadAllBytes(broken.File("ground", "model", file)));
        }

        Assert.Equal(File.ReadAllText(whole.File("metrics.jsonl")), File.ReadAllText(broken.File("metrics.jsonl")));
        ImagineResult dreams = Imagine.Run(s_imagine, whole.Open());
        ImagineResult others = Imagine.Run(s_imagine, broken.Open());
        Assert.Equal(dreams.Levels, others.Levels);
        Assert.Equal(["rephrase", "easy", "hard"], dreams.Levels.Select(level => level.Level));
        RolloutSet set = RolloutSet.Load(whole.File("imagine", "rephrase"));
        Assert.Equal(6, set.Count);
        Assert.Equal(set.Observations, RolloutSet.Load(broken.File("imagine", "rephrase")).Observations);
        Assert.False(Directory.Exists(whole.File("imagine", "rephrase", "parts")));
    }

    [Fact]
    public void Rejecting_failures_keeps_just_the_rollouts_that_reach_their_goal()
    {
        ImagineOptions options = s_imagine with { Levels = ["easy"], Easy = 200, Batch = 100, Temperature = 5 };
        (RolloutSet all, ImaginedLevel every) = Dream(options);
        (RolloutSet kept, ImaginedLevel some) = Dream(options with { RejectFailed = true });

        Assert.InRange(all.Success.Count(success => success), 1, all.Count - 1);
        int[] reached = [.. Enumerable.Range(0, all.Count).Where(i => all.Success[i])];
        Assert.Equal(reached.Length, kept.Count);
        Assert.Equal(all.Count - reached.Length, some.Rejected);
        Assert.Equal(every.MatchRate, some.MatchRate);
        for (int k = 0; k < kept.Count; k++)
        {
            Assert.Equal(all.Sentences[reached[k]], kept.Sentences[k]);
            Assert.Equal(all.ActionsOf(reached[k]).ToArray(), kept.ActionsOf(k).ToArray());
        }
    }

    [Fact]
    public void A_damaged_checkpoint_is_named_and_left_alone()
    {
        using var run = new TestRun();
        Prepare(run);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Ground.Run(s_options, run.Open(cancel: stop.Token)));
        string file = run.File("ground", "checkpoint.bin");
        byte[] half = File.ReadAllBytes(file)[..500];
        File.WriteAllBytes(file, half);

        KalmException error = Assert.Throws<KalmException>(() => Ground.Run(s_options, run.Open()));

        Assert.Contains(file, error.Message);
        Assert.Equal(half, File.ReadAllBytes(file));
    }

    [Fact]
    public void An_unknown_model_is_refused_by_name()
    {
        using var run = new TestRun();
        Prepare(run);

        KalmException error = Assert.Throws<KalmException>(
            () => Ground.Run(s_options with { Model = "gigantic" }, run.Open()));

        Assert.Contains("gigantic", error.Message);
        Assert.Contains("nano", error.Message);
    }

    [Fact]
    public void Held_out_rollouts_are_not_trained_on_and_the_division_is_the_seed_s()
    {
        RolloutSet rollouts = SmallModel.Rollouts(40, steps: 1);

        (int[] train, int[] held) = GroundSplit.Draw(rollouts, 0.25, 50, 9);

        Assert.Equal(10, held.Length);
        Assert.Empty(train.Intersect(held));
        Assert.Equal(40, train.Union(held).Count());
        Assert.Equal(held, GroundSplit.Draw(rollouts, 0.25, 50, 9).Held);
        Assert.NotEqual(held, GroundSplit.Draw(rollouts, 0.25, 50, 10).Held);
    }

    [Fact]
    public void Learning_rate_rises_then_falls_to_a_tenth()
    {
        Assert.Equal(0.1, GroundPhases.Rate(1, 0, 100, 10), 1e-9);
        Assert.Equal(1, GroundPhases.Rate(1, 9, 100, 10), 1e-9);
        Assert.Equal(1, GroundPhases.Rate(1, 10, 100, 10), 1e-9);
        Assert.Equal(0.55, GroundPhases.Rate(1, 55, 100, 10), 1e-9);
        Assert.Equal(0.1, GroundPhases.Rate(1, 100, 100, 10), 1e-9);
    }

    private static (RolloutSet Set, ImaginedLevel Level) Dream(ImagineOptions options)
    {
        using var run = new TestRun();
        Prepare(run);
        Ground.Run(s_options, run.Open());
        ImaginedLevel level = Imagine.Run(options, run.Open()).Levels[0];
        return (RolloutSet.Load(run.File("imagine", level.Level)), level);
    }

    private static void Prepare(TestRun run)
    {
        run.Open();
        SmallModel.Rollouts(20, steps: 3).Save(run.File("collect"));
        JsonFile.Write(
            run.File("collect", "done.json"), new JsonObject { ["key"] = "test", ["identity"] = new JsonObject() });
    }
}

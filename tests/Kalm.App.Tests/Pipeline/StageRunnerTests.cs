using Kalm.App.Pipeline;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public class StageRunnerTests
{
    private int _runs;

    [Fact]
    public void Stage_that_is_done_is_kept_and_gives_its_result_again()
    {
        using var run = new TestRun();

        Result first = Run(run.Open(), new Options());
        Result second = Run(run.Open(), new Options());

        Assert.Equal(1, _runs);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Stage_with_other_options_is_refused_and_names_the_option()
    {
        using var run = new TestRun();
        Run(run.Open(), new Options());

        var e = Assert.Throws<KalmException>(() => Run(run.Open(), new Options { Steps = 9 }));

        Assert.Contains("field 'options.steps': found 3, expected 9", e.Message);
        Assert.True(StageRunner.IsDone(run.Open().Folder, "alpha"));
    }

    [Fact]
    public void Stage_that_was_interrupted_runs_again_with_the_same_options_only()
    {
        using var run = new TestRun();
        Assert.Throws<OperationCanceledException>(() => StageRunner.Run<Options, Result>(
            "alpha", [], new Options(), run.Open(), (_, _) => throw new OperationCanceledException()));

        Assert.Throws<KalmException>(() => Run(run.Open(), new Options { Steps = 9 }));
        Run(run.Open(), new Options());

        Assert.Equal(1, _runs);
    }

    [Fact]
    public void Stage_depends_on_the_key_of_its_input()
    {
        using var run = new TestRun();
        StageContext context = run.Open();

        var missing = Assert.Throws<KalmException>(() => RunBeta(context));
        Run(context, new Options());
        RunBeta(context);
        string done = run.File("alpha", "done.json");
        File.WriteAllText(done, File.ReadAllText(done).Replace("\"key\": \"", "\"key\": \"f"));
        var stale = Assert.Throws<KalmException>(() => RunBeta(context));

        Assert.Contains("run `kalm alpha` first", missing.Message);
        Assert.Contains("inputs.alpha", stale.Message);
    }

    private static Result RunBeta(StageContext context) =>
        StageRunner.Run("beta", ["alpha"], new Options(), context, (_, _) => new Result(0, ""));

    private Result Run(StageContext context, Options options) =>
        StageRunner.Run("alpha", [], options, context, (o, _) => new Result(o.Steps * 1.5, $"run {++_runs}"));

    private sealed record Options
    {
        public int Steps { get; init; } = 3;
    }

    private sealed record Result(double Value, string Note);
}

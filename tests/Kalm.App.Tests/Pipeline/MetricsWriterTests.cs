using Kalm.App.Pipeline;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public class MetricsWriterTests
{
    [Fact]
    public void Rewind_makes_an_interrupted_curve_equal_to_an_uninterrupted_one()
    {
        using var run = new TestRun();
        MetricsWriter whole = run.Open().Metrics;
        for (int step = 0; step < 6; step++) Step(whole, step);
        string expected = File.ReadAllText(run.File("metrics.jsonl"));
        File.Delete(run.File("metrics.jsonl"));

        MetricsWriter begun = run.Open().Metrics;
        for (int step = 0; step < 5; step++) Step(begun, step);
        MetricsWriter resumed = run.Open().Metrics;
        resumed.Rewind("ground", 3);
        for (int step = 3; step < 6; step++) Step(resumed, step);

        Assert.Equal(expected, File.ReadAllText(run.File("metrics.jsonl")));
    }

    [Fact]
    public void Line_torn_by_a_crash_is_cut_off()
    {
        using var run = new TestRun();
        Step(run.Open().Metrics, 0);
        string expected = File.ReadAllText(run.File("metrics.jsonl"));
        File.AppendAllText(run.File("metrics.jsonl"), "{\"scope\":\"gro");

        run.Open();

        Assert.Equal(expected, File.ReadAllText(run.File("metrics.jsonl")));
    }

    [Fact]
    public void Damaged_line_is_named()
    {
        using var run = new TestRun();
        Step(run.Open().Metrics, 0);
        File.AppendAllText(run.File("metrics.jsonl"), "{\"step\": 3}\n");

        var e = Assert.Throws<KalmException>(() => run.Open());

        Assert.Contains("metrics.jsonl: line 2", e.Message);
    }

    [Fact]
    public void Value_that_is_no_number_is_written_as_null()
    {
        using var run = new TestRun();
        run.Open().Metrics.Write("ground", 0, ("loss", double.NaN));

        Assert.Null(MetricsWriter.Read(run.File("metrics.jsonl"))[0]["loss"]);
    }

    private static void Step(MetricsWriter metrics, int step) =>
        metrics.Write("ground", step, ("loss", 1.0 / (step + 1)));
}

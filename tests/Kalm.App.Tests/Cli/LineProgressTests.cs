using Kalm.App.Cli;

namespace Kalm.App.Tests.Cli;

public class LineProgressTests
{
    [Fact]
    public void Progress_tells_rate_and_time_left()
    {
        var time = new ManualTime();
        using var writer = new StringWriter();
        using var progress = new LineProgress(writer, time);

        progress.Begin("collect", 6400, "rollouts");
        time.Seconds = 20;
        progress.Report(3200, "noise 0.2");

        Assert.Contains("collect: 3,200/6,400  160 rollouts/s  20 s left  noise 0.2", writer.ToString());
    }

    [Fact]
    public void Progress_counts_the_rate_from_where_it_was_resumed()
    {
        var time = new ManualTime();
        using var writer = new StringWriter();
        using var progress = new LineProgress(writer, time);

        progress.Begin("train", 1000, "updates");
        progress.Report(500);
        time.Seconds = 25;
        progress.Report(750);

        Assert.Contains("10 updates/s  25 s left", writer.ToString());
    }

    [Fact]
    public void Work_that_was_given_up_is_not_told_as_done()
    {
        using var writer = new StringWriter();
        using (var progress = new LineProgress(writer, new ManualTime())) progress.Begin("train", 10);

        Assert.Equal("train\n", writer.ToString());
    }

    private sealed class ManualTime : TimeProvider
    {
        public double Seconds { get; set; }

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}

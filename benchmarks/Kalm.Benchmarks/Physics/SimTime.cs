using System.Diagnostics;

namespace Kalm.Benchmarks.Physics;

/// <summary>How long a piece of work took, s.</summary>
/// <param name="Wall">By the clock on the wall.</param>
/// <param name="Processor">Processor time of all threads.</param>
internal readonly record struct SimTime(double Wall, double Processor)
{
    /// <summary>Takes the time of a piece of work.</summary>
    public static SimTime Of(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        work();
        used = Environment.CpuUsage.TotalTime - used;
        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, used.TotalSeconds);
    }

    /// <summary>The middle one of each time.</summary>
    public static SimTime Median(IEnumerable<SimTime> times)
    {
        SimTime[] all = [.. times];
        return new(BenchOutput.Median(all.Select(t => t.Wall)), BenchOutput.Median(all.Select(t => t.Processor)));
    }
}

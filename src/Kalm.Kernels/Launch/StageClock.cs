using System.Diagnostics;

namespace Kalm.Kernels.Launch;

/// <summary>
/// The clock of measuring runs. Each thread counts for itself; <see cref="Nanoseconds"/> adds the threads up, so its
/// figures are processor time spent in the stages, whatever the number of threads. A reading costs some 20 ns per
/// mark, which falls on the stage that ends.
/// </summary>
public readonly struct StageClock : IStageClock
{
    /// <summary>Number of stages that can be told apart.</summary>
    public const int StageCount = 32;

    private static readonly List<long[]> Threads = [];

    [ThreadStatic]
    private static long[]? _ticks;

    [ThreadStatic]
    private static long _last;

    /// <inheritdoc/>
    public static void Start() => _last = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public static void Mark(int stage)
    {
        long now = Stopwatch.GetTimestamp();
        (_ticks ?? Register())[stage] += now - _last;
        _last = now;
    }

    /// <summary>Forgets what was counted; no timed kernel may be running.</summary>
    public static void Reset()
    {
        lock (Threads)
        {
            foreach (long[] ticks in Threads) Array.Clear(ticks);
        }
    }

    /// <summary>
    /// Processor time per stage in nanoseconds since the last reset, divided by <paramref name="divisor"/>.
    /// </summary>
    /// <param name="divisor">What the time is shared out over: the number of world-steps taken.</param>
    public static double[] Nanoseconds(double divisor)
    {
        double[] sums = new double[StageCount];
        lock (Threads)
        {
            foreach (long[] ticks in Threads)
            {
                for (int stage = 0; stage < StageCount; stage++)
                    sums[stage] += ticks[stage] * (1e9 / Stopwatch.Frequency) / divisor;
            }
        }

        return sums;
    }

    private static long[] Register()
    {
        long[] ticks = new long[StageCount];
        lock (Threads) Threads.Add(ticks);
        return _ticks = ticks;
    }
}

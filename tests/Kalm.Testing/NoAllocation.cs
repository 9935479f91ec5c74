namespace Kalm.Testing;

/// <summary>Holds the promise that code allocates nothing on the managed heap.</summary>
public static class NoAllocation
{
    /// <summary>
    /// Bytes the calling thread allocates in <paramref name="repeats"/> runs of <paramref name="action"/>, after
    /// <paramref name="warmUp"/> runs that compile the code and fill its caches.
    /// </summary>
    public static long Bytes(Action action, int repeats = 100, int warmUp = 3)
    {
        for (int i = 0; i < warmUp; i++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < repeats; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Fails where <paramref name="action"/> allocates on the calling thread.</summary>
    public static void Check(Action action, int repeats = 100, int warmUp = 3)
    {
        long bytes = Bytes(action, repeats, warmUp);
        if (bytes != 0) throw new ToleranceException($"{bytes} bytes allocated in {repeats} runs, expected 0");
    }
}

using System.Runtime.ExceptionServices;

namespace Kalm.Kernels.Launch;

/// <summary>
/// The threads of a <see cref="ThreadTeam"/> and the words they watch. Threads refer to the crew only, so that a
/// forgotten team can be finalized and stop them.
/// </summary>
internal sealed unsafe class TeamCrew : IDisposable
{
    // a few tens of microseconds: longer than the gap between two launches of a loop, shorter than a scheduler tick
    private const int Spins = 400;
    private const int SpinLength = 30;

    private readonly Thread[] _threads;
    private readonly AutoResetEvent[] _wake;
    private readonly AutoResetEvent _done = new(false);
    private readonly Exception?[] _errors;
    private readonly int[] _parked;
    private readonly int[] _tickets;
    private delegate*<void*, int, int, void> _run;
    private void* _job;
    private int _parts;
    private int _remaining;
    private int _callerParked;
    private int _stopped;

    /// <summary>Starts <paramref name="threads"/> - 1 threads beside the caller.</summary>
    public TeamCrew(int threads)
    {
        _threads = new Thread[threads - 1];
        _wake = new AutoResetEvent[threads - 1];
        _parked = new int[threads - 1];
        _tickets = new int[threads - 1];
        _errors = new Exception?[threads];
        for (int i = 0; i < threads - 1; i++)
        {
            _wake[i] = new AutoResetEvent(false);
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"kalm {i + 1}" };
            _threads[i].Start(i);
        }
    }

    /// <summary>Whether <paramref name="thread"/> is one of the crew's.</summary>
    public bool IsMember(int thread)
    {
        foreach (Thread member in _threads)
        {
            if (member.ManagedThreadId == thread) return true;
        }

        return false;
    }

    /// <summary>Runs all parts and waits; one caller at a time.</summary>
    public void Run(delegate*<void*, int, int, void> run, void* job, int parts)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _stopped) != 0, typeof(ThreadTeam));
        _run = run;
        _job = job;
        _parts = parts;
        _remaining = parts - 1;

        // only those that take part get a ticket: the job's words stay as they are until each of them has ended
        for (int i = 0; i < parts - 1; i++)
        {
            Interlocked.Increment(ref _tickets[i]);
            if (Interlocked.Exchange(ref _parked[i], 0) != 0) _wake[i].Set();
        }

        RunPart(0);
        WaitForOthers();
        for (int part = 0; part < parts; part++)
        {
            if (_errors[part] != null) Rethrow();
        }
    }

    /// <summary>Tells the threads to end; they do so on their own, once they have looked.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0) return;
        foreach (AutoResetEvent wake in _wake) wake.Set();
    }

    private void Work(object? index)
    {
        int member = (int)index!;
        int seen = 0;
        while (WaitForJob(member, seen))
        {
            seen++;
            RunPart(member + 1);
            bool last = Interlocked.Decrement(ref _remaining) == 0;
            if (last && Interlocked.Exchange(ref _callerParked, 0) != 0) _done.Set();
        }
    }

    private bool WaitForJob(int member, int seen)
    {
        for (int spin = 0; spin < Spins; spin++)
        {
            if (Volatile.Read(ref _stopped) != 0) return false;
            if (Volatile.Read(ref _tickets[member]) != seen) return true;
            Thread.SpinWait(SpinLength);
        }

        while (true)
        {
            // announce first, look again, sleep: a job that comes in between either is seen or wakes
            Interlocked.Exchange(ref _parked[member], 1);
            if (Volatile.Read(ref _stopped) != 0) return false;
            if (Volatile.Read(ref _tickets[member]) != seen)
            {
                Interlocked.Exchange(ref _parked[member], 0);
                return true;
            }

            _wake[member].WaitOne();
        }
    }

    private void WaitForOthers()
    {
        for (int spin = 0; spin < Spins; spin++)
        {
            if (Volatile.Read(ref _remaining) == 0) return;
            Thread.SpinWait(SpinLength);
        }

        while (true)
        {
            Interlocked.Exchange(ref _callerParked, 1);
            if (Volatile.Read(ref _remaining) == 0)
            {
                Interlocked.Exchange(ref _callerParked, 0);
                return;
            }

            _done.WaitOne();
        }
    }

    private void RunPart(int part)
    {
        // nothing may leave a part: the job lies on the caller's stack until the last part has ended
        try
        {
            _run(_job, part, _parts);
        }
        catch (Exception error)
        {
            _errors[part] = error;
        }
    }

    private void Rethrow()
    {
        Exception first = _errors.First(error => error != null)!;
        Array.Clear(_errors);
        ExceptionDispatchInfo.Capture(first).Throw();
    }
}

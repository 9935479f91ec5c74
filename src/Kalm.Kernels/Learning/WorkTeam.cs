namespace Kalm.Kernels.Learning;

/// <summary>
/// Threads that run the same body side by side, member by member, with barriers inside. Made for bodies of a fraction
/// of a millisecond: members spin for each other, and sleep only when nothing comes for long.
/// </summary>
public sealed class WorkTeam : IDisposable
{
    // spins and yields of an idle member before it starts to sleep between looks
    private const int YieldsBeforeSleep = 20_000;
    private readonly Thread[] _threads;
    private Action<int>? _body;
    private Exception? _failure;
    private volatile int _run;
    private volatile bool _stop;
    private int _arrived;
    private volatile int _phase;

    /// <summary>Starts the members beyond the caller.</summary>
    /// <param name="members">Threads in all, the caller among them.</param>
    public WorkTeam(int members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        Members = members;
        _threads = new Thread[members - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int member = i + 1;
            _threads[i] = new Thread(() => Serve(member)) { IsBackground = true, Name = $"kalm team {member}" };
            _threads[i].Start();
        }
    }

    /// <summary>Number of members.</summary>
    public int Members { get; }

    /// <summary>
    /// Runs <paramref name="body"/> on every member, the caller being member 0, and returns when all are done.
    /// </summary>
    /// <param name="body">Called once per member with its number. Must not throw between barriers.</param>
    public void Run(Action<int> body)
    {
        if (Members == 1)
        {
            body(0);
            return;
        }

        _body = body;
        _run++;
        Call(0);
        Barrier();
        if (_failure is { } failure)
        {
            _failure = null;
            throw new InvalidOperationException("A member of the team failed: " + failure.Message, failure);
        }
    }

    /// <summary>Waits until every member has come here. Called by all members or by none.</summary>
    public void Barrier()
    {
        if (Members == 1) return;
        int phase = _phase;
        if (Interlocked.Increment(ref _arrived) == Members)
        {
            _arrived = 0;
            _phase = phase + 1;
            return;
        }

        SpinWait spin = default;
        while (_phase == phase) spin.SpinOnce(-1);
    }

    /// <summary>
    /// The share of one member of <paramref name="total"/> items: contiguous, and the same for every call.
    /// </summary>
    public Share ShareOf(int total, int member) =>
        new((int)((long)total * member / Members), (int)((long)total * (member + 1) / Members));

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _stop = true;
        foreach (Thread thread in _threads) thread.Join();
    }

    private void Serve(int member)
    {
        int run = 0;
        while (true)
        {
            SpinWait spin = default;
            while (_run == run && !_stop) spin.SpinOnce(YieldsBeforeSleep);
            if (_stop) return;
            run = _run;
            Call(member);
            Barrier();
        }
    }

    private void Call(int member)
    {
        try
        {
            _body!(member);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            _failure = e;
        }
    }
}

/// <summary>A range of items.</summary>
/// <param name="First">First item.</param>
/// <param name="End">One past the last item.</param>
public readonly record struct Share(int First, int End)
{
    /// <summary>Number of items.</summary>
    public int Count => End - First;
}

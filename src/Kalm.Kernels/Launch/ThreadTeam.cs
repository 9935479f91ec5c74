using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Launch;

/// <summary>
/// Threads that live as long as the team and run the parts of one job after another, one part per thread, the first
/// part on the caller. Running a job allocates nothing. Which thread runs which part is fixed, so that a part finds
/// its data in its own core's cache.
/// </summary>
public sealed unsafe class ThreadTeam : IDisposable
{
    private readonly TeamCrew _crew;
    private readonly Lock _gate = new();
    private int _owner;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Threads that work on a job, the caller included; 0 for one per processor.</param>
    public ThreadTeam(int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        _crew = new TeamCrew(Threads);
    }

    /// <summary>Stops the threads of a team that was never disposed.</summary>
    ~ThreadTeam() => _crew.Dispose();

    /// <summary>Threads that work on a job, the caller included.</summary>
    public int Threads { get; }

    /// <summary>
    /// Runs a job in <paramref name="parts"/> parts and returns when all are done. What a part throws is thrown here,
    /// the lowest part's exception first, after the other parts have ended. Callers on several threads take turns.
    /// </summary>
    /// <param name="job">The job; its parts share one copy.</param>
    /// <param name="parts">Number of parts, at most <see cref="Threads"/>; 0 for all.</param>
    /// <exception cref="InvalidOperationException">A part of a job runs another job on its own team.</exception>
    public void Run<TJob>(in TJob job, int parts = 0)
        where TJob : struct, ITeamJob
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, Threads);
        if (parts == 0) parts = Threads;

        // on the stack, where its address stays valid until every part has ended
        TJob shared = job;
        if (parts == 1)
        {
            shared.Run(0, 1);
            return;
        }

        int caller = Environment.CurrentManagedThreadId;
        if (_crew.IsMember(caller) || Volatile.Read(ref _owner) == caller)
            throw new InvalidOperationException("a part of a team's job cannot run another job on the same team");
        lock (_gate)
        {
            Volatile.Write(ref _owner, caller);
            try
            {
                _crew.Run(&RunPart<TJob>, Unsafe.AsPointer(ref shared), parts);
            }
            finally
            {
                Volatile.Write(ref _owner, 0);
            }
        }
    }

    /// <summary>Stops the threads; a job that runs is finished first.</summary>
    public void Dispose()
    {
        lock (_gate) _crew.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void RunPart<TJob>(void* job, int part, int parts)
        where TJob : struct, ITeamJob => Unsafe.AsRef<TJob>(job).Run(part, parts);
}

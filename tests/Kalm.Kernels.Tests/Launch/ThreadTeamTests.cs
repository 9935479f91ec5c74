using System.Runtime.CompilerServices;
using Kalm.Kernels.Launch;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Launch;

/// <summary>Teams of threads: every part once, always on the same thread, failures surface, nothing hangs.</summary>
public sealed class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_runs_exactly_once(int threads)
    {
        using ThreadTeam team = new(threads);
        int[] counts = new int[threads];
        for (int round = 0; round < 1000; round++)
        {
            int parts = 1 + (round % threads);
            Array.Clear(counts);
            team.Run(new CountJob(counts), parts);

            for (int part = 0; part < threads; part++) Assert.Equal(part < parts ? 1 : 0, counts[part]);
        }
    }

    [Fact]
    public void Threads_that_went_to_sleep_are_woken()
    {
        using ThreadTeam team = new(3);
        int[] counts = new int[3];
        for (int round = 1; round <= 5; round++)
        {
            Thread.Sleep(20);
            team.Run(new CountJob(counts));

            Assert.Equal([round, round, round], counts);
        }
    }

    [Fact]
    public void A_part_stays_on_its_thread()
    {
        using ThreadTeam team = new(3);
        int[] first = new int[3];
        int[] second = new int[3];
        team.Run(new ThreadJob(first));
        team.Run(new ThreadJob(second));

        Assert.Equal(first, second);
        Assert.Equal(Environment.CurrentManagedThreadId, first[0]);
        Assert.Equal(3, first.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void What_a_part_throws_is_thrown_to_the_caller(int failing)
    {
        using ThreadTeam team = new(3);
        int[] counts = new int[3];

        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => team.Run(new FailingJob(counts, failing)));

        Assert.Equal($"part {failing}", error.Message);
        Assert.Equal([1, 1, 1], counts);
        team.Run(new CountJob(counts));
        Assert.Equal([2, 2, 2], counts);
    }

    [Fact]
    public void A_part_cannot_run_a_job_on_its_own_team()
    {
        using ThreadTeam team = new(2);

        Assert.Throws<InvalidOperationException>(() => team.Run(new NestedJob(team, 0)));
        Assert.Throws<InvalidOperationException>(() => team.Run(new NestedJob(team, 1)));
    }

    [Fact]
    public void Callers_on_several_threads_take_turns()
    {
        using ThreadTeam team = new(2);
        int[] counts = new int[2];
        Thread[] callers = new Thread[4];
        for (int i = 0; i < callers.Length; i++)
        {
            callers[i] = new Thread(() =>
            {
                for (int round = 0; round < 500; round++) team.Run(new CountJob(counts));
            });
            callers[i].Start();
        }

        foreach (Thread caller in callers) caller.Join();

        Assert.Equal([2000, 2000], counts);
    }

    [Fact]
    public void A_job_allocates_nothing()
    {
        using ThreadTeam team = new(2);
        int[] counts = new int[2];

        NoAllocation.Check(() => team.Run(new CountJob(counts)));
    }

    [Fact]
    public void A_disposed_team_refuses_jobs()
    {
        ThreadTeam team = new(2);
        team.Dispose();

        Assert.Throws<ObjectDisposedException>(() => team.Run(new CountJob(new int[2])));
    }

    [Fact]
    public void A_forgotten_team_is_collected()
    {
        WeakReference forgotten = Forget();
        for (int i = 0; i < 20 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(forgotten.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget()
    {
        ThreadTeam team = new(2);
        team.Run(new CountJob(new int[2]));
        return new WeakReference(team);
    }

    private readonly struct CountJob(int[] counts) : ITeamJob
    {
        public void Run(int part, int parts) => counts[part]++;
    }

    private readonly struct ThreadJob(int[] threads) : ITeamJob
    {
        public void Run(int part, int parts) => threads[part] = Environment.CurrentManagedThreadId;
    }

    private readonly struct FailingJob(int[] counts, int failing) : ITeamJob
    {
        public void Run(int part, int parts)
        {
            counts[part]++;
            if (part >= failing) throw new InvalidOperationException($"part {part}");
        }
    }

    private readonly struct NestedJob(ThreadTeam team, int nesting) : ITeamJob
    {
        public void Run(int part, int parts)
        {
            if (part == nesting) team.Run(new CountJob(new int[2]));
        }
    }
}

using Kalm.Kernels.Launch;

namespace Kalm.Kernels.Tests.Launch;

/// <summary>Stage times land on their stage and add up over threads.</summary>
public sealed class StageClockTests
{
    [Fact]
    public void Time_lands_on_the_stage_that_ends()
    {
        using ThreadTeam team = new(2);
        StageClock.Reset();
        team.Run(new SleepyJob());
        double[] stages = StageClock.Nanoseconds(divisor: 1);

        // a sleep lasts at least as long as asked for, on each of the two threads
        Assert.True(stages[3] >= 2 * 20e6, $"{stages[3]}");
        Assert.True(stages[4] >= 2 * 5e6, $"{stages[4]}");
        Assert.All(stages[5..], time => Assert.Equal(0, time));

        StageClock.Reset();
        Assert.All(StageClock.Nanoseconds(divisor: 1), time => Assert.Equal(0, time));
    }

    private readonly struct SleepyJob : ITeamJob
    {
        public void Run(int part, int parts)
        {
            StageClock.Start();
            Thread.Sleep(20);
            StageClock.Mark(3);
            Thread.Sleep(5);
            StageClock.Mark(4);
        }
    }
}

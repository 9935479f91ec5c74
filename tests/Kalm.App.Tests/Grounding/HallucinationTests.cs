using Kalm.App.Formats;
using Kalm.App.Grounding;

namespace Kalm.App.Tests.Grounding;

public sealed class HallucinationTests
{
    [Fact]
    public void First_steps_of_the_simulator_itself_are_without_fault()
    {
        // later steps start with rolling balls, which the judge cannot know
        RolloutSet real = SmallModel.Rollouts(50, steps: 1);

        HallucinationReport report = Hallucination.Judge(real, 2);

        Assert.Equal(0, report.LeftTable);
        Assert.Equal(0, report.ExceedsDynamics);
        Assert.Equal(0, report.Overlapping);
        Assert.True(report.MeanError < 1e-6, $"{report.MeanError}");
        Assert.All(report.Valid, Assert.True);
    }

    [Fact]
    public void Impossible_steps_are_counted_by_kind()
    {
        RolloutSet set = SmallModel.Rollouts(4, steps: 1);
        set.Observation(0, 1)[0] = 0.9f;                                     // beyond the wall
        set.Observation(1, 0)[..2].CopyTo(set.Observation(1, 1)[2..]);       // blue where red was
        set.Observation(1, 0)[..2].CopyTo(set.Observation(1, 1));
        float y = set.Observation(2, 1)[1];
        set.Observation(2, 1)[1] = y > 0.2f ? y - 0.25f : y + 0.25f;         // farther than physics goes

        HallucinationReport report = Hallucination.Judge(set, 1);

        Assert.Equal(0.25, report.LeftTable);
        Assert.True(report.Overlapping >= 0.25);
        Assert.True(report.ExceedsDynamics >= 0.5);
        Assert.Equal([false, false, false, true], report.Valid);
    }

    [Fact]
    public void Sets_are_joined_and_thinned_out_rollout_by_rollout()
    {
        RolloutSet a = SmallModel.Rollouts(3), b = SmallModel.Rollouts(2, steps: 2);

        RolloutSet kept = RolloutMerge.Keep(RolloutMerge.Join([a, b], "test"), [false, true, false, false, true]);

        Assert.Equal(2, kept.Count);
        Assert.Equal("test", kept.Origin);
        Assert.Equal(a.ActionsOf(1).ToArray(), kept.ActionsOf(0).ToArray());
        Assert.Equal(b.Observation(1, b.Lengths[1]).ToArray(), kept.Observation(1, b.Lengths[1]).ToArray());
        Assert.Equal(b.Sentences[1], kept.Sentences[1]);
        Assert.Equal(b.Goal(1).ToArray(), kept.Goal(1).ToArray());
    }
}

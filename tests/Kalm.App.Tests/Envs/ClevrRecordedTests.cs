using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Testing;

namespace Kalm.App.Tests.Envs;

public sealed class ClevrRecordedTests
{
    // the data holds floats: half a unit in the last place of 0.6 m is 3e-8, and MuJoCo itself is 3.0e-7 away;
    // floats inside the simulation add their own rounding over 40 substeps
    [SkippableTheory]
    [InlineData(LaneKind.Lane8d, 5e-7, 1.0)]
    [InlineData(LaneKind.Lane16, 5e-6, 0.99)]
    public void Recorded_steps_are_reproduced(LaneKind kind, double bound, double share)
    {
        const string Name = "kalm/clevr_robot.npy";
        string? path = SharedData.Path(Name);
        Skip.If(path == null, SharedData.Missing(Name));
        RolloutSet set = OfficialClevr.Read(OfficialNpy.Load(path!));
        (int Rollout, int Step)[] steps =
        [
            .. from i in Enumerable.Range(0, set.Count)
               from t in Enumerable.Range(0, set.Lengths[i])
               select (i, t),
        ];
        using var env = new ClevrEnv(steps.Length, 1, new EnvOptions { Kind = kind });
        int[] actions = new int[steps.Length];
        double[] state = new double[69];
        for (int w = 0; w < steps.Length; w++)
        {
            (int i, int t) = steps[w];
            ReadOnlySpan<float> recorded = set.State(i, t);
            for (int k = 0; k < 69; k++) state[k] = recorded[k];
            env.SetGoal(w, ClevrGoal.Decode(set.Goal(i)));
            env.SetState(w, state);
            actions[w] = set.ActionsOf(i)[t];
        }

        env.Step(actions);
        int good = 0;
        for (int w = 0; w < steps.Length; w++)
        {
            (int i, int t) = steps[w];
            double worst = 0;
            for (int k = 0; k < 10; k++)
            {
                double recorded = set.Observation(i, t + 1)[k];
                worst = Math.Max(worst, Math.Abs(env.Observations[(10 * w) + k] - recorded));
            }

            if (worst <= bound)
            {
                good++;

                // a distance changes by at most four such errors, the reward is ten times that
                Assert.Equal(set.RewardsOf(i)[t], env.Rewards[w], (float)(1e-5 + (40 * bound)));
            }

            Assert.Equal(set.Success[i] && t == set.Lengths[i] - 1, env.Success[w]);
        }

        Assert.InRange((double)good / steps.Length, share, 1);
    }
}

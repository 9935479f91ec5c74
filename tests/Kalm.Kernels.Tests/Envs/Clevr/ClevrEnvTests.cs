using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Memory;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.Clevr;

public sealed class ClevrEnvTests
{
    [Fact]
    public void The_registry_makes_it_by_id()
    {
        using BatchEnv env = EnvRegistry.Create("clevr-robot", 3, 1);
        Assert.Equal((3, 10, 40, 50), (env.Count, env.Spec.ObservationSize, env.Spec.ActionCount, env.Spec.Horizon));
        Assert.Equal(30, env.Observations.Length);
        Assert.Throws<KalmException>(() => EnvRegistry.Create("clevr", 1, 1));
    }

    [Fact]
    public void Reset_follows_the_official_distribution()
    {
        using var env = new ClevrEnv(200, 5);
        float least = 1, most = -1;
        for (int w = 0; w < env.Count; w++)
        {
            ReadOnlySpan<float> x = env.Observations.Slice(10 * w, 10);
            Assert.False(ClevrRules.Success(env.Goal(w).ToCode(), x));
            for (int a = 0; a < 5; a++)
            {
                Assert.InRange(x[2 * a], -0.5f, 0.5f);
                Assert.InRange(x[(2 * a) + 1], -0.3f, 0.5f);
                (least, most) = (Math.Min(least, x[(2 * a) + 1]), Math.Max(most, x[(2 * a) + 1]));
                for (int b = 0; b < a; b++)
                {
                    float dx = Math.Abs(x[2 * a] - x[2 * b]);
                    float dy = Math.Abs(x[(2 * a) + 1] - x[(2 * b) + 1]);
                    Assert.True(dx >= 0.01f && dy >= 0.01f && (dx * dx) + (dy * dy) >= 0.36f * 0.36f);
                }
            }
        }

        Assert.True(least < -0.25f && most > 0.45f);
    }

    [Theory]
    [InlineData(LaneKind.Lane1)]
    [InlineData(LaneKind.Lane8)]
    [InlineData(LaneKind.Lane16)]
    public void Batch_and_lane_width_change_nothing(LaneKind kind)
    {
        // world 18 of 19 is world 0 of an environment that begins there
        using var many = new ClevrEnv(19, 9, new EnvOptions { Kind = kind, AutoReset = true });
        using var one = new ClevrEnv(1, 9, new EnvOptions { Kind = LaneKind.Lane1, AutoReset = true, FirstWorld = 18 });
        int[] actions = new int[19];
        for (int t = 0; t < 6; t++)
        {
            for (int w = 0; w < 19; w++) actions[w] = ((w * 7) + (t * 11)) % 40;
            many.Step(actions);
            one.Step(actions.AsSpan(18, 1));
            Assert.Equal(one.Observations.ToArray(), many.Observations[180..].ToArray());
            Assert.Equal(one.Rewards[0], many.Rewards[18]);
            Assert.Equal(one.Goal(0), many.Goal(18));
        }
    }

    [Fact]
    [Trait("Isa", "once")]
    public void Rewards_and_flags_are_those_of_the_rules()
    {
        using var env = new ClevrEnv(64, 3);
        float[] before = new float[640];
        int[] actions = new int[64];
        for (int t = 0; t < 12; t++)
        {
            env.Observations.CopyTo(before);
            bool[] active = [.. Enumerable.Range(0, 64).Select(env.IsActive)];
            for (int w = 0; w < 64; w++) actions[w] = (w + (13 * t)) % 40;
            env.Step(actions);
            for (int w = 0; w < 64; w++)
            {
                if (!active[w])
                {
                    Assert.Equal(0, env.Rewards[w]);
                    Assert.Equal(before[(10 * w)..((10 * w) + 10)], env.Observations.Slice(10 * w, 10).ToArray());
                    continue;
                }

                int[] goal = env.Goal(w).ToCode();
                ReadOnlySpan<float> now = env.Observations.Slice(10 * w, 10);
                bool success = ClevrRules.Success(goal, now, actions[w]);
                Assert.Equal(success, env.Success[w]);
                Assert.Equal(success, env.Terminated[w]);
                Assert.Equal(
                    ClevrRules.Reward(goal, before.AsSpan(10 * w, 10), now, actions[w], ClevrRewardForm.Offset),
                    env.Rewards[w]);
            }
        }

        Assert.Contains(true, env.Success.ToArray());
    }

    [Fact]
    public void A_state_put_back_gives_the_same_step()
    {
        using var env = new ClevrEnv(2, 4, new EnvOptions { Kind = LaneKind.Lane8d });
        env.Step([3, 20]);
        double[] state = new double[69];
        env.GetState(0, state);
        env.SetGoal(1, env.Goal(0));
        env.SetState(1, state);
        env.Step([12, 12]);
        Assert.Equal(env.Observations[..10].ToArray(), env.Observations[10..].ToArray());
        Assert.Equal(env.Rewards[0], env.Rewards[1]);
    }

    [Fact]
    public void An_easy_episode_is_one_step()
    {
        using var env = new ClevrEnv(8, 2, new EnvOptions { Level = ClevrLevel.Easy, AutoReset = true });
        ClevrGoal goal = env.Goal(5);
        int[] actions = new int[8];
        int[] byDirection = [1, 2, 3, 0];
        actions[5] = (goal.Relations[0].Source * 8) + byDirection[(int)goal.Relations[0].Direction];
        env.Step(actions);
        Assert.All(env.Terminated.ToArray(), Assert.True);
        Assert.True(env.Success[5]);
        Assert.Equal(1, env.Rewards[5]);
        Assert.Equal(0, env.StepCount(5));
    }

    [Fact]
    [Trait("Isa", "once")]
    public void The_horizon_truncates()
    {
        using var env = new ClevrEnv(4, 6);
        int[] actions = new int[4];
        for (int t = 0; t < 50; t++) env.Step(actions);
        for (int w = 0; w < 4; w++)
        {
            Assert.False(env.IsActive(w));
            Assert.Equal(!env.Success[w], env.Truncated[w]);
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var env = new ClevrEnv(20, 1);
        int[] actions = new int[20];
        env.Step(actions);
        NoAllocation.Check(() => env.Step(actions), repeats: 30);
    }

    [Fact]
    public void An_action_out_of_range_is_refused()
    {
        using var env = new ClevrEnv(1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => env.Step([40]));
        Assert.Throws<ArgumentOutOfRangeException>(() => env.Step([1, 2]));
    }
}

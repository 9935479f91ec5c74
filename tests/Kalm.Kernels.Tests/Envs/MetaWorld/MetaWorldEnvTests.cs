using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

public sealed class MetaWorldEnvTests
{
    [SkippableFact]
    [Trait("Isa", "once")]
    public void Spec_and_spans_have_the_shapes_of_the_task()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv env = TaskWorlds.Make("push", 3, 1);
        EnvSpec spec = env.Spec;
        Assert.Equal(("metaworld/push", 39, 4, 0, 500), (
            spec.Id, spec.ObservationSize, spec.ActionSize, spec.ActionCount, spec.Horizon));
        Assert.Equal((39, 39, 4, 4), (
            spec.ObservationLow.Count, spec.ObservationHigh.Count, spec.ActionLow.Count, spec.ActionHigh.Count));
        Assert.Equal((3 * 39, 3 * 6, 50), (env.Observations.Length, env.Infos.Length, env.Goals.Count));
        Assert.Contains("metaworld/push", EnvRegistry.Ids);
        Assert.Throws<KalmException>(() => EnvRegistry.Create("metaworld/pull", 1, 1));
    }

    [SkippableFact]
    [Trait("Isa", "once")]
    public void A_reset_shows_the_goal_where_it_may_be_seen()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv shown = TaskWorlds.Make("push", 2, 42, new() { Goals = GoalChoice.InOrder });
        using MetaWorldEnv hidden = TaskWorlds.Make(
            "push", 2, 42, new() { Goals = GoalChoice.InOrder, GoalObservable = false });
        for (int w = 0; w < 2; w++)
        {
            IReadOnlyList<double> goal = shown.Goals[w].Vector;
            ReadOnlySpan<float> seen = shown.Observations.Slice(39 * w, 39);
            ReadOnlySpan<float> unseen = hidden.Observations.Slice(39 * w, 39);
            Assert.Equal(w, shown.GoalIndex(w));
            Assert.Equal([(float)goal[3], (float)goal[4]], seen.Slice(36, 2).ToArray());
            Assert.Equal([(float)goal[0], (float)goal[1]], seen.Slice(4, 2).ToArray());
            Assert.Equal(seen[..18].ToArray(), seen[18..36].ToArray());
            Assert.Equal(seen[..36].ToArray(), unseen[..36].ToArray());
            Assert.Equal(new float[3], unseen[36..].ToArray());
        }
    }

    [SkippableTheory]
    [InlineData(LaneKind.Lane1, 1)]
    [InlineData(LaneKind.Lane8, 3)]
    [InlineData(LaneKind.Lane16, 2)]
    public void Batch_lane_width_and_threads_change_nothing(LaneKind kind, int threads)
    {
        // world 18 of 19 is world 0 of an environment that begins there; episodes of 7 steps begin anew in between
        TaskWorlds.Need("push");
        using CpuLauncher launcher = new(threads);
        EnvOptions options = new() { AutoReset = true, Horizon = 7 };
        using MetaWorldEnv many = TaskWorlds.Make("push", 19, 9, options with { Kind = kind, Launcher = launcher });
        using MetaWorldEnv one = TaskWorlds.Make("push", 1, 9, options with { Kind = LaneKind.Lane1, FirstWorld = 18 });
        float[] actions = new float[19 * 4];
        many.SetActive(4, false);
        for (int t = 0; t < 16; t++)
        {
            RandomActions(actions, t);
            if (t == 5) many.Reset(17, 3);
            many.Step(actions);
            one.Step(actions.AsSpan(18 * 4));
            Assert.Equal(one.Observations.ToArray(), many.Observations[(18 * 39)..].ToArray());
            Assert.Equal(one.FinalObservations.ToArray(), many.FinalObservations[(18 * 39)..].ToArray());
            Assert.Equal(one.Infos.ToArray(), many.Infos[(18 * 6)..].ToArray());
            Assert.Equal(one.Rewards[0], many.Rewards[18]);
            Assert.Equal(one.GoalIndex(0), many.GoalIndex(18));
        }
    }

    [SkippableFact]
    public void A_world_that_rests_stays_as_it_is()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv env = TaskWorlds.Make("push", 9, 2);
        double[] before = new double[env.Spec.StateSize];
        double[] after = new double[env.Spec.StateSize];
        float[] actions = new float[36];
        RandomActions(actions, 1);
        env.Step(actions);
        env.GetState(2, before);
        env.SetActive(2, false);
        float[] seen = env.Observations.Slice(2 * 39, 39).ToArray();
        for (int t = 0; t < 3; t++) env.Step(actions);
        env.GetState(2, after);

        // the host writes the flag of taking part, and the action that is ignored
        int flag = env.Layout.StateSize - SceneRows.Count + SceneRows.Active;
        before[flag] = 0;
        Assert.Equal(before, after);
        Assert.Equal(0, env.Rewards[2]);
        Assert.Equal(seen, env.Observations.Slice(2 * 39, 39).ToArray());
    }

    [SkippableFact]
    public void A_number_that_is_not_finite_counts_as_zero_and_is_flagged()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv good = TaskWorlds.Make("push", 9, 3);
        using MetaWorldEnv bad = TaskWorlds.Make("push", 9, 3);
        float[] actions = new float[36];
        for (int t = 0; t < 4; t++)
        {
            RandomActions(actions, t);
            actions[21] = actions[27] = 0;
            good.Step(actions);
            actions[21] = float.NaN;
            actions[27] = float.NegativeInfinity;
            bad.Step(actions);
            Assert.Equal(good.Observations.ToArray(), bad.Observations.ToArray());
            Assert.Equal(good.Rewards.ToArray(), bad.Rewards.ToArray());
            Assert.Equal([5, 6], Enumerable.Range(0, 9).Where(w => bad.InvalidActions[w]));
            Assert.DoesNotContain(true, good.InvalidActions.ToArray());
        }
    }

    [SkippableFact]
    [Trait("Isa", "once")]
    public void Actions_of_another_shape_are_refused()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv env = TaskWorlds.Make("push", 2, 1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => env.Step(new float[7]));
        Assert.Contains("found 7 numbers, expected 4 for each of 2 worlds", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => env.Step(new int[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => env.SetState(0, new double[3]));
        Assert.Throws<KalmException>(() => env.Reset(0, [0.1, 0.2]));
        Assert.Throws<KalmException>(() => TaskWorlds.Make("push", 1, 1, new() { Horizon = 0 }));
        Assert.Throws<KalmException>(
            () => TaskWorlds.Make("sweep", 1, 1, new() { Observation = ObservationForm.Kalm }));
        Assert.Throws<KalmException>(
            () => EnvRegistry.Create("metaworld/push", 1, 1, new() { AssetsFolder = "no such folder" }));
        KalmException near = Assert.Throws<KalmException>(() => env.Reset(0, [0, 0.7, 0.02, 0, 0.8, 0.02]));
        Assert.Contains("rejects", near.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Isa", "once")]
    public void The_horizon_truncates_and_the_next_episode_begins()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv env = TaskWorlds.Make("push", 2, 6, new() { Horizon = 3, AutoReset = true });
        using MetaWorldEnv rests = TaskWorlds.Make("push", 2, 6, new() { Horizon = 3 });
        float[] actions = [1, 0, 0, 0, 0, -1, 0, 1];
        for (int t = 1; t <= 3; t++)
        {
            env.Step(actions);
            rests.Step(actions);
            Assert.Equal([t == 3, t == 3], env.Truncated.ToArray());
            Assert.Equal([false, false], env.Terminated.ToArray());
        }

        // the last observation stands aside, the first one of the next episode is seen
        Assert.Equal(rests.Observations.ToArray(), env.FinalObservations.ToArray());
        Assert.NotEqual(rests.Observations.ToArray(), env.Observations.ToArray());
        Assert.Equal((0, true), (env.StepCount(0), env.IsActive(0)));
        Assert.Equal((3, false), (rests.StepCount(0), rests.IsActive(0)));
        Assert.Equal(env.Observations[..18].ToArray(), env.Observations[18..36].ToArray());
        float[] last = rests.Observations.ToArray();
        rests.Step(actions);
        Assert.Equal(last, rests.Observations.ToArray());
        Assert.Equal([0f, 0f], rests.Rewards.ToArray());
        Assert.Equal([false, false], rests.Truncated.ToArray());
    }

    [SkippableTheory]
    [InlineData(LaneKind.Lane8)]
    [InlineData(LaneKind.Lane8d)]
    public void A_state_put_back_gives_the_same_steps(LaneKind kind)
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv env = TaskWorlds.Make("push", 10, 4, new() { Kind = kind });
        float[] actions = new float[40];
        RandomActions(actions, 0);
        env.Step(actions);
        double[] state = new double[env.Spec.StateSize];
        env.GetState(1, state);
        env.SetState(9, state);
        for (int t = 1; t < 5; t++)
        {
            RandomActions(actions, t);
            actions.AsSpan(4, 4).CopyTo(actions.AsSpan(36));
            env.Step(actions);
            Assert.Equal(env.Observations.Slice(39, 39).ToArray(), env.Observations[(9 * 39)..].ToArray());
            Assert.Equal(env.Rewards[1], env.Rewards[9]);
        }
    }

    [SkippableFact]
    public void A_step_allocates_nothing()
    {
        TaskWorlds.Need("push");
        using CpuLauncher launcher = new(1);
        EnvOptions options = new() { Launcher = launcher, AutoReset = true, Horizon = 5, Goals = GoalChoice.InOrder };
        using MetaWorldEnv env = TaskWorlds.Make("push", 50, 1, options);
        float[] actions = new float[200];
        NoAllocation.Check(() => env.Step(actions), repeats: 12);
        NoAllocation.Check(env.StepScripted, repeats: 12);
    }

    [SkippableFact]
    [Trait("Isa", "once")]
    public void Goals_of_their_own_lie_in_the_box_of_the_task()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv env = TaskWorlds.Make("push", 5, 1, new() { Goals = GoalChoice.Fresh });
        HashSet<float> goals = [];
        for (int w = 0; w < 5; w++)
        {
            goals.Add(env.Observations[(39 * w) + 36]);
            Assert.InRange(env.Observations[(39 * w) + 36], -0.1f, 0.1f);
            Assert.InRange(env.Observations[(39 * w) + 37], 0.8f, 0.9f);
            Assert.Equal(-1, env.GoalIndex(w));
        }

        Assert.Equal(5, goals.Count);
    }

    [SkippableFact]
    [Trait("Isa", "once")]
    public void The_first_version_of_the_reward_can_be_paid()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv first = TaskWorlds.Make("push", 2, 1, new() { Reward = RewardVersion.V1 });
        using MetaWorldEnv second = TaskWorlds.Make("push", 2, 1);
        for (int t = 0; t < 5; t++)
        {
            first.StepScripted();
            second.StepScripted();
            Assert.Equal(second.Observations.ToArray(), first.Observations.ToArray());
            Assert.Equal(second.Infos.ToArray(), first.Infos.ToArray());
            Assert.Equal(second.Rewards[0], second.Infos[5]);

            // far from the puck version 1 is minus the distance to it
            Assert.InRange(first.Rewards[0], -0.4f, -0.05f);
        }
    }

    [SkippableFact]
    [Trait("Isa", "once")]
    public void The_scripted_expert_is_an_action_like_any_other()
    {
        TaskWorlds.Need("push");
        using MetaWorldEnv scripted = TaskWorlds.Make("push", 3, 1, new() { GoalObservable = false });
        using MetaWorldEnv played = TaskWorlds.Make("push", 3, 1);
        float[] actions = new float[12];
        for (int t = 0; t < 5; t++)
        {
            scripted.StepScripted();
            scripted.GetActions(actions);
            played.Step(actions);
            Assert.Equal(scripted.Rewards.ToArray(), played.Rewards.ToArray());
            Assert.Contains(actions, a => a != 0);
        }
    }

    private static void RandomActions(Span<float> actions, int step)
    {
        for (int i = 0; i < actions.Length; i++)
            actions[i] = (2.4f * Philox.Unit(Philox.Draw(77, (ulong)step, (ulong)i).X0)) - 1.2f;
    }
}

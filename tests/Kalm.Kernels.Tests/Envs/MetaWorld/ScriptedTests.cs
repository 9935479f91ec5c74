using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

/// <summary>Whole episodes of every task.</summary>
[Trait("Isa", "once")]
public sealed class ScriptedTests
{
    private const int Worlds = 8;

    public static TheoryData<string> Tasks => [.. TaskTable.Names];

    // MuJoCo in float lets 80 % of sweep-into and at least 86 % of every other task succeed; of eight goals one more
    // may fail by chance
    [SkippableTheory]
    [MemberData(nameof(Tasks))]
    public void The_expert_reaches_most_goals(string task)
    {
        TaskWorlds.Need(task);
        using CpuLauncher launcher = new(1);
        EnvOptions options = new() { Goals = GoalChoice.InOrder, EndOnSuccess = true, Launcher = launcher };
        using MetaWorldEnv env = TaskWorlds.Make(task, Worlds, 42, options);
        for (int t = 0; t < 500 && Enumerable.Range(0, Worlds).Any(env.IsActive); t++) env.StepScripted();
        Assert.DoesNotContain(true, env.Overflow.ToArray());
        Assert.InRange(env.Success.ToArray().Count(success => success), 6, Worlds);
    }

    [SkippableTheory]
    [MemberData(nameof(Tasks))]
    public void Random_actions_break_nothing(string task)
    {
        TaskWorlds.Need(task);
        using CpuLauncher launcher = new(1);
        EnvOptions options = new() { AutoReset = true, Horizon = 60, Launcher = launcher };
        using MetaWorldEnv env = TaskWorlds.Make(task, Worlds, 7, options);
        float[] actions = new float[4 * Worlds];
        for (int t = 0; t < 150; t++)
        {
            // each world keeps its direction for a while, so that it gets somewhere
            for (int i = 0; i < actions.Length; i++)
                actions[i] = (3 * Philox.Unit(Philox.Draw(3, (ulong)(t / 12), (ulong)i).X0)) - 1.5f;
            env.Step(actions);
            Assert.DoesNotContain(true, env.Overflow.ToArray());
            Assert.All(env.Observations.ToArray(), x => Assert.True(float.IsFinite(x)));
            Assert.All(env.Rewards.ToArray(), x => Assert.InRange(x, -1e-3f, 10.01f));
            Assert.All(env.Infos.ToArray(), x => Assert.True(float.IsFinite(x)));
        }
    }

    [Fact]
    public void Ten_lines_step_a_thousand_worlds()
    {
        using BatchEnv env = EnvRegistry.Create("metaworld/door-open", worlds: 1024, seed: 1);
        float[] actions = new float[env.Count * env.Spec.ActionSize];
        for (int step = 0; step < 2; step++)
        {
            ReadOnlySpan<float> observations = env.Observations;
            for (int world = 0; world < env.Count; world++)
            {
                ReadOnlySpan<float> seen = observations.Slice(39 * world, 39);
                for (int i = 0; i < 3; i++) actions[(4 * world) + i] = 10 * (seen[4 + i] - seen[i]);
            }

            env.Step(actions);
        }

        Assert.Equal(1024, env.Rewards.ToArray().Count(reward => reward > 0));
    }
}

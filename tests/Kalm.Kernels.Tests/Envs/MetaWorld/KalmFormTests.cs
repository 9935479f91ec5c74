using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

/// <summary>KALM's observation, reward and horizon.</summary>
[Trait("Isa", "once")]
public sealed class KalmFormTests
{
    private static readonly EnvOptions Form = new()
    {
        Observation = ObservationForm.Kalm,
        Reward = RewardVersion.Kalm,
        Goals = GoalChoice.InOrder,
    };

    [Fact]
    public void Every_kind_of_thing_has_its_slot()
    {
        Assert.Equal(KalmObservation.Size, KalmObservation.Names.Count);
        Assert.Equal(22, KalmObservation.Tasks.Count);
        float[] native = [.. Enumerable.Range(1, 39).Select(i => (float)i)];
        float[] result = new float[KalmObservation.Size];
        KalmObservation.Write(native, [.. KalmObservation.Slots("make-coffee")], result);
        Assert.Equal([1, 2, 3, 4, 37, 38, 39], result[..7]);

        // coffee and its button, as KALM numbers them
        Assert.Equal([5, 6, 7, 8, 9, 10, 11], result[56..63]);
        Assert.Equal([12, 13, 14, 15, 16, 17, 18], result[63..70]);
        Assert.Equal(63, result.Count(x => x == 0) - 7);
    }

    [SkippableFact]
    public void A_wall_is_seen_though_the_task_does_not_observe_it()
    {
        TaskWorlds.Need("reach-wall");
        using MetaWorldEnv env = TaskWorlds.Make("reach-wall", 2, 1, Form);
        using MetaWorldEnv native = TaskWorlds.Make(
            "reach-wall", 2, 1, Form with { Observation = ObservationForm.Native });
        Assert.Equal((91, 91), (env.Spec.ObservationSize, env.Spec.ObservationLow.Count));
        ReadOnlySpan<float> seen = env.Observations[91..];
        ReadOnlySpan<float> other = native.Observations[39..];
        Assert.Equal(other[..4].ToArray(), seen[..4].ToArray());
        Assert.Equal(other[36..].ToArray(), seen[4..7].ToArray());
        Assert.Equal(other[4..11].ToArray(), seen[7..14].ToArray());
        Assert.InRange(seen[50], 0.6f, 0.9f);
        Assert.Equal([1, 0, 0, 0], seen[52..56].ToArray());
    }

    [SkippableFact]
    public void One_absent_thing_of_an_episode_is_noise()
    {
        TaskWorlds.Need("push");
        float[][] states = [.. Enumerable.Range(0, 12).Select(k => Enumerable.Repeat(100f + k, 70).ToArray())];
        EnvOptions options = Form with { NoisyEntities = new EntityStates(states), Horizon = 4, AutoReset = true };
        using MetaWorldEnv env = TaskWorlds.Make("push", 8, 5, options);
        HashSet<float> things = [];
        for (int t = 0; t < 12; t++)
        {
            for (int w = 0; w < 8; w++)
            {
                float[] seen = env.Observations.Slice(91 * w, 91).ToArray();
                float[] noise = [.. seen.Where(x => x >= 100)];
                Assert.Equal(7, noise.Length);
                Assert.Single(noise.Distinct());
                Assert.Equal(noise[0], seen[7 + (7 * (int)(noise[0] - 100))]);
                Assert.NotEqual(100, noise[0]);
                things.Add(noise[0]);
            }

            env.StepScripted();
        }

        Assert.True(things.Count > 5);
    }

    [SkippableFact]
    public void The_reward_is_the_change_of_the_dense_one_and_ten_at_the_goal()
    {
        TaskWorlds.Need("reach");
        using MetaWorldEnv env = TaskWorlds.Make("reach", 10, 42, Form);
        Assert.Equal(100, env.Spec.Horizon);
        double[] previous = new double[10];
        bool[] done = new bool[10];
        for (int t = 0; t < 100; t++)
        {
            env.StepScripted();
            for (int w = 0; w < 10; w++)
            {
                if (done[w]) continue;
                float dense = env.Infos[(6 * w) + 5];
                if (env.Success[w]) Assert.Equal(10, env.Rewards[w]);
                else Assert.Equal(dense - previous[w], env.Rewards[w], 1e-5);
                Assert.Equal(env.Success[w], env.Terminated[w]);
                done[w] = env.Terminated[w];
                previous[w] = dense;
            }
        }

        Assert.All(done, Assert.True);
    }

    [SkippableFact]
    public void States_of_every_thing_can_be_recorded()
    {
        TaskWorlds.Need("push");
        EntityStates states = EntityStates.Record(3);
        for (int entity = 0; entity < KalmObservation.Entities.Count; entity++)
        {
            Assert.InRange(states.Count(entity), 1000, 3000);
            for (int i = 0; i < states.Count(entity); i++)
            {
                // on or above the table
                Assert.InRange(states.State(entity, i)[0], -0.6f, 0.6f);
                Assert.InRange(states.State(entity, i)[1], 0.2f, 1.1f);
                Assert.InRange(states.State(entity, i)[2], -0.01f, 0.6f);
            }
        }
    }

    [Fact]
    public void States_of_things_must_be_whole()
    {
        Assert.Throws<Kalm.Kernels.Memory.KalmException>(() => new EntityStates([new float[7]]));
        Assert.Throws<Kalm.Kernels.Memory.KalmException>(
            () => new EntityStates([.. Enumerable.Range(0, 12).Select(_ => new float[8])]));
    }
}

using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Testing;

namespace Kalm.App.Tests.Envs;

/// <summary>
/// The official KALM rollouts of Meta-World, replayed from a reset to the same goal. They were recorded with Meta-World
/// v2 on MuJoCo 2.3.7, whose welds hold the hand 1.7 mm away from where 3.3.0 holds it: they agree that well until the
/// hand meets something, and end alike.
/// </summary>
[Trait("Isa", "once")]
public sealed class OfficialMetaWorldTests
{
    private const string Name = "kalm/meta_world.npy";
    private const int Steps = 100;

    // welds before MuJoCo 3 (see above), m
    private const double WeldDifference = 0.002;

    // what that grows to until the end, through fingers, knob and door, m; steps by which the end differs
    private const double EndDifference = 0.02;
    private const int EndSteps = 5;

    [SkippableTheory]
    [InlineData(0, "reach")]
    [InlineData(1, "pick-place")]
    [InlineData(2, "button-press")]
    [InlineData(3, "door-open")]
    [InlineData(4, "faucet-open")]
    [InlineData(5, "coffee-button")]
    public void Official_rollouts_end_where_they_did(int rollout, string task)
    {
        string? path = SharedData.Path(Name);
        Skip.If(path == null, SharedData.Missing(Name));
        OfficialNpy file = OfficialNpy.Load(path!);
        Assert.Equal(task, file.Array("env_names").ToStrings("env_names")[rollout]);
        float[] observations = Field(file, "observations", rollout, KalmObservation.Size);
        float[] actions = Field(file, "actions", rollout, 4);
        float[] rewards = Field(file, "rewards", rollout, 1);
        int length = Field(file, "masks", rollout, 1).Count(mask => mask > 0);

        using MetaWorldEnv env = new(task, 1, 1, new EnvOptions
        {
            Kind = LaneKind.Lane1d, Observation = ObservationForm.Kalm, Reward = RewardVersion.Kalm,
        });
        env.Reset(0, Goal(task, observations));
        Near(observations, env.Observations, KalmObservation.Size, WeldDifference, $"{task}: reset");
        int end = -1;
        for (int t = 0; t < length && end < 0; t++)
        {
            env.Step(actions.AsSpan(4 * t, 4));
            if (env.Terminated[0]) end = t;
            if (end >= 0 || t + 1 == length) break;
            ReadOnlySpan<float> expected = observations.AsSpan(KalmObservation.Size * (t + 1));
            Near(expected, env.Observations, 3, t < 12 ? WeldDifference : EndDifference, $"{task}: hand, step {t}");

            // the first reward is the dense one itself, the others are its change; both follow the hand
            if (t < 12) Tolerance.Absolute(rewards[t], env.Rewards[0], 0.02, $"{task}: reward, step {t}");
        }

        Assert.InRange(end, length - 1 - EndSteps, length - 1 + EndSteps);
        Assert.Equal(10, env.Rewards[0]);
        Assert.Equal(10, rewards[length - 1]);
    }

    /// <summary>The random vector of a rollout, from what its first observation shows.</summary>
    private static double[] Goal(string task, float[] seen)
    {
        (double x, double y, double z) = (seen[4], seen[5], seen[6]);
        return task switch
        {
            "reach" or "pick-place" => [seen[7], seen[8], 0.02, x, y, z],
            "button-press" => [x, seen[15] + 0.193, 0.115],
            "door-open" => [x + 0.3, y + 0.45, z],
            "faucet-open" => [x - 0.175, y, z - 0.125],
            _ => [x, y + 0.19, z - 0.3],
        };
    }

    private static float[] Field(OfficialNpy file, string name, int rollout, int size)
    {
        float[] all = file.Array(name).ToFloats(name);
        return all[(Steps * size * rollout)..(Steps * size * (rollout + 1))];
    }

    private static void Near(
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int count, double bound, string what)
    {
        for (int i = 0; i < count; i++) Tolerance.Absolute(expected[i], actual[i], bound, $"{what}: number {i}");
    }
}

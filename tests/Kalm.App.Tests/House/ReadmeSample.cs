using Kalm.Kernels.Envs;

namespace Kalm.App.Tests.House;

/// <summary>The sample of README.md, compiled.</summary>
internal static class ReadmeSample
{
    /// <summary>Plays and says how many worlds reach their goal.</summary>
    public static int Run()
    {
        // sample
        using BatchEnv env = EnvRegistry.Create("metaworld/reach", worlds: 1024, seed: 1);
        float[] actions = new float[4 * env.Count];
        for (int step = 0; step < 60; step++)
        {
            for (int world = 0; world < env.Count; world++)
            {
                // the hand is in the first three of 39 numbers, its goal in the last three
                ReadOnlySpan<float> seen = env.Observations.Slice(39 * world, 39);
                for (int i = 0; i < 3; i++) actions[(4 * world) + i] = 10 * (seen[36 + i] - seen[i]);
            }
            env.Step(actions);
        }
        Console.WriteLine($"{env.Success.Count(true)} of {env.Count} hands are at their goal");

        // end
        return env.Success.Count(true);
    }
}

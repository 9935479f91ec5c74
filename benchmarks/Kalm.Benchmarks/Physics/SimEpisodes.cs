using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;

namespace Kalm.Benchmarks.Physics;

/// <summary>What both simulators are given to do: the start of every world and its actions.</summary>
internal sealed class SimEpisodes
{
    /// <summary>Steps per world; short of the horizon.</summary>
    public const int Steps = 25;

    /// <summary>Draws starts from the environment's reset, and actions uniformly.</summary>
    public SimEpisodes(BatchEnv env)
    {
        Starts = new double[env.Count][];
        Actions = new int[Steps][];
        env.Reset();
        for (int world = 0; world < env.Count; world++)
        {
            Starts[world] = new double[env.Spec.StateSize];
            env.GetState(world, Starts[world]);
        }

        for (int step = 0; step < Steps; step++)
        {
            Actions[step] = new int[env.Count];
            for (int world = 0; world < env.Count; world++)
                Actions[step][world] = Philox.Below(Philox.Draw(1, (ulong)world, (ulong)step).X0, ClevrActions.Count);
        }
    }

    /// <summary>State of each world at the start: qpos, then qvel.</summary>
    public double[][] Starts { get; }

    /// <summary>Actions by step and world.</summary>
    public int[][] Actions { get; }
}

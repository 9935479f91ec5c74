using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Testing.Mujoco;

namespace Kalm.Benchmarks.Physics;

/// <summary>
/// Environment steps per second of Kalm and of libmujoco on the same scene, starts and actions, with the same number of
/// threads, in turns.
/// </summary>
internal static class SimBench
{
    private const int MujocoWorldsPerThread = 8;

    // a float and a double simulator drift apart by much less in one step, and by a ball's way if one is wrong
    private const double Agreement = 1e-4;

    /// <summary>Measures.</summary>
    /// <exception cref="KalmException">
    /// libmujoco is missing, the environment is unknown, or the simulators disagree.
    /// </exception>
    public static SimResult Run(SimOptions options)
    {
        if (MujocoLibrary.Missing is { } missing) throw new KalmException(missing);
        if (options.Env != ClevrEnv.Id)
            throw new KalmException(
                $"env: found '{options.Env}', expected {ClevrEnv.Id}, metaworld/TASK or metaworld/all8");
        using ThreadTeam team = new(options.Threads);
        using CpuLauncher launcher = new(team);
        int worlds = options.WorldsPerThread * options.Threads;
        using ClevrEnv env = new(worlds, 1, new EnvOptions { Launcher = launcher });
        SimEpisodes episodes = new(env);
        int peers = Math.Min(worlds, MujocoWorldsPerThread * options.Threads);
        using MujocoClevr mujoco = new(episodes, team, peers);
        CheckAgreement(env, mujoco, episodes, worlds / peers);

        // in turns, so that a busy machine slows both; the first round warms up
        List<SimTime> kalmTimes = [];
        List<SimTime> mujocoTimes = [];
        for (int round = 0; round <= options.Rounds; round++)
        {
            for (int world = 0; world < env.Count; world++) env.SetState(world, episodes.Starts[world]);
            kalmTimes.Add(SimTime.Of(() => Play(env, episodes)));
            mujocoTimes.Add(SimTime.Of(() => mujoco.Run(SimEpisodes.Steps)));
        }

        SimTime kalm = SimTime.Median(kalmTimes.Skip(1));
        SimTime peer = SimTime.Median(mujocoTimes.Skip(1));
        double kalmSteps = worlds * SimEpisodes.Steps;
        double peerSteps = peers * SimEpisodes.Steps;
        double kalmRate = kalmSteps / kalm.Wall / options.Threads;
        double mujocoRate = peerSteps / peer.Wall / options.Threads;
        return new(options.Env, options.Threads, kalmRate, mujocoRate, kalmRate / mujocoRate)
        {
            KalmPerProcessorSecond = kalmSteps / kalm.Processor,
            MujocoPerProcessorSecond = peerSteps / peer.Processor,
        };
    }

    private static void Play(ClevrEnv env, SimEpisodes episodes)
    {
        foreach (int[] actions in episodes.Actions)
        {
            env.Step(actions);

            // worlds go on when they reach their goal, as the peer's do
            ReadOnlySpan<bool> terminated = env.Terminated;
            for (int world = 0; world < env.Count; world++)
            {
                if (terminated[world]) env.SetActive(world, true);
            }
        }
    }

    private static void CheckAgreement(ClevrEnv env, MujocoClevr mujoco, SimEpisodes episodes, int stride)
    {
        for (int world = 0; world < env.Count; world++) env.SetState(world, episodes.Starts[world]);
        env.Step(episodes.Actions[0]);
        List<double> errors = [];
        for (int world = 0; world < env.Count; world += stride)
        {
            double[] theirs = mujoco.Positions(world, 1);
            int first = world * theirs.Length;
            double error = 0;
            for (int k = 0; k < theirs.Length; k++)
                error = Math.Max(error, Math.Abs(theirs[k] - env.Observations[first + k]));
            errors.Add(error);
        }

        double median = BenchOutput.Median(errors);
        if (!(median < Agreement))
            throw new KalmException($"the simulators differ by {median:g3} m after one step (median of worlds)");
    }
}

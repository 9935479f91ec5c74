using System.Diagnostics;
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
        if (options.Env != ClevrEnv.Id) throw new KalmException($"env: found '{options.Env}', expected {ClevrEnv.Id}");
        using ThreadTeam team = new(options.Threads);
        using CpuLauncher launcher = new(team);
        int worlds = options.WorldsPerThread * options.Threads;
        using ClevrEnv env = new(worlds, 1, new EnvOptions { Launcher = launcher });
        SimEpisodes episodes = new(env);
        int peers = Math.Min(worlds, MujocoWorldsPerThread * options.Threads);
        using MujocoClevr mujoco = new(episodes, team, peers);
        CheckAgreement(env, mujoco, episodes, worlds / peers);

        double[] kalmTimes = new double[options.Rounds];
        double[] mujocoTimes = new double[options.Rounds];
        for (int round = -1; round < options.Rounds; round++)
        {
            double kalmTime = Play(env, episodes);
            long start = Stopwatch.GetTimestamp();
            mujoco.Run(SimEpisodes.Steps);
            double mujocoTime = Stopwatch.GetElapsedTime(start).TotalSeconds;

            // the first round warms up
            if (round >= 0) (kalmTimes[round], mujocoTimes[round]) = (kalmTime, mujocoTime);
        }

        double kalmRate = worlds * SimEpisodes.Steps / BenchOutput.Median(kalmTimes) / options.Threads;
        double mujocoRate = peers * SimEpisodes.Steps / BenchOutput.Median(mujocoTimes) / options.Threads;
        return new(options.Env, options.Threads, kalmRate, mujocoRate, kalmRate / mujocoRate);
    }

    // seconds for all steps of all worlds from their starts
    private static double Play(ClevrEnv env, SimEpisodes episodes)
    {
        for (int world = 0; world < env.Count; world++) env.SetState(world, episodes.Starts[world]);
        long start = Stopwatch.GetTimestamp();
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

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
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

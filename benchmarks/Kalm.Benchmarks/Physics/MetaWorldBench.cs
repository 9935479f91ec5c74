using System.Diagnostics;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.Benchmarks.Physics;

/// <summary>
/// Environment steps per second of Meta-World tasks under the scripted expert: Kalm beside libmujoco, which replays
/// Kalm's actions from Kalm's resets. Episodes end at success and begin anew.
/// </summary>
internal static class MetaWorldBench
{
    /// <summary>The tasks of <c>metaworld/all8</c>.</summary>
    public static readonly string[] Eight =
    [
        "reach", "push", "pick-place", "door-open", "drawer-open", "button-press-topdown", "peg-insert-side",
        "window-open",
    ];

    private const int Steps = 100;
    private const int MujocoWorldsPerThread = 8;

    // libmujoco 2.2.2 has another weld: hands differ by tenths of a millimeter in one step, by more if one is wrong
    private const double Agreement = 5e-3;

    /// <summary>Measures the tasks an id stands for.</summary>
    /// <exception cref="KalmException">
    /// libmujoco, the assets or the task are missing, or the simulators disagree.
    /// </exception>
    public static MetaWorldResults Run(SimOptions options)
    {
        if (MujocoLibrary.Missing is { } missing) throw new KalmException(missing);
        string folder = options.Assets ?? SharedData.Path("metaworld/assets")
            ?? throw new KalmException("--assets: name the folder of the original Meta-World assets, for libmujoco");
        string name = options.Env[MetaWorldEnv.Prefix.Length..];
        string[] tasks = name switch
        {
            "all8" => Eight,
            "all" => [.. TaskSets.Tasks],
            _ => [name],
        };
        DirectoryInfo copy = Directory.CreateTempSubdirectory("kalm-metaworld-");
        try
        {
            MujocoAssets.CopyWithoutTextures(folder, copy.FullName);
            List<MetaWorldResult> results = [];
            foreach (string task in tasks)
            {
                results.Add(Measure(task, copy.FullName, options));
                Console.Error.WriteLine($"{task}: {results[^1].Ratio:0.00}");
            }

            return new(results, results.Average(r => r.Ratio), results.Min(r => r.Ratio));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static MetaWorldResult Measure(string task, string folder, SimOptions options)
    {
        using ThreadTeam team = new(options.Threads);
        using CpuLauncher launcher = new(team);
        int worlds = options.WorldsPerThread * options.Threads;
        long start = Stopwatch.GetTimestamp();
        EnvOptions form = new() { Launcher = launcher, AutoReset = true, EndOnSuccess = true };
        using MetaWorldEnv env = new(task, worlds, 1, form);
        env.StepScripted();
        double firstStep = Stopwatch.GetElapsedTime(start).TotalSeconds;
        MetaWorldEpisodes episodes = new(env, Steps);
        int peers = Math.Min(worlds, MujocoWorldsPerThread * options.Threads);
        using MujocoMetaWorld mujoco = new(env.Task, folder, episodes, team, worlds, peers);
        CheckAgreement(env, mujoco, worlds / peers, peers);

        // in turns, so that a busy machine slows both; the first round warms up
        List<SimTime> kalmTimes = [];
        List<SimTime> mujocoTimes = [];
        for (int round = 0; round <= options.Rounds; round++)
        {
            env.Reset();
            kalmTimes.Add(SimTime.Of(() => Play(env)));
            mujocoTimes.Add(SimTime.Of(() => mujoco.Run(Steps)));
        }

        SimTime kalm = SimTime.Median(kalmTimes.Skip(1));
        SimTime peer = SimTime.Median(mujocoTimes.Skip(1));
        double kalmSteps = (double)worlds * Steps;
        double peerSteps = (double)peers * Steps;
        double kalmRate = kalmSteps / kalm.Wall / options.Threads;
        double mujocoRate = peerSteps / peer.Wall / options.Threads;
        return new()
        {
            Env = env.Spec.Id,
            Threads = options.Threads,
            KalmEnvStepsPerSecondPerCore = kalmRate,
            MujocoEnvStepsPerSecondPerCore = mujocoRate,
            Ratio = kalmRate / mujocoRate,
            ProcessorRatio = kalmSteps / kalm.Processor / (peerSteps / peer.Processor),
            BytesPerWorld = (long)env.Simulation.Worlds.BundleBytes / env.Simulation.Worlds.Kind.Width(),
            FirstStepSeconds = firstStep,
            ResetsPerThousandSteps = 1000 * episodes.Ended / kalmSteps,
        };
    }

    private static void Play(MetaWorldEnv env)
    {
        for (int step = 0; step < Steps; step++) env.StepScripted();
    }

    private static void CheckAgreement(MetaWorldEnv env, MujocoMetaWorld mujoco, int stride, int peers)
    {
        env.Reset();
        env.StepScripted();
        List<double> errors = [];
        for (int world = 0; world < peers * stride; world += stride)
        {
            double[] theirs = mujoco.Hand(world, 1);
            double error = 0;
            for (int k = 0; k < 3; k++)
                error = Math.Max(error, Math.Abs(theirs[k] - env.Number(world, SceneRows.Observation + k)));
            errors.Add(error);
        }

        double median = BenchOutput.Median(errors);
        if (!(median < Agreement))
            throw new KalmException($"the simulators differ by {median:g3} m after one step (median of worlds)");
    }
}

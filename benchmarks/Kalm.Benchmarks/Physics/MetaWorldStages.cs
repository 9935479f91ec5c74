using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Physics;

namespace Kalm.Benchmarks.Physics;

/// <summary>Processor time of the stages of a simulation step, within episodes of a Meta-World task.</summary>
internal static class MetaWorldStages
{
    private const int Steps = 60;

    /// <summary>Nanoseconds per world and simulation step of each <see cref="StepStage"/>.</summary>
    public static double[] Measure(SimOptions options)
    {
        string name = options.Env[MetaWorldEnv.Prefix.Length..];
        using CpuLauncher launcher = new(options.Threads);
        int worlds = options.WorldsPerThread * options.Threads;
        string[] tasks = name == "all8" ? MetaWorldBench.Eight : [name];
        double[] sums = new double[Enum.GetValues<StepStage>().Length];
        foreach (string task in tasks)
        {
            EnvOptions form = new() { Launcher = launcher, AutoReset = true, EndOnSuccess = true };
            using MetaWorldEnv env = new(task, worlds, 1, form);
            env.StepScripted<StageClock>();
            StageClock.Reset();
            for (int step = 0; step < Steps; step++) env.StepScripted<StageClock>();
            double[] stages = StageClock.Nanoseconds((double)worlds * Steps * StepRows.Substeps);
            for (int stage = 0; stage < sums.Length; stage++) sums[stage] += stages[stage] / tasks.Length;
        }

        return sums;
    }
}

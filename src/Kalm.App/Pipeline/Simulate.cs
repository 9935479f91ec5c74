using System.Diagnostics;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>Steps a batch of worlds and tells how fast; also the soak test of an environment.</summary>
public static class Simulate
{
    private const double ReportSeconds = 0.25;

    /// <summary>Runs.</summary>
    /// <param name="options">What to simulate.</param>
    /// <param name="progress">Where to tell how far and how fast.</param>
    /// <param name="cancel">Ends the run early; what was done is told.</param>
    /// <exception cref="KalmException">The environment or the policy is unknown.</exception>
    public static SimulateResult Run(SimulateOptions options, IProgressSink progress, CancellationToken cancel)
    {
        using CpuLauncher launcher = new(options.Threads);
        EnvOptions form = new()
        {
            Launcher = launcher,
            Kind = LaneSelector.Widest(options.Precision),
            AutoReset = true,
            EndOnSuccess = options.EndOnSuccess,
            AssetsFolder = options.Assets,
        };
        progress.Message($"{options.Env}: preparing {options.Worlds} worlds");
        using BatchEnv env = EnvRegistry.Create(options.Env, options.Worlds, options.Seed, form);
        Action<int> act = Actor(options, env);
        SimulateTally tally = new(env);
        progress.Begin("simulate", (long)options.Steps * options.Worlds, "env steps");
        Stopwatch watch = Stopwatch.StartNew();
        double told = 0;
        int step = 0;
        while (step < options.Steps && !cancel.IsCancellationRequested)
        {
            act(step++);
            tally.Count();
            if (watch.Elapsed.TotalSeconds - told < ReportSeconds) continue;
            told = watch.Elapsed.TotalSeconds;
            progress.Report((long)step * env.Count);
        }

        double seconds = watch.Elapsed.TotalSeconds;
        progress.Report((long)step * env.Count);
        progress.End();
        return new SimulateResult
        {
            Env = options.Env,
            Worlds = env.Count,
            EnvSteps = (long)step * env.Count,
            Seconds = Math.Round(seconds, 3),
            EnvStepsPerSecond = step == 0 ? 0 : Math.Round(step * (double)env.Count / seconds),
            Episodes = tally.Episodes,
            Successes = tally.Successes,
            Overflows = tally.Overflows,
            NotFinite = tally.NotFinite,
        };
    }

    private static Action<int> Actor(SimulateOptions options, BatchEnv env)
    {
        if (options.Policy is not ("scripted" or "random"))
            throw new KalmException($"policy: found '{options.Policy}', expected scripted or random");
        if (options.Policy == "scripted")
        {
            return env is MetaWorldEnv expert
                ? _ => expert.StepScripted()
                : throw new KalmException($"policy: {options.Env} has no scripted policy here; expected random");
        }

        if (env.Spec.ActionSize == 0)
        {
            int[] choices = new int[env.Count];
            return step =>
            {
                for (int world = 0; world < choices.Length; world++)
                {
                    PhiloxWords words = Philox.Draw(options.Seed, (ulong)world, (ulong)step);
                    choices[world] = Philox.Below(words.X0, env.Spec.ActionCount);
                }

                env.Step(choices);
            };
        }

        float[] actions = new float[env.Count * env.Spec.ActionSize];
        return step =>
        {
            for (int i = 0; i < actions.Length; i++)
                actions[i] = (2 * Philox.Unit(Philox.Draw(options.Seed, (ulong)i, (ulong)step).X0)) - 1;
            env.Step(actions);
        };
    }

    private sealed class SimulateTally(BatchEnv env)
    {
        private readonly bool[] _reached = new bool[env.Count];
        private readonly bool[] _overflow = new bool[env.Count];

        public long Episodes { get; private set; }

        public long Successes { get; private set; }

        public long Overflows { get; private set; }

        public long NotFinite { get; private set; }

        public void Count()
        {
            foreach (float number in env.Observations)
            {
                if (!float.IsFinite(number)) NotFinite++;
            }

            for (int world = 0; world < env.Count; world++)
            {
                if (env.Success[world] && !_reached[world])
                {
                    _reached[world] = true;
                    Successes++;
                }

                if (env.Overflow[world] && !_overflow[world])
                {
                    _overflow[world] = true;
                    Overflows++;
                }

                if (!env.Terminated[world] && !env.Truncated[world]) continue;
                Episodes++;
                _reached[world] = _overflow[world] = false;
            }
        }
    }
}

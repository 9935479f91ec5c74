using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Simulates every step of recorded rollouts again, from the recorded state and action, and compares where the balls
/// end up.
/// </summary>
public static class Replay
{
    private const int Worlds = 512;

    /// <summary>Replays a file.</summary>
    /// <param name="options">What to replay and how.</param>
    /// <param name="progress">Where to tell how far it is.</param>
    /// <exception cref="KalmException">The file is broken or holds no states.</exception>
    public static ReplayResult Run(ReplayOptions options, IProgressSink progress)
    {
        RolloutSet set = Directory.Exists(options.File)
            ? RolloutSet.Load(options.File)
            : OfficialClevr.Read(OfficialNpy.Load(options.File));
        int stateSize = ClevrEnv.MakeSpec(new EnvOptions()).StateSize;
        if (set.StateSize != stateSize)
            throw new KalmException($"{options.File}: found states of {set.StateSize} numbers, expected {stateSize}");

        (int Rollout, int Step)[] steps =
        [
            .. Enumerable.Range(0, set.Count).SelectMany(r => Enumerable.Range(0, set.Lengths[r]).Select(t => (r, t))),
        ];
        if (steps.Length == 0) throw new KalmException($"{options.File}: holds no steps");
        EnvOptions form = new() { Kind = LaneSelector.Widest(options.Precision) };
        using ClevrEnv env = new(Math.Min(Worlds, steps.Length), 0, form);
        int[] actions = new int[env.Count];
        double[] errors = new double[steps.Length];
        progress.Begin("replay", steps.Length, "steps");
        for (int first = 0; first < steps.Length; first += env.Count)
        {
            int count = Math.Min(env.Count, steps.Length - first);
            for (int world = 0; world < count; world++)
                actions[world] = Restore(env, world, set, steps[first + world]);
            env.Step(actions);
            for (int world = 0; world < count; world++)
                errors[first + world] = Error(env, world, set, steps[first + world]);
            progress.Report(first + count);
        }

        progress.End();
        return Summarize(errors);
    }

    /// <summary>Quantiles of errors: each is an error that occurs.</summary>
    internal static ReplayResult Summarize(double[] errors)
    {
        double[] sorted = [.. errors.Order()];
        double Quantile(double q) => sorted[(int)Math.Ceiling(q * sorted.Length) - 1];
        return new(sorted.Length, Quantile(0.5), Quantile(0.9), Quantile(0.99), sorted[^1]);
    }

    // puts a world into the recorded state; the recorded action
    private static int Restore(ClevrEnv env, int world, RolloutSet set, (int Rollout, int Step) step)
    {
        env.SetState(world, [.. set.State(step.Rollout, step.Step).ToArray().Select(x => (double)x)]);
        return set.ActionsOf(step.Rollout)[step.Step];
    }

    // largest distance along an axis between a ball and its recorded place
    private static double Error(ClevrEnv env, int world, RolloutSet set, (int Rollout, int Step) step)
    {
        Span<double> state = stackalloc double[env.Spec.StateSize];
        env.GetState(world, state);
        Span<float> after = set.Observation(step.Rollout, step.Step + 1);
        double error = 0;
        for (int k = 0; k < after.Length; k++)
            error = Math.Max(error, Math.Abs(state[(7 * (k / 2)) + (k % 2)] - after[k]));
        return error;
    }
}

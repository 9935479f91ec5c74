using Kalm.App.Formats;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.App.Pipeline;

/// <summary>
/// Simulates every step of recorded rollouts again, from the recorded state and action, and compares where the balls
/// end up.
/// </summary>
public static class Replay
{
    private const int Worlds = 512;
    private const int SubSteps = 40;
    private const double PushDistance = 0.15;

    /// <summary>Replays a file.</summary>
    /// <param name="options">What to replay and how.</param>
    /// <param name="progress">Where to tell how far it is.</param>
    /// <exception cref="KalmException">The file is broken or holds no states.</exception>
    public static ReplayResult Run(ReplayOptions options, IProgressSink progress)
    {
        RolloutSet set = Directory.Exists(options.File)
            ? RolloutSet.Load(options.File)
            : OfficialClevr.Read(OfficialNpy.Load(options.File));
        Model model = ClevrScene.Compile();
        if (set.StateSize != model.nq + model.nv)
        {
            throw new KalmException(
                $"{options.File}: found states of {set.StateSize} numbers, expected {model.nq} + {model.nv}");
        }

        (int Rollout, int Step)[] steps =
        [
            .. Enumerable.Range(0, set.Count).SelectMany(r => Enumerable.Range(0, set.Lengths[r]).Select(t => (r, t))),
        ];
        if (steps.Length == 0) throw new KalmException($"{options.File}: holds no steps");
        using CpuLauncher launcher = new();
        LaneKind kind = LaneSelector.Widest(options.Precision);
        using Simulation simulation = new(model, Math.Min(Worlds, steps.Length), kind, launcher);
        double[] errors = new double[steps.Length];
        progress.Begin("replay", steps.Length, "steps");
        for (int first = 0; first < steps.Length; first += simulation.Count)
        {
            int count = Math.Min(simulation.Count, steps.Length - first);
            for (int i = 0; i < count; i++) Restore(simulation, i, set, steps[first + i]);
            simulation.Step(SubSteps);
            for (int i = 0; i < count; i++) errors[first + i] = Error(simulation, i, set, steps[first + i]);
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

    // the recorded state, the pusher beside the ball of the action and its motors on
    private static void Restore(Simulation simulation, int world, RolloutSet set, (int Rollout, int Step) step)
    {
        Model model = simulation.Model;
        double[] state = [.. set.State(step.Rollout, step.Step).ToArray().Select(x => (double)x)];
        int action = set.ActionsOf(step.Rollout)[step.Step];
        int ball = 7 * ClevrActions.Ball(action);
        (float x, float y) = ClevrActions.Direction(action);
        double[] push = [Math.Round(x, 6), Math.Round(y, 6)];
        Span<double> qpos = state.AsSpan(0, model.nq);
        Span<double> qvel = state.AsSpan(model.nq, model.nv);
        for (int k = 0; k < 2; k++)
        {
            qpos[model.nq - 2 + k] = qpos[ball + k] - (PushDistance * push[k]);
            qvel[model.nv - 2 + k] = 0;
        }

        simulation.Reset(world);
        simulation.SetQpos(world, qpos);
        simulation.SetQvel(world, qvel);
        simulation.SetCtrl(world, push);
    }

    // largest distance along an axis between a ball and its recorded place
    private static double Error(Simulation simulation, int world, RolloutSet set, (int Rollout, int Step) step)
    {
        Span<double> qpos = stackalloc double[simulation.Model.nq];
        simulation.GetQpos(world, qpos);
        Span<float> after = set.Observation(step.Rollout, step.Step + 1);
        double error = 0;
        for (int k = 0; k < after.Length; k++)
            error = Math.Max(error, Math.Abs(qpos[(7 * (k / 2)) + (k % 2)] - after[k]));
        return error;
    }
}

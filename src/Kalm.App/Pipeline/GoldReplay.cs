using System.Text.Json.Serialization;
using Kalm.App.Formats;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.App.Pipeline;

/// <summary>
/// Simulates recorded Meta-World episodes again: one step from every recorded state, and many steps with the recorded
/// controls.
/// </summary>
public static class GoldReplay
{
    private const int Worlds = 512;

    // an env step is five steps of the physics and a forward pass
    private const int Substeps = 5;

    /// <summary>Whether a path holds recorded Meta-World episodes: a <c>.npz</c> file, or a folder with some.</summary>
    public static bool Holds(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.npz").Any()
        : Path.GetExtension(path) == ".npz";

    /// <summary>Replays a file or all files of a folder.</summary>
    /// <param name="options">What to replay and how.</param>
    /// <param name="progress">Where to tell how far it is.</param>
    /// <exception cref="KalmException">A file is broken or does not fit its scene.</exception>
    public static GoldReplayResult Run(ReplayOptions options, IProgressSink progress)
    {
        string[] files = Directory.Exists(options.File)
            ? [.. Directory.GetFiles(options.File, "*.npz").Order(StringComparer.Ordinal)]
            : [options.File];
        using CpuLauncher launcher = new();
        List<GoldTaskResult> results = [];
        progress.Begin("replay", files.Length, "tasks");
        foreach (string file in files)
        {
            GoldEpisode episode = GoldEpisode.Load(file);
            results.Add(Replay(episode, options, launcher));
            progress.Report(results.Count, episode.Task);
        }

        progress.End();
        return new("metaworld", results);
    }

    private static GoldTaskResult Replay(GoldEpisode episode, ReplayOptions options, CpuLauncher launcher)
    {
        if (options.Contacts != null && options.Assets == null)
            throw new KalmException("--contacts speaks of the geoms of the original scenes: --assets is missing");
        Model model = GoldScene.Compile(episode, options.Assets);
        int count = Math.Min(Worlds, episode.Count);
        SimulationLayout layout = new(model, new() { EveryFrame = false });
        using Simulation simulation = new(layout, count, LaneSelector.Widest(options.Precision), launcher);
        ContactReference? reference = ContactReference.Find(options.Contacts, episode);
        double[] errors = OneStep(simulation, episode, reference, out int overflows, out int equal);
        double[] sorted = [.. errors.Order()];
        return new()
        {
            Task = episode.Task,
            States = errors.Length,
            Frac1e10 = errors.Count(error => error <= 1e-10) / (double)errors.Length,
            Frac1e6 = errors.Count(error => error <= 1e-6) / (double)errors.Length,
            ContactSetEqual = reference == null ? null : equal / (double)errors.Length,
            Median = Quantile(sorted, 0.5),
            P95 = Quantile(sorted, 0.95),
            Max = sorted[^1],
            OpenLoop25 = OpenLoop(simulation, episode, 25),
            OpenLoop250 = OpenLoop(simulation, episode, 250),
            Overflows = overflows,
        };
    }

    // |dqpos| after one step from every recorded state
    private static double[] OneStep(
        Simulation simulation, GoldEpisode episode, ContactReference? reference, out int overflows, out int equal)
    {
        double[] errors = new double[episode.Count];
        overflows = 0;
        equal = 0;
        for (int first = 0; first < episode.Count; first += simulation.Count)
        {
            int count = Math.Min(simulation.Count, episode.Count - first);
            for (int world = 0; world < count; world++)
                GoldScene.Restore(simulation, world, episode, first + world);
            simulation.Step();
            for (int world = 0; world < count; world++)
            {
                if (reference?.IsEqual(first + world, simulation.GetContacts(world)) == true) equal++;
                errors[first + world] = Error(simulation, world, episode, first + world + 1);
                if (simulation.GetOverflow(world) > 0) overflows++;
                simulation.Worlds[world, simulation.Layout.DataRows.overflow] = 0;
            }
        }

        return errors;
    }

    /// <summary>
    /// |dqpos| after so many steps with the recorded controls: the median over starts 25 steps apart, null where the
    /// episode is shorter.
    /// </summary>
    private static double? OpenLoop(Simulation simulation, GoldEpisode episode, int steps)
    {
        int starts = Math.Min(simulation.Count, ((episode.Count - steps) / 25) + 1);
        if (starts <= 0) return null;
        for (int world = 0; world < starts; world++) GoldScene.Restore(simulation, world, episode, 25 * world);
        for (int step = 0; step < steps; step += Substeps)
        {
            for (int world = 0; world < starts; world++)
                GoldScene.Drive(simulation, world, episode, (25 * world) + step);
            simulation.Step(Substeps);
            simulation.RunForward();
        }

        double[] errors =
            [.. Enumerable.Range(0, starts).Select(world => Error(simulation, world, episode, (25 * world) + steps))];
        return Quantile([.. errors.Order()], 0.5);
    }

    private static double Error(Simulation simulation, int world, GoldEpisode episode, int state)
    {
        ReadOnlySpan<double> expected = episode.QposOf(state);
        Span<double> actual = stackalloc double[expected.Length];
        simulation.GetQpos(world, actual);
        double error = 0;
        for (int i = 0; i < actual.Length; i++) error = Math.Max(error, Math.Abs(actual[i] - expected[i]));
        return error;
    }

    // an error that occurs
    private static double Quantile(double[] sorted, double q) => sorted[(int)Math.Ceiling(q * sorted.Length) - 1];
}

/// <summary>How far the simulator lands from recorded Meta-World states.</summary>
/// <param name="Kind">What was replayed.</param>
/// <param name="Tasks">Task after task.</param>
public sealed record GoldReplayResult(string Kind, IReadOnlyList<GoldTaskResult> Tasks);

/// <summary>One task of a replay; errors are the largest difference of a generalized coordinate.</summary>
public sealed record GoldTaskResult
{
    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Recorded states a step was taken from.</summary>
    public required int States { get; init; }

    /// <summary>Part of them with an error of at most 1e-10.</summary>
    [JsonPropertyName("frac_1e10")]
    public required double Frac1e10 { get; init; }

    /// <summary>Part of them with an error of at most 1e-6.</summary>
    [JsonPropertyName("frac_1e6")]
    public required double Frac1e6 { get; init; }

    /// <summary>Part of them whose contacts are between the same geoms as MuJoCo's; null without a reference.</summary>
    public double? ContactSetEqual { get; init; }

    /// <summary>Half of the errors are smaller.</summary>
    public required double Median { get; init; }

    /// <summary>95 of 100 errors are smaller.</summary>
    public required double P95 { get; init; }

    /// <summary>The largest error.</summary>
    public required double Max { get; init; }

    /// <summary>Median error after 25 steps with the recorded controls.</summary>
    [JsonPropertyName("open_loop_25")]
    public double? OpenLoop25 { get; init; }

    /// <summary>Median error after 250 steps with the recorded controls.</summary>
    [JsonPropertyName("open_loop_250")]
    public double? OpenLoop250 { get; init; }

    /// <summary>States in which contacts or constraints found no room.</summary>
    public required int Overflows { get; init; }
}

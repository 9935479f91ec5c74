using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Plays the scripted policies of Meta-World tasks: one episode per goal of the seed, ending at the first success.
/// </summary>
public static class ScriptedEvaluate
{
    /// <summary>Plays.</summary>
    /// <param name="options">Which environment and how many episodes.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="seed">Seed of the goals, as in metaworld.MT1(task, seed).</param>
    /// <param name="progress">Where to tell how far it is.</param>
    /// <param name="cancel">Ends it after the current task; what was played is told.</param>
    /// <exception cref="KalmException">The policy or the task is unknown.</exception>
    public static ScriptedResult Run(
        EvaluateOptions options, int threads, ulong seed, IProgressSink progress, CancellationToken cancel)
    {
        string[] tasks = MetaWorldTasks.Of(options.Env);
        if (options.Policy != "scripted")
            throw new KalmException($"policy: found '{options.Policy}', expected scripted for {options.Env}");
        using CpuLauncher launcher = new(threads);
        progress.Begin("evaluate", (long)tasks.Length * options.Goals, "episodes");
        List<ScriptedTaskResult> results = [];
        foreach (string task in tasks)
        {
            if (cancel.IsCancellationRequested) break;
            results.Add(Play(task, options, launcher, seed));
            progress.Report((long)results.Count * options.Goals, $"{task} {results[^1].Successes}");
        }

        progress.End();
        if (results.Count < tasks.Length)
            progress.Message($"stopped after {results.Count} of {tasks.Length} tasks");
        return new(results.Sum(r => r.Successes), results.Sum(r => r.Episodes), results);
    }

    private static ScriptedTaskResult Play(string task, EvaluateOptions options, ILauncher launcher, ulong seed)
    {
        EnvOptions form = new()
        {
            Launcher = launcher,
            Kind = LaneSelector.Widest(options.Precision),
            Goals = GoalChoice.InOrder,
            EndOnSuccess = true,
            AssetsFolder = options.Assets,
        };
        using MetaWorldEnv env = new(task, options.Goals, seed, form);
        int[] ends = new int[env.Count];
        double[] returns = new double[env.Count];
        bool[] overflow = new bool[env.Count];
        bool[] success = new bool[env.Count];
        for (int step = 1; Enumerable.Range(0, env.Count).Any(env.IsActive); step++)
        {
            env.StepScripted();
            for (int world = 0; world < env.Count; world++)
            {
                if (ends[world] > 0) continue;
                returns[world] += env.Rewards[world];
                overflow[world] |= env.Overflow[world];
                if (!env.Terminated[world] && !env.Truncated[world]) continue;
                ends[world] = step;
                success[world] = env.Success[world];
            }
        }

        int[] times = [.. ends.Where((_, world) => success[world]).Order()];
        return new ScriptedTaskResult
        {
            Env = env.Spec.Id,
            Successes = times.Length,
            Episodes = env.Count,
            Reference = options.Goals == ScriptedReference.Goals ? ScriptedReference.Of(task) : null,
            MedianSteps = times.Length > 0 ? times[times.Length / 2] : null,
            MeanReturn = Math.Round(returns.Average(), 2),
            Overflows = overflow.Count(flag => flag),
        };
    }
}

/// <summary>What the scripted policies reached.</summary>
/// <param name="Successes">Episodes that reached their goal.</param>
/// <param name="Episodes">Episodes played.</param>
/// <param name="Tasks">Each task.</param>
public sealed record ScriptedResult(int Successes, int Episodes, IReadOnlyList<ScriptedTaskResult> Tasks);

/// <summary>What the scripted policy of one task reached.</summary>
public sealed record ScriptedTaskResult
{
    /// <summary>Environment id.</summary>
    public required string Env { get; init; }

    /// <summary>Episodes that reached their goal.</summary>
    public required int Successes { get; init; }

    /// <summary>Episodes played.</summary>
    public required int Episodes { get; init; }

    /// <summary>
    /// Successes on MuJoCo 3.3.0 with 50 random goals; null for other numbers of goals and tasks.
    /// </summary>
    public required int? Reference { get; init; }

    /// <summary>Median step of success; null without one.</summary>
    public required int? MedianSteps { get; init; }

    /// <summary>Mean sum of rewards.</summary>
    public required double MeanReturn { get; init; }

    /// <summary>Episodes whose simulation had no room for a contact or had to be reset.</summary>
    public required int Overflows { get; init; }
}

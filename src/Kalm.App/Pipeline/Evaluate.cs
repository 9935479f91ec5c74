using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Measures success per goal level: policies with and without imagined rollouts, and the language model as policy.
/// </summary>
/// <remarks>
/// A level is played by the policies that were trained with this level's imagined rollouts (<c>+kalm</c>), and by those
/// trained on recorded rollouts alone. On the offline level, which has no imagined rollouts, <c>+kalm</c> is the policy
/// of the rephrase level.
/// </remarks>
public static class Evaluate
{
    private const string Baseline = "offline";
    private const string LanguageModel = "llm";

    /// <summary>Runs the stage.</summary>
    /// <param name="options">Levels, methods and numbers of episodes.</param>
    /// <param name="context">The run, with its trained policies.</param>
    /// <exception cref="KalmException">
    /// A policy or the model is missing or damaged, or an option is none of the known words.
    /// </exception>
    public static EvaluateResult Run(EvaluateOptions options, StageContext context)
    {
        Check(options);
        string[] inputs = options.Methods.Contains(LanguageModel) ? ["ground", "train"] : ["train"];
        return StageRunner.Run("evaluate", inputs, options, context, Measure);
    }

    /// <summary>Refuses options the stage cannot be run with.</summary>
    /// <param name="options">Levels, methods and numbers of episodes.</param>
    /// <exception cref="KalmException">An option is none of the known words.</exception>
    internal static void Check(EvaluateOptions options)
    {
        if (options.Env != ClevrEnv.Id)
            throw new KalmException(
                $"env: found '{options.Env}'{Suggestion.Hint(options.Env, [ClevrEnv.Id])}, expected {ClevrEnv.Id}, "
                + "metaworld/TASK or metaworld/all");
        if (options.Policy != EvaluateOptions.Trained)
            throw new KalmException(
                $"policy: found '{options.Policy}', expected {EvaluateOptions.Trained}: {ClevrEnv.Id} is played by a "
                + "run's policies");
        foreach (string level in options.Levels) ClevrLevels.Parse(level);
        foreach (string method in options.Methods)
        {
            if (method is not ("bc" or "cql" or LanguageModel))
                throw new KalmException($"methods: found '{method}', expected bc, cql or llm");
        }
    }

    private static EvaluateResult Measure(EvaluateOptions options, StageContext context)
    {
        List<Contest> contests = List(options, context);
        context.Progress.Begin("evaluate", contests.Sum(c => (long)c.Policies.Count * c.Episodes), "episodes");
        using var launcher = new CpuLauncher(context.Threads);
        var results = new List<LevelResult>();
        long done = 0;
        foreach (Contest contest in contests)
        {
            var episodes = new Episodes(ClevrLevels.Parse(contest.Level), contest.Episodes, context.Seed);
            var success = new List<double>();
            foreach (Func<IEpisodePolicy> load in contest.Policies)
            {
                context.Cancel.ThrowIfCancellationRequested();
                using IEpisodePolicy policy = load();
                EpisodeOutcome outcome = episodes.Play(policy, launcher, options.KeptEpisodes);
                if (outcome.Overflow > 0)
                    context.Progress.Message(
                        $"{contest.Level} {contest.Method}: contacts overflowed in {outcome.Overflow} episodes");
                if (success.Count == 0)
                    outcome.Kept.Save(
                        Path.Combine(
                            context.Folder.Evaluate, ReportRollouts.PolicyFolder, contest.Level, contest.Method));
                success.Add(outcome.Success);
                done += contest.Episodes;
                context.Progress.Report(done, $"{contest.Level} {contest.Method} {100 * outcome.Success:0.0} %");
            }
            results.Add(Summarize(contest, success));
        }
        return new EvaluateResult(results);
    }

    private static List<Contest> List(EvaluateOptions options, StageContext context)
    {
        RunFolder folder = context.Folder;
        var contests = new List<Contest>();
        bool networks = options.Methods.Any(method => method != LanguageModel);
        TrainResult? trained = networks ? StageRunner.Read<TrainResult>(folder, "train", "result") : null;
        IGoalEncoder? encoder =
            networks
            ? GoalCodes.Create(StageRunner.Read<TrainOptions>(folder, "train", "identity", "options").Goals, context)
            : null;
        foreach (string level in options.Levels)
        {
            foreach (string method in PaperFigures.Methods)
            {
                string[] parts = method.Split('+');
                if (!options.Methods.Contains(parts[0])) continue;
                if (method == LanguageModel)
                {
                    contests.Add(new Contest(level, method, options.LlmEpisodes, [Model]));
                    continue;
                }
                string source = parts.Length == 1 ? Baseline : level == Baseline ? "rephrase" : level;
                List<Func<IEpisodePolicy>> policies =
                [
                    .. from policy in trained!.Policies
                       where policy.Level == source && policy.Method == parts[0]
                       let path = folder.Train(policy.Level, policy.Method, policy.Seed)
                       select (Func<IEpisodePolicy>)(() => new NetworkPolicy(path, encoder!, options.Episodes)),
                ];
                if (policies.Count > 0) contests.Add(new Contest(level, method, options.Episodes, policies));
            }
        }
        return contests;

        IEpisodePolicy Model() => new ModelPolicy(Path.Combine(folder.Ground, "model"), context.Threads);
    }

    private static LevelResult Summarize(Contest contest, List<double> success)
    {
        double mean = success.Average();
        double square = success.Sum(s => (s - mean) * (s - mean));
        double std = success.Count > 1 ? Math.Sqrt(square / (success.Count - 1)) : 0;
        return new LevelResult(
            contest.Level, contest.Method, Math.Round(mean, 6), Math.Round(std, 6), success.Count,
            success.Count * contest.Episodes);
    }

    private sealed record Contest(
        string Level, string Method, int Episodes, IReadOnlyList<Func<IEpisodePolicy>> Policies);
}

using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Collects Meta-World rollouts: scripted policies with noise on their actions, of which the successful episodes are
/// kept, equally many of every task. Episode k of a task in a part is the same whoever plays it, and the first
/// successes in that order are kept.
/// </summary>
internal sealed class MetaWorldCollector : IDisposable
{
    private const int Worlds = 64;
    private const int ActionSize = 4;

    /// <summary>
    /// Numbers of a goal code: the task among <see cref="TaskTable"/>'s, the goal among those of the seed.
    /// </summary>
    public const int GoalSize = 2;

    private readonly CollectOptions _options;
    private readonly StageContext _context;
    private readonly CpuLauncher _launcher;
    private readonly string[] _tasks;
    private readonly Dictionary<string, MetaWorldEnv> _envs = [];

    /// <summary>Prepares a collection.</summary>
    /// <param name="options">Which tasks, how much noise.</param>
    /// <param name="context">Seed, threads, progress.</param>
    /// <exception cref="KalmException">The task is unknown.</exception>
    public MetaWorldCollector(CollectOptions options, StageContext context)
    {
        _options = options;
        _context = context;
        _launcher = new CpuLauncher(context.Threads);
        _tasks = MetaWorldTasks.Of(options.Env);
    }

    /// <summary>
    /// How the environments are made; rollouts can be played again in the same ones. KALM's form has its observations,
    /// its reward and its 100 steps; the native one those of Meta-World, and ends at the goal, too.
    /// </summary>
    /// <param name="options">Which tasks, which form.</param>
    public static EnvOptions Form(CollectOptions options)
    {
        bool common = MetaWorldTasks.Of(options.Env).All(KalmObservation.Tasks.Contains);
        ObservationForm form = options.Observation ?? (common ? ObservationForm.Kalm : ObservationForm.Native);
        return new EnvOptions
        {
            Observation = form,
            Reward = form == ObservationForm.Kalm ? RewardVersion.Kalm : RewardVersion.V2,
            EndOnSuccess = true,
            Goals = GoalChoice.Drawn,
            AssetsFolder = options.Assets,
        };
    }

    /// <summary>An empty set for rollouts of these options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="count">Number of rollouts.</param>
    public static RolloutSet Room(CollectOptions options, int count)
    {
        EnvSpec spec = EnvRegistry.Describe(
            MetaWorldEnv.Prefix + MetaWorldTasks.Of(options.Env)[0], Form(options));
        return new RolloutSet(
            count, spec.Horizon, spec.ObservationSize, GoalSize, actionSize: ActionSize)
        {
            Env = options.Env,
            Origin = FormattableString.Invariant($"scripted policies with noise {options.Noise:0.##}"),
        };
    }

    /// <summary>Plays until a part is full.</summary>
    /// <param name="part">Number of the part; random numbers go by it.</param>
    /// <param name="first">Rollouts in earlier parts.</param>
    /// <param name="size">Rollouts of this part.</param>
    public (RolloutSet Set, CollectTally Tally) Run(int part, int first, int size)
    {
        RolloutSet set = Room(_options, size);
        CollectTally tally = new();
        int done = first;
        for (int t = 0; t < _tasks.Length; t++)
        {
            // rollout number r is of task r modulo the number of tasks, counted over all parts
            int task = t;
            int[] rows = [.. Enumerable.Range(0, size).Where(i => (first + i) % _tasks.Length == task)];
            int kept = 0;
            for (uint episode = 0; kept < rows.Length;)
            {
                _context.Cancel.ThrowIfCancellationRequested();
                int wanted = Math.Min(rows.Length - kept + 2, Worlds);
                MetaWorldEpisode[] round =
                    [.. Enumerable.Range(0, wanted).Select(k => Begin(task, part, episode + (uint)k))];
                episode += (uint)wanted;
                Play(_tasks[t], round);
                foreach (MetaWorldEpisode played in round)
                {
                    tally = tally with
                    {
                        Episodes = tally.Episodes + 1,
                        Successes = tally.Successes + (played.Success ? 1 : 0),
                        Overflows = tally.Overflows + (played.Overflow ? 1 : 0),
                    };
                    if (!played.Success || played.Overflow || kept == rows.Length) continue;
                    played.Write(set, rows[kept++], TaskSentences.For(_tasks[t]));
                    _context.Progress.Report(++done, _tasks[t]);
                }

                CheckYield(tally, _tasks[t], episode, kept);
            }
        }

        return (set, tally);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MetaWorldEnv env in _envs.Values) env.Dispose();
        _launcher.Dispose();
    }

    private static void CheckYield(CollectTally tally, string task, uint episodes, int kept)
    {
        if (kept == 0 && episodes >= 10 * Worlds)
            throw new KalmException(
                $"noise: found {episodes} episodes of {task} without a success ({tally.Overflows} overflowed), "
                + "expected less noise");
    }

    private MetaWorldEpisode Begin(int task, int part, uint episode)
    {
        int number = TaskTable.Names.ToList().IndexOf(_tasks[task]);
        ulong stream = ((ulong)(uint)((part * _tasks.Length) + task) << 32) | episode;
        return new MetaWorldEpisode(number, _context.Seed, stream, Env(_tasks[task]).Spec);
    }

    private MetaWorldEnv Env(string task)
    {
        if (_envs.TryGetValue(task, out MetaWorldEnv? env)) return env;
        EnvOptions form = Form(_options) with { Launcher = _launcher };
        return _envs[task] = new MetaWorldEnv(task, Worlds, _context.Seed, form);
    }

    private void Play(string task, MetaWorldEpisode[] round)
    {
        MetaWorldEnv env = Env(task);
        float[] actions = new float[env.Count * ActionSize];
        for (int world = 0; world < env.Count; world++)
        {
            if (world < round.Length) round[world].Begin(env, world);
            else env.SetActive(world, false);
        }

        while (Enumerable.Range(0, round.Length).Any(env.IsActive))
        {
            env.GetScriptedActions(actions);
            for (int world = 0; world < round.Length; world++)
            {
                if (env.IsActive(world))
                    round[world].Disturb(actions.AsSpan(ActionSize * world, ActionSize), _options.Noise);
            }

            env.Step(actions);
            for (int world = 0; world < round.Length; world++) round[world].Record(env, world);
        }
    }
}

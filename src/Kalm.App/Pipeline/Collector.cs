using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;

namespace Kalm.App.Pipeline;

/// <summary>
/// Collects one part: plays episodes in a pool of worlds until every configuration has its quota of successes. Episode
/// k
/// of a configuration is the same whoever plays it, and the first successes in that order are kept.
/// </summary>
internal sealed class Collector
{
    private const int MostWorlds = 1024;
    private const int EpisodesPerWorld = 12;

    private readonly CollectOptions _options;
    private readonly StageContext _context;
    private readonly ulong _seed;
    private readonly int _first;
    private readonly int _size;
    private readonly RolloutSet _set;
    private readonly int[] _kept = new int[ClevrGoal.Configurations.Count];
    private readonly int[] _played = new int[ClevrGoal.Configurations.Count];
    private int _done;

    /// <summary>Prepares a part.</summary>
    /// <param name="options">How the player plays.</param>
    /// <param name="context">Seed, threads, progress.</param>
    /// <param name="part">Number of the part; random numbers go by it.</param>
    /// <param name="first">Rollouts in earlier parts.</param>
    /// <param name="size">Rollouts of this part.</param>
    public Collector(CollectOptions options, StageContext context, int part, int first, int size)
    {
        _options = options;
        _context = context;
        _seed = context.Seed + (0x9E3779B97F4A7C15 * (ulong)(part + 1));
        _first = first;
        _size = size;
        _set = new RolloutSet(
            size, ClevrEnv.Horizon, ClevrRules.ObservationSize, ClevrGoal.Size, options.States ? 69 : 0);
    }

    /// <summary>What was played.</summary>
    public CollectTally Tally { get; private set; } = new();

    /// <summary>Plays until the part is full.</summary>
    public RolloutSet Run()
    {
        using var launcher = new CpuLauncher(_context.Threads);

        // few worlds, refilled often: a bundle costs the same with one busy world as with sixteen
        int worlds = Math.Clamp(_size / EpisodesPerWorld / 32 * 32, 32, MostWorlds);
        using var env = new ClevrEnv(worlds, _seed, new EnvOptions { Launcher = launcher });
        for (List<CollectEpisode> round = NextRound(); round.Count > 0; round = NextRound())
        {
            Play(env, round);
            foreach (CollectEpisode episode in round) Keep(episode);
        }

        return _set;
    }

    /// <summary>Rollout number r has configuration r modulo 80, counted over all parts.</summary>
    private int Quota(int configuration)
    {
        int total = ClevrGoal.Configurations.Count;
        int before = (_first - configuration + total - 1) / total;
        int after = (_first + _size - configuration + total - 1) / total;
        return Math.Max(after, 0) - Math.Max(before, 0);
    }

    /// <summary>As many new episodes as successes are missing, and a few more.</summary>
    private List<CollectEpisode> NextRound()
    {
        _context.Cancel.ThrowIfCancellationRequested();
        var round = new List<CollectEpisode>();
        for (int c = 0; c < _kept.Length; c++)
        {
            int missing = Quota(c) - _kept[c];
            int wanted = missing <= 0 ? 0 : missing + (missing / 8) + 1;
            for (int k = 0; k < wanted; k++) round.Add(new CollectEpisode(c, _played[c]++, _seed, _options.States));
        }

        return round;
    }

    private void Play(ClevrEnv env, List<CollectEpisode> round)
    {
        var slots = new CollectEpisode?[env.Count];
        int[] actions = new int[env.Count];
        int next = 0;
        int running = 0;
        for (int w = 0; w < env.Count; w++) running += Refill(env, slots, w, round, ref next);
        while (running > 0)
        {
            for (int w = 0; w < env.Count; w++) actions[w] = slots[w]?.Act(env, w, (float)_options.Mistakes) ?? 0;
            env.Step(actions);
            for (int w = 0; w < env.Count; w++)
            {
                if (slots[w] == null || !slots[w]!.Record(env, w)) continue;
                if (slots[w]!.Success) _context.Progress.Report(Math.Min(_first + ++_done, _first + _size - 1));
                running += Refill(env, slots, w, round, ref next) - 1;
            }
        }
    }

    private static int Refill(
        ClevrEnv env, CollectEpisode?[] slots, int world, List<CollectEpisode> round, ref int next)
    {
        slots[world] = next < round.Count ? round[next++] : null;
        slots[world]?.Begin(env, world);
        env.SetActive(world, slots[world] != null);
        return slots[world] == null ? 0 : 1;
    }

    private void Keep(CollectEpisode episode)
    {
        Tally = Tally with
        {
            Episodes = Tally.Episodes + 1,
            Successes = Tally.Successes + (episode.Success ? 1 : 0),
            Overflows = Tally.Overflows + (episode.Overflow ? 1 : 0),
        };
        int c = episode.Configuration;
        if (!episode.Success || episode.Overflow || _kept[c] == Quota(c)) return;

        // the k-th rollout of configuration c in this part
        int total = ClevrGoal.Configurations.Count;
        int row = (((c - _first) % total) + total) % total;
        episode.Write(_set, row + (total * _kept[c]++));
    }
}

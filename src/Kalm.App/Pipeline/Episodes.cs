using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;

namespace Kalm.App.Pipeline;

/// <summary>Episodes of one level: goals, sentences and scenes that are the same for every policy.</summary>
/// <param name="level">The level.</param>
/// <param name="count">Number of episodes.</param>
/// <param name="seed">Key of goals, sentences and scenes.</param>
internal sealed class Episodes(ClevrLevel level, int count, ulong seed)
{
    // keys of the two kinds of draws, unlike those of any other stage
    private const ulong SceneKey = 0x6576_616c_0001;
    private const ulong SentenceKey = 0x6576_616c_0002;

    /// <summary>The level.</summary>
    public ClevrLevel Level => level;

    /// <summary>Number of episodes.</summary>
    public int Count => count;

    /// <summary>Lets a policy play all episodes at once.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="launcher">Runs the simulation.</param>
    /// <param name="kept">Episodes to keep.</param>
    public EpisodeOutcome Play(IEpisodePolicy policy, ILauncher launcher, int kept)
    {
        using var env = new ClevrEnv(count, seed ^ SceneKey, new EnvOptions { Level = level, Launcher = launcher });
        string[] sentences = Sentences(env);
        RolloutSet set = Record(env, sentences, Math.Min(kept, count));
        policy.Begin(sentences, env.Spec.Horizon);
        bool[] success = new bool[count];
        bool[] overflow = new bool[count];
        int[] actions = new int[count];
        int[] active = [.. Enumerable.Range(0, count)];
        while (active.Length > 0)
        {
            policy.Act(active, env.Observations, actions);
            env.Step(actions);
            foreach (int world in active)
            {
                success[world] |= env.Success[world];
                overflow[world] |= env.Overflow[world];
                if (world < set.Count) Append(set, world, actions[world], env);
            }
            active = [.. active.Where(env.IsActive)];
        }
        for (int world = 0; world < set.Count; world++) set.Success[world] = success[world];
        return new EpisodeOutcome(success.Count(s => s) / (double)count, overflow.Count(o => o), set);
    }

    private string[] Sentences(ClevrEnv env)
    {
        string[] sentences = new string[count];
        for (int world = 0; world < count; world++)
        {
            var draws = new DrawSequence(seed ^ SentenceKey, (ulong)world);
            sentences[world] = ClevrSentences.Sample(level, env.Goal(world), ref draws);
        }
        return sentences;
    }

    private RolloutSet Record(ClevrEnv env, string[] sentences, int kept)
    {
        var set = new RolloutSet(kept, env.Spec.Horizon, env.Spec.ObservationSize, env.Spec.GoalSize)
        {
            Level = level.Name(),
            Origin = "kalm evaluate",
        };
        for (int world = 0; world < kept; world++)
        {
            set.Sentences[world] = [sentences[world]];
            env.Goal(world).Encode(set.Goal(world));
            Observation(env, world).CopyTo(set.Observation(world, 0));
        }
        return set;
    }

    private static void Append(RolloutSet set, int world, int action, ClevrEnv env)
    {
        int step = set.Lengths[world]++;
        set.Actions[(world * set.Capacity) + step] = action;
        set.Rewards[(world * set.Capacity) + step] = env.Rewards[world];
        Observation(env, world).CopyTo(set.Observation(world, step + 1));
    }

    private static ReadOnlySpan<float> Observation(ClevrEnv env, int world) =>
        env.Observations.Slice(world * env.Spec.ObservationSize, env.Spec.ObservationSize);
}

/// <summary>What a policy made of a batch of episodes.</summary>
/// <param name="Success">Share of episodes that reached their goal.</param>
/// <param name="Overflow">Episodes in which the simulation ran out of room for contacts.</param>
/// <param name="Kept">The first episodes.</param>
internal sealed record EpisodeOutcome(double Success, int Overflow, RolloutSet Kept);

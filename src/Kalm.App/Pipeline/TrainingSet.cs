using Kalm.App.Formats;
using Kalm.Kernels.Learning;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>Rollout sets as the transitions that offline RL draws from.</summary>
internal static class TrainingSet
{
    /// <summary>
    /// Gathers real rollouts and, after them, imagined ones; every distinct sentence is encoded once.
    /// </summary>
    /// <param name="real">Collected rollouts.</param>
    /// <param name="imagined">Imagined rollouts of one level, or null.</param>
    /// <param name="encoder">Makes goal codes.</param>
    /// <exception cref="KalmException">A set holds no steps, or rollouts without a sentence.</exception>
    public static Transitions Create(RolloutSet real, RolloutSet? imagined, IGoalEncoder encoder)
    {
        Transitions data = new(real.ObservationSize, encoder.Size);
        Add(data, real, encoder);
        data.BeginImagined();
        if (imagined == null) return data;
        if (imagined.ObservationSize != real.ObservationSize)
        {
            throw new KalmException(
                $"imagined rollouts ({imagined.Level}): field 'observationSize': found {imagined.ObservationSize}, "
                + $"expected {real.ObservationSize} as in the collected rollouts");
        }

        Add(data, imagined, encoder);
        return data;
    }

    private static void Add(Transitions data, RolloutSet set, IGoalEncoder encoder)
    {
        // rollouts of the same goal share one list of sentences
        Dictionary<string, int> lists = [];
        int before = data.Count;
        for (int rollout = 0; rollout < set.Count; rollout++)
        {
            int steps = set.Lengths[rollout];
            if (steps == 0) continue;
            string[] sentences = set.Sentences[rollout];
            if (sentences.Length == 0)
            {
                throw new KalmException(
                    $"{set.Level} rollouts: rollout {rollout}: field 'sentences': found none, expected one or more");
            }

            string key = string.Join('\n', sentences);
            if (!lists.TryGetValue(key, out int first))
            {
                first = AddGoals(data, sentences, encoder);
                lists.Add(key, first);
            }

            ReadOnlySpan<float> observations = set.Observations.AsSpan(
                rollout * (set.Capacity + 1) * set.ObservationSize, (steps + 1) * set.ObservationSize);
            data.AddRollout(observations, set.ActionsOf(rollout), set.RewardsOf(rollout), first, sentences.Length);
        }

        if (data.Count == before)
            throw new KalmException($"{set.Level} rollouts: found no steps, expected at least one");
    }

    private static int AddGoals(Transitions data, string[] sentences, IGoalEncoder encoder)
    {
        float[] codes = new float[sentences.Length * encoder.Size];
        encoder.Encode(sentences, codes);
        int first = data.GoalCount;
        for (int i = 0; i < sentences.Length; i++) data.AddGoal(codes.AsSpan(i * encoder.Size, encoder.Size));
        return first;
    }
}

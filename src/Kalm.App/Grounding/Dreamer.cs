using Kalm.App.Formats;
using Kalm.Kernels.Embedding;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Grounding;

/// <summary>
/// Imagines rollouts (KALM, arXiv 2404.09248, section 3.3): from a goal's sentence and a first state, action and next
/// state in turn, until the judge finds the goal reached in the imagined state or the horizon is over. Actions are the
/// most probable ones or drawn, states are fed back as they were said.
/// </summary>
/// <param name="model">The grounded model.</param>
/// <param name="decoder">A decoder with its weights.</param>
/// <param name="reward">Form of the reward, which is the environment's.</param>
/// <param name="temperature">Divides the logits actions are drawn from; 0 takes the most probable action.</param>
public sealed class Dreamer(GroundedModel model, LlamaDecoder decoder, ClevrRewardForm reward, double temperature = 0)
{
    /// <summary>Imagines one rollout for each task.</summary>
    /// <param name="tasks">Goals and first states.</param>
    /// <param name="level">Level of the goals.</param>
    /// <param name="steps">Most steps.</param>
    public RolloutSet Imagine(DreamTask[] tasks, ClevrLevel level, int steps)
    {
        const int Size = ClevrRules.ObservationSize;
        int horizon = Math.Min(steps, level.Horizon());
        var set = new RolloutSet(tasks.Length, horizon, Size, ClevrGoal.Size) { Level = level.Name() };
        for (int i = 0; i < tasks.Length; i++)
        {
            tasks[i].Goal.Encode(set.Goal(i));
            tasks[i].Start.CopyTo(set.Observation(i, 0));
            set.Sentences[i] = [tasks[i].Sentence];
        }

        string[] goals = Restatement.Apply(model, decoder, [.. tasks.Select(task => task.Sentence)]);
        var session = new RolloutSession(model, decoder, goals, horizon);
        DrawSequence[] draws = [.. tasks.Select(task => task.Draws)];
        int[] active = [.. Enumerable.Range(0, tasks.Length)];
        float[] states = new float[tasks.Length * Size], next = new float[states.Length];
        int[] actions = new int[tasks.Length];
        for (int t = 0; t < horizon && active.Length > 0; t++)
        {
            int numbers = active.Length * Size;
            for (int k = 0; k < active.Length; k++)
                set.Observation(active[k], t).CopyTo(states.AsSpan(k * Size));
            if (temperature > 0)
                session.Act(active, states.AsSpan(0, numbers), actions.AsSpan(0, active.Length), temperature, draws);
            else
                session.Act(active, states.AsSpan(0, numbers), actions.AsSpan(0, active.Length));
            session.Expect(
                active, states.AsSpan(0, numbers), actions.AsSpan(0, active.Length), next.AsSpan(0, numbers));
            for (int k = 0; k < active.Length; k++)
                Record(set, active[k], t, actions[k], next.AsSpan(k * Size, Size));
            active = [.. active.Where(rollout => !set.Success[rollout])];
        }

        return set;
    }

    private void Record(RolloutSet set, int rollout, int t, int action, ReadOnlySpan<float> next)
    {
        next.CopyTo(set.Observation(rollout, t + 1));
        set.Lengths[rollout] = t + 1;
        set.ActionsOf(rollout)[t] = action;
        set.Success[rollout] = ClevrRules.Success(set.Goal(rollout), next, action);
        set.RewardsOf(rollout)[t] = ClevrRules.Reward(
            set.Goal(rollout), set.Observation(rollout, t), next, action, reward);
    }
}

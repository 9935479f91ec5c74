using Kalm.App.Formats;
using Kalm.App.Grounding;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;
using Kalm.Native.Llm;

namespace Kalm.App.Tests.Grounding;

/// <summary>A model and rollouts that are small enough for tests.</summary>
internal static class SmallModel
{
    public static GroundedModel Create(int seed = 1, StateTarget target = StateTarget.Change, bool restate = false)
    {
        IEnumerable<string> text = ClevrGoals.Listed(ClevrLevel.Offline)
            .SelectMany(goal => ClevrSentences.For(ClevrLevel.Offline, goal)).Concat(
            [
                Prompts.Generation(""), Prompts.Explanation, Prompts.ExplanationGoal, Prompts.Dynamics,
                Prompts.Consequence, Prompts.ConsequenceGoal("."), Prompts.Meaning(""),
            ]);
        BpeTokenizer tokenizer = BpeTrainer.Train(text.Select(PromptEncoder.Lower), 400);
        var options = new LlamaOptions
        {
            HiddenSize = 32,
            IntermediateSize = 64,
            Layers = 2,
            Heads = 2,
            KeyValueHeads = 2,
            VocabSize = tokenizer.Count,
            MaxPositions = 256,
        };
        var settings = new GroundedSettings
        {
            StateTarget = target,
            StateInput = 4,
            StateOutput = 10,
            Restate = restate,
            Seed = seed,
        };
        return new GroundedModel(new Llama(options, seed), tokenizer, settings);
    }

    /// <summary>Rollouts of random actions in the simulator, called successful.</summary>
    public static RolloutSet Rollouts(int count, int steps = 4)
    {
        using var launcher = new CpuLauncher(1);
        using var env = new ClevrEnv(count, 3, new EnvOptions { Launcher = launcher });
        var set = new RolloutSet(count, 50, ClevrRules.ObservationSize, ClevrGoal.Size);
        var random = new Random(4);
        for (int i = 0; i < count; i++)
        {
            env.Goal(i).Encode(set.Goal(i));
            set.Sentences[i] = [.. ClevrSentences.For(ClevrLevel.Offline, env.Goal(i))];
            env.Observations.Slice(i * 10, 10).CopyTo(set.Observation(i, 0));
            set.Success[i] = true;
        }

        for (int t = 0; t < steps; t++)
        {
            int[] actions = [.. Enumerable.Range(0, count).Select(_ => random.Next(40))];
            bool[] active = [.. Enumerable.Range(0, count).Select(env.IsActive)];
            env.Step(actions);
            for (int i = 0; i < count; i++)
            {
                if (!active[i])
                    continue;
                set.Lengths[i] = t + 1;
                set.ActionsOf(i)[t] = actions[i];
                set.RewardsOf(i)[t] = env.Rewards[i];
                env.FinalObservations.Slice(i * 10, 10).CopyTo(set.Observation(i, t + 1));
            }
        }

        return set;
    }
}

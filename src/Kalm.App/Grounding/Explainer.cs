using Kalm.App.Formats;
using Kalm.Kernels.Embedding;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Grounding;

/// <summary>Lets the model say which goal a rollout reached, and judges the answer.</summary>
public static class Explainer
{
    private static readonly Lazy<Dictionary<string, ClevrGoal>> Meanings = new(Collect);

    /// <summary>Share of rollouts whose explanation names the goal: both balls and the direction.</summary>
    /// <param name="model">The model.</param>
    /// <param name="decoder">A decoder with the model's weights.</param>
    /// <param name="rollouts">The rollouts.</param>
    /// <param name="indices">Those to be explained.</param>
    public static double Accuracy(GroundedModel model, LlamaDecoder decoder, RolloutSet rollouts, int[] indices)
    {
        string[] answers = Explain(model, decoder, rollouts, indices);
        int right = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            string answer = PromptEncoder.Lower(answers[i]);
            if (Meanings.Value.TryGetValue(answer, out ClevrGoal? said)
                && said.Equals(ClevrGoal.Decode(rollouts.Goal(indices[i]))))
            {
                right++;
            }
        }

        return answers.Length == 0 ? 0 : (double)right / answers.Length;
    }

    /// <summary>The goal of each rollout in the model's words.</summary>
    public static string[] Explain(GroundedModel model, LlamaDecoder decoder, RolloutSet rollouts, int[] indices)
    {
        const int Limit = 24, Batch = 64;
        var answers = new List<string>();
        foreach (int[] part in indices.Chunk(Batch))
        {
            var plan = new BatchPlan(model.Scale);
            foreach (int rollout in part)
                Question(plan, model, rollouts, rollout);
            DecodeSession session = decoder.NewSession(part.Length, plan.Time + Limit);
            float[] hidden = Fill(model, decoder, session, plan);
            int[][] tokens = TextGenerator.Continue(decoder, session, hidden, TextGenerator.IsStop(model), Limit);
            answers.AddRange(tokens.Select(list => model.Tokenizer.Decode(list).Trim()));
        }

        return [.. answers];
    }

    private static void Question(BatchPlan plan, GroundedModel model, RolloutSet rollouts, int rollout)
    {
        plan.Begin();
        plan.Text(model.Prompts.Begin(Prompts.Explanation));
        for (int t = 0; t < rollouts.Lengths[rollout]; t++)
        {
            SequenceWriter.Show(plan, model.Scale, rollouts.Observation(rollout, t));
            plan.Action(rollouts.ActionsOf(rollout)[t]);
        }

        SequenceWriter.Show(plan, model.Scale, rollouts.Observation(rollout, rollouts.Lengths[rollout]));
        plan.Text(model.Prompts.Go(Prompts.ExplanationGoal));
    }

    private static float[] Fill(GroundedModel model, LlamaDecoder decoder, DecodeSession session, BatchPlan plan)
    {
        // padded rows first, then without the padding
        int channels = decoder.Sizes.Channels;
        float[] padded = new float[plan.Count * plan.Time * channels];
        int[] counts = new int[plan.Count];
        foreach ((int sequence, int start, int[] tokens) in plan.Texts)
        {
            int at = ((sequence * plan.Time) + start) * channels;
            decoder.EmbedTokens(tokens, padded.AsSpan(at, tokens.Length * channels));
            counts[sequence] = Math.Max(counts[sequence], start + tokens.Length);
        }

        model.Encoder.EncodeStates(plan.States, plan.StateRows(), padded);
        model.Encoder.EncodeActions(plan.Actions, plan.ActionRows(), padded);
        float[] rows = new float[counts.Sum() * channels], hidden = new float[plan.Count * channels];
        int to = 0;
        for (int b = 0; b < plan.Count; b++)
        {
            int length = counts[b] * channels;
            padded.AsSpan(b * plan.Time * channels, length).CopyTo(rows.AsSpan(to));
            to += length;
        }

        session.Prefill(rows, counts, hidden);
        return hidden;
    }

    private static Dictionary<string, ClevrGoal> Collect()
    {
        var meanings = new Dictionary<string, ClevrGoal>(StringComparer.Ordinal);
        foreach (ClevrGoal goal in ClevrGoals.Listed(ClevrLevel.Offline))
        {
            foreach (string sentence in ClevrSentences.For(ClevrLevel.Offline, goal))
                meanings[PromptEncoder.Lower(sentence)] = goal;
        }

        return meanings;
    }
}

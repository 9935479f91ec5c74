using Kalm.Kernels.Embedding;
using Kalm.Native.Llm;

namespace Kalm.App.Grounding;

/// <summary>Greedy continuation of prompts, up to the first full stop.</summary>
public static class TextGenerator
{
    /// <summary>Continues each sequence of a session that was just filled, until a stop token or the limit.</summary>
    /// <param name="decoder">The model.</param>
    /// <param name="session">Holds the sequences.</param>
    /// <param name="hidden">Hidden state of the last row of each sequence, (batch, C); overwritten.</param>
    /// <param name="stop">Ends a sequence; not part of the result.</param>
    /// <param name="limit">Most tokens.</param>
    /// <returns>Tokens of each sequence.</returns>
    public static int[][] Continue(
        LlamaDecoder decoder, DecodeSession session, float[] hidden, Predicate<int> stop, int limit)
    {
        int channels = decoder.Sizes.Channels, vocabulary = decoder.Sizes.Vocabulary;
        var results = new List<int>[session.Batch];
        int[] active = new int[session.Batch];
        for (int i = 0; i < active.Length; i++)
            (results[i], active[i]) = ([], i);

        float[] rows = new float[hidden.Length], logits = new float[session.Batch * vocabulary];
        for (int step = 0; step < limit && active.Length > 0; step++)
        {
            decoder.Logits(hidden.AsSpan(0, active.Length * channels), logits.AsSpan(0, active.Length * vocabulary));
            var next = new List<int>();
            var tokens = new List<int>();
            for (int k = 0; k < active.Length; k++)
            {
                int token = SequenceLoss.ArgMax(logits.AsSpan(k * vocabulary, vocabulary));
                if (stop(token))
                    continue;
                results[active[k]].Add(token);
                next.Add(active[k]);
                tokens.Add(token);
            }

            active = [.. next];
            if (active.Length == 0)
                break;
            Span<float> into = rows.AsSpan(0, active.Length * channels);
            decoder.EmbedTokens(tokens.ToArray(), into);
            session.Step(active, into, hidden.AsSpan(0, active.Length * channels));
        }

        return [.. results.Select(list => list.ToArray())];
    }

    /// <summary>Continues texts up to the first full stop.</summary>
    /// <param name="model">The model.</param>
    /// <param name="decoder">A decoder with the model's weights.</param>
    /// <param name="texts">The prompts.</param>
    /// <param name="limit">Most tokens.</param>
    public static string[] Continue(
        GroundedModel model, LlamaDecoder decoder, IReadOnlyList<string> texts, int limit = 40)
    {
        const int Batch = 128;
        var results = new List<string>();
        for (int start = 0; start < texts.Count; start += Batch)
        {
            int[][] prompts = [.. texts.Skip(start).Take(Batch).Select(model.Prompts.Begin)];
            DecodeSession session = decoder.NewSession(prompts.Length, prompts.Max(p => p.Length) + limit);
            float[] hidden = Fill(decoder, session, prompts);
            int[][] answers = Continue(decoder, session, hidden, IsStop(model), limit);
            results.AddRange(answers.Select(tokens => model.Tokenizer.Decode(tokens).Trim()));
        }

        return [.. results];
    }

    /// <summary>Whether a token ends a sentence: a full stop, or the end of the sequence.</summary>
    public static Predicate<int> IsStop(GroundedModel model)
    {
        BpeTokenizer tokenizer = model.Tokenizer;
        int[] point = tokenizer.Encode("a.");
        return token => token == point[^1] || token == tokenizer.EosId;
    }

    /// <summary>Puts prompts of text into an empty session.</summary>
    /// <returns>Hidden state of the last row of each, (batch, C).</returns>
    public static float[] Fill(LlamaDecoder decoder, DecodeSession session, int[][] prompts)
    {
        int channels = decoder.Sizes.Channels;
        int[] counts = [.. prompts.Select(prompt => prompt.Length)];
        int[] tokens = [.. prompts.SelectMany(prompt => prompt)];
        float[] rows = new float[tokens.Length * channels], hidden = new float[prompts.Length * channels];
        decoder.EmbedTokens(tokens, rows);
        session.Prefill(rows, counts, hidden);
        return hidden;
    }
}

using System.Diagnostics;
using Kalm.Kernels.Embedding;
using Kalm.Kernels.Memory;
using Kalm.Native;
using Kalm.Native.Llm;

namespace Kalm.Benchmarks.Llm;

/// <summary>
/// Tokens per second of the language model: a training step, batched generation by the decoder kernels, and the same
/// generation as a plain loop over libtorch operations with a KV cache. All three in one process with the same
/// threads; the two generators get the same weights and prompts and must agree on the tokens.
/// </summary>
internal static class LlmBench
{
    /// <summary>Measures.</summary>
    public static LlmBenchResult Run(LlmBenchOptions options)
    {
        Check(options);
        torch.set_num_threads(options.Threads);
        using var model = new Llama(LlamaOptions.Preset(options.Preset), seed: 1);
        double train = Train(model, options);
        int[][] prompts = Prompts(model.Options, options);
        (double plain, int[] plainTokens) = GeneratePlain(model, prompts, options);
        (double fast, int[] fastTokens) = GenerateFast(model, prompts, options);
        int agree = plainTokens.Zip(fastTokens).Count(pair => pair.First == pair.Second);
        int tokens = options.GenerateBatch * options.NewTokens;
        return new LlmBenchResult(
            model.Options.ParameterCount,
            options.TrainBatch * options.TrainTime / train,
            tokens / fast,
            tokens / plain,
            plain / fast,
            (double)agree / tokens);
    }

    private static void Check(LlmBenchOptions options)
    {
        if (!LlamaOptions.PresetNames.Contains(options.Preset))
        {
            throw new KalmException(
                $"--preset: expected one of {string.Join(", ", LlamaOptions.PresetNames)}, found '{options.Preset}'");
        }

        if (options.Threads < 1)
            throw new KalmException($"--threads: expected at least 1, found {options.Threads}");
        if (options.Repetitions < 1)
            throw new KalmException($"--repetitions: expected at least 1, found {options.Repetitions}");
    }

    // seconds of one step: forward, backward, clipping, AdamW
    private static double Train(Llama model, LlmBenchOptions options)
    {
        using var optimizer = torch.optim.AdamW(model.parameters(), 3e-4, weight_decay: 0.01);
        long[] shape = [options.TrainBatch, options.TrainTime + 1];
        using Tensor data = torch.randint(0, model.Options.VocabSize, shape).DetachFromDisposeScope();
        return Median(options.Repetitions, () =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            Tensor logits = model.call(data.narrow(1, 0, options.TrainTime)).reshape(-1, model.Options.VocabSize);
            Tensor loss = F.cross_entropy(logits, data.narrow(1, 1, options.TrainTime).reshape(-1));
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            optimizer.step();
        });
    }

    private static (double Seconds, int[] Tokens) GeneratePlain(Llama model, int[][] prompts, LlmBenchOptions options)
    {
        int[] tokens = new int[prompts.Length * options.NewTokens];
        double seconds = Median(options.Repetitions, () =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using IDisposable quiet = torch.no_grad();
            using var cache = new KvCache(model.Options, prompts.Length, options.Prompt + options.NewTokens);
            Tensor input = torch.tensor(prompts.SelectMany(p => p.Select(id => (long)id)).ToArray(),
                [prompts.Length, options.Prompt]);
            for (int step = 0; step < options.NewTokens; step++)
            {
                using DisposeScope inner = torch.NewDisposeScope();
                Tensor hidden = model.Hidden(model.Embed(input), cache);
                Tensor last = hidden.narrow(1, hidden.shape[1] - 1, 1);
                input = inner.MoveToOuter(model.Logits(last).select(1, 0).argmax(-1, true));
                ReadOnlySpan<long> picked = input.Int64Span();
                for (int i = 0; i < picked.Length; i++)
                    tokens[(i * options.NewTokens) + step] = (int)picked[i];
            }
        });
        return (seconds, tokens);
    }

    private static (double Seconds, int[] Tokens) GenerateFast(Llama model, int[][] prompts, LlmBenchOptions options)
    {
        LlamaOptions sizes = model.Options;
        using var decoder = new LlamaDecoder(
            new DecoderSizes
            {
                Channels = sizes.HiddenSize,
                Inner = sizes.IntermediateSize,
                Layers = sizes.Layers,
                Heads = sizes.Heads,
                KeyValueHeads = sizes.KeyValueHeads,
                Vocabulary = sizes.VocabSize,
                Positions = sizes.MaxPositions,
                NormEpsilon = sizes.RmsNormEps,
                RopeTheta = sizes.RopeTheta,
                TiedHead = sizes.TieWordEmbeddings,
            },
            options.Threads);
        int count = prompts.Length, c = sizes.HiddenSize, v = sizes.VocabSize;
        int[] tokens = new int[count * options.NewTokens], next = new int[count];
        float[] prompt = new float[count * options.Prompt * c], rows = new float[count * c];
        float[] hidden = new float[count * c], logits = new float[count * v];
        int[] lengths = [.. prompts.Select(p => p.Length)], ids = [.. prompts.SelectMany(p => p)];
        model.VisitWeights(decoder.SetWeight);
        DecodeSession session = decoder.NewSession(count, options.Prompt + options.NewTokens);

        // packing belongs to the measurement: it is paid whenever the weights have changed
        double seconds = Median(options.Repetitions, () =>
        {
            model.VisitWeights(decoder.SetWeight);
            session.Reset();
            decoder.EmbedTokens(ids, prompt);
            session.Prefill(prompt, lengths, hidden);
            for (int step = 0; step < options.NewTokens; step++)
            {
                decoder.Logits(hidden, logits);
                for (int i = 0; i < count; i++)
                {
                    next[i] = SequenceLoss.ArgMax(logits.AsSpan(i * v, v));
                    tokens[(i * options.NewTokens) + step] = next[i];
                }

                if (step == options.NewTokens - 1)
                    break;
                decoder.EmbedTokens(next, rows);
                session.Step(rows, hidden);
            }
        });
        return (seconds, tokens);
    }

    private static int[][] Prompts(LlamaOptions sizes, LlmBenchOptions options)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, options.GenerateBatch).Select(_ =>
            Enumerable.Range(0, options.Prompt).Select(_ => random.Next(sizes.VocabSize)).ToArray())];
    }

    // two runs to warm up, then the middle of a few
    private static double Median(int repetitions, Action run)
    {
        run();
        run();
        double[] seconds = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return BenchOutput.Median(seconds);
    }
}

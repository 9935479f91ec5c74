using Kalm.App.Pipeline;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;
using Kalm.Native.Llm;

namespace Kalm.App.Grounding;

/// <summary>
/// The model that grounding starts from: a fresh one with a tokenizer of its own, or a published one.
/// </summary>
public static class ModelFactory
{
    private const int TokenizerLines = 4_000;

    /// <summary>Makes or reads the model.</summary>
    /// <param name="options">Which one, and the form of its encoders and heads.</param>
    /// <param name="seed">Seed of fresh weights and of the text the tokenizer learns from.</param>
    /// <param name="sentences">Goal sentences that the tokenizer shall know too.</param>
    /// <exception cref="KalmException">There is no such model, or its folder is damaged.</exception>
    public static GroundedModel Create(GroundOptions options, ulong seed, IEnumerable<string> sentences)
    {
        bool fresh = LlamaOptions.PresetNames.Contains(options.Model);
        if (!fresh && !Directory.Exists(options.Model))
        {
            throw new KalmException(
                $"option model: found '{options.Model}', expected one of {string.Join(", ", LlamaOptions.PresetNames)} "
                + "or a Hugging Face folder");
        }

        int seed31 = (int)(seed & 0x7fff_ffff);
        var settings = new GroundedSettings
        {
            Mlp = options.Mlp,
            Objects = options.ObjectSlots ? ClevrGoal.BallCount : 1,
            StateTarget = options.StateTarget,
            StateInput = (float)options.StateInput,
            StateOutput = (float)options.StateOutput,
            LowerCase = fresh,
            Restate = options.Restate,
            Seed = seed31,
        };
        if (!fresh)
        {
            try
            {
                (Llama model, BpeTokenizer words) = LlamaFolder.Load(options.Model);
                return new GroundedModel(model, words, settings);
            }
            catch (InvalidDataException error)
            {
                throw new KalmException(error.Message);
            }
        }

        IEnumerable<string> text = Enumerable.Range(0, TokenizerLines).Select(i => TextCorpus.Line(seed, i))
            .Concat(sentences).Concat(FixedTexts());
        BpeTokenizer tokenizer = BpeTrainer.Train(text.Select(PromptEncoder.Lower), options.Vocabulary);
        LlamaOptions sizes = LlamaOptions.Preset(options.Model) with { VocabSize = tokenizer.Count };
        return new GroundedModel(new Llama(sizes, seed31), tokenizer, settings);
    }

    private static IEnumerable<string> FixedTexts() =>
    [
        Prompts.Generation(""), Prompts.Explanation, Prompts.ExplanationGoal, Prompts.Dynamics, Prompts.Consequence,
        Prompts.ConsequenceGoal(""), Prompts.Meaning(""),
    ];
}

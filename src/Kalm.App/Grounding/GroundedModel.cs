using Kalm.App.Formats;
using Kalm.Kernels.Embedding;
using Kalm.Kernels.Memory;
using Kalm.Native.Llm;

namespace Kalm.App.Grounding;

/// <summary>
/// A language model with encoders and heads for states and actions. On disk: a Hugging Face folder for the language
/// model, <c>trajectory.safetensors</c> for encoders and heads, <c>grounding.json</c> for how they are used.
/// </summary>
public sealed class GroundedModel : IDisposable
{
    private const string TrajectoryFile = "trajectory.safetensors";
    private const string SettingsFile = "grounding.json";

    /// <summary>A model of its parts.</summary>
    /// <param name="language">The language model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="settings">Form of encoders and heads.</param>
    public GroundedModel(Llama language, BpeTokenizer tokenizer, GroundedSettings settings)
    {
        Language = language;
        Tokenizer = tokenizer;
        Settings = settings;
        Prompts = new PromptEncoder(tokenizer, settings.LowerCase);
        Scale = new StateScale(
            settings.StateTarget, settings.StateInput, settings.StateOutput, settings.StateSize, settings.Objects);
        var options = new TrajectoryOptions
        {
            StateSize = settings.StateSize,
            ActionCount = settings.ActionCount,
            Channels = language.Options.HiddenSize,
            Mlp = settings.Mlp,
            Seed = settings.Seed,
        };
        Encoder = new TrajectoryEncoder(options with { StateSize = Scale.EncoderSize });
        Heads = new TrajectoryHeads(options);
    }

    /// <summary>The language model.</summary>
    public Llama Language { get; }

    /// <summary>Its tokenizer.</summary>
    public BpeTokenizer Tokenizer { get; }

    /// <summary>Form of encoders and heads.</summary>
    public GroundedSettings Settings { get; }

    /// <summary>Texts to tokens.</summary>
    public PromptEncoder Prompts { get; }

    /// <summary>States to encoder inputs and head outputs to states.</summary>
    public StateScale Scale { get; }

    /// <summary>E_S and E_A.</summary>
    public TrajectoryEncoder Encoder { get; }

    /// <summary>O_S and O_A.</summary>
    public TrajectoryHeads Heads { get; }

    /// <summary>Weights of encoders and heads.</summary>
    public IEnumerable<TrajectoryWeight> TrajectoryWeights => Encoder.Weights.Concat(Heads.Weights);

    /// <summary>Writes the folder.</summary>
    /// <exception cref="KalmException">It cannot be written.</exception>
    public void Save(string folder)
    {
        LlamaFolder.Save(folder, Language, Tokenizer);
        TrajectoryWeight[] weights = [.. TrajectoryWeights];
        using (var writer = new SafetensorsWriter(
            Path.Combine(folder, TrajectoryFile), weights.Select(w => (w.Name, (long[])[w.Rows, w.Columns]))))
        {
            foreach (TrajectoryWeight weight in weights)
            {
                float[] values = new float[weight.Count];
                weight.Read(TrajectoryPart.Values, values);
                writer.Write(weight.Name, values);
            }

            writer.Commit();
        }

        JsonFile.Write(Path.Combine(folder, SettingsFile), Settings);
    }

    /// <summary>Reads the folder.</summary>
    /// <exception cref="KalmException">A file is missing, damaged, or does not fit the others.</exception>
    public static GroundedModel Load(string folder)
    {
        GroundedSettings settings = JsonFile.Read<GroundedSettings>(Path.Combine(folder, SettingsFile));
        try
        {
            (Llama language, BpeTokenizer tokenizer) = LlamaFolder.Load(folder);
            var model = new GroundedModel(language, tokenizer, settings);
            using var reader = new SafetensorsReader(Path.Combine(folder, TrajectoryFile));
            foreach (TrajectoryWeight weight in model.TrajectoryWeights)
            {
                float[] values = new float[weight.Count];
                reader.Read(weight.Name, [weight.Rows, weight.Columns], values);
                weight.Write(TrajectoryPart.Values, values);
            }

            return model;
        }
        catch (InvalidDataException error)
        {
            throw new KalmException(error.Message);
        }
    }

    /// <summary>A fast decoder with the language model's weights as they are now.</summary>
    /// <param name="threads">Threads it may use.</param>
    public LlamaDecoder Decoder(int threads)
    {
        LlamaOptions options = Language.Options;
        var decoder = new LlamaDecoder(
            new DecoderSizes
            {
                Channels = options.HiddenSize,
                Inner = options.IntermediateSize,
                Layers = options.Layers,
                Heads = options.Heads,
                KeyValueHeads = options.KeyValueHeads,
                Vocabulary = options.VocabSize,
                Positions = options.MaxPositions,
                NormEpsilon = options.RmsNormEps,
                RopeTheta = options.RopeTheta,
                TiedHead = options.TieWordEmbeddings,
            },
            threads);
        Language.VisitWeights(decoder.SetWeight);
        return decoder;
    }

    /// <summary>Frees the language model.</summary>
    public void Dispose() => Language.Dispose();
}

/// <summary>Form of the encoders and heads of a grounded model.</summary>
public sealed record GroundedSettings
{
    /// <summary>Numbers of a state.</summary>
    public int StateSize { get; init; } = 10;

    /// <summary>Slots of a state: 1 for the whole state, otherwise one for each object.</summary>
    public int Objects { get; init; } = 1;

    /// <summary>Number of discrete actions.</summary>
    public int ActionCount { get; init; } = 40;

    /// <summary>Two-layer encoders and heads, as the paper; otherwise one layer, as its code.</summary>
    public bool Mlp { get; init; }

    /// <summary>What the state head says.</summary>
    public StateTarget StateTarget { get; init; } = StateTarget.Change;

    /// <summary>Factor from a state to the encoder's input.</summary>
    public float StateInput { get; init; } = 1;

    /// <summary>Factor from the predicted quantity to the head's output.</summary>
    public float StateOutput { get; init; } = 1;

    /// <summary>Whether texts are written in small letters before they are encoded.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>
    /// Whether goals are said in plain words by the model itself before a rollout is generated for them.
    /// </summary>
    public bool Restate { get; init; }

    /// <summary>Seed of the fresh encoders and heads.</summary>
    public int Seed { get; init; } = 1;
}

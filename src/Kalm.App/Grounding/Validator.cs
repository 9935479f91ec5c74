using Kalm.App.Formats;

namespace Kalm.App.Grounding;

/// <summary>Figures of a model on rollouts it was not trained on.</summary>
/// <param name="StateError">Mean squared error of one-step state predictions, m².</param>
/// <param name="ActionAccuracy">Share of actions predicted exactly.</param>
/// <param name="ExplanationAccuracy">Share of rollouts whose goal is explained right.</param>
/// <param name="TextAccuracy">Share of tokens of fresh text predicted right.</param>
public readonly record struct Validation(
    double StateError, double ActionAccuracy, double ExplanationAccuracy, double TextAccuracy);

/// <summary>Measures a model on held-out rollouts and on fresh text.</summary>
public sealed class Validator
{
    private const int Batch = 32;
    private const int TextLines = 128;

    private readonly GroundedModel _model;
    private readonly RolloutSet _rollouts;
    private readonly int[] _indices;
    private readonly SampleSource _source;
    private readonly ulong _textSeed;

    /// <summary>A validator.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rollouts">All rollouts.</param>
    /// <param name="indices">Those held out; may be empty.</param>
    /// <param name="textSeed">Seed of text that is not trained on.</param>
    public Validator(GroundedModel model, RolloutSet rollouts, int[] indices, ulong textSeed)
    {
        _model = model;
        _rollouts = rollouts;
        _indices = indices;
        _textSeed = textSeed;
        var writer = new SequenceWriter(model.Prompts, model.Scale, new LossWeights(1, 1, 1, 1));
        _source = new SampleSource(rollouts, indices, writer, [], new SampleSettings(Batch, 0, 0, textSeed));
    }

    /// <summary>Measures.</summary>
    /// <param name="trainer">Runs the batches.</param>
    /// <param name="threads">Threads of the decoder.</param>
    public Validation Run(GroundTrainer trainer, int threads)
    {
        GroundSample[] text =
            [.. Enumerable.Range(0, TextLines).Select(i => Sample(GroundTask.Text, 0, TextCorpus.Line(_textSeed, i)))];
        BatchLoss words = Measure(trainer, text);
        double textAccuracy = (double)words.TokenHits / Math.Max(1, words.Tokens);
        if (_indices.Length == 0)
            return new Validation(double.NaN, double.NaN, double.NaN, textAccuracy);

        // each rollout with one of its sentences, the same ones every time
        GroundSample[] rollouts = [.. _indices.Select((rollout, i) => Sample(
            GroundTask.Generation, rollout, _rollouts.Sentences[rollout][i % _rollouts.Sentences[rollout].Length]))];
        BatchLoss loss = Measure(trainer, rollouts);
        double perMeter = _model.Settings.StateOutput;
        return new Validation(
            loss.StateSquares / Math.Max(1, loss.StateNumbers) / (perMeter * perMeter),
            (double)loss.ActionHits / Math.Max(1, loss.Actions),
            Explainer.Accuracy(_model, _model.Decoder(threads), _rollouts, _indices),
            textAccuracy);
    }

    private BatchLoss Measure(GroundTrainer trainer, GroundSample[] samples)
    {
        BatchLoss sum = default;
        foreach (GroundSample[] part in samples.Chunk(Batch))
            sum += trainer.Measure(_source.Plan(part));
        return sum;
    }

    private static GroundSample Sample(GroundTask task, int rollout, string text) => new(task, rollout, 0, text);
}

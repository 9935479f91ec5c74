using System.Globalization;
using Kalm.App.Pipeline;

namespace Kalm.App.Grounding;

/// <summary>Pretraining, then grounding: one count of steps, two sources of batches.</summary>
public sealed class GroundPhases
{
    private const string Scope = "ground";
    private const int ReportEvery = 10;

    private readonly SampleSource _text;
    private readonly SampleSource _tasks;
    private readonly GroundOptions _options;

    /// <summary>The phases.</summary>
    /// <param name="text">Batches of pretraining.</param>
    /// <param name="tasks">Batches of grounding.</param>
    /// <param name="options">Steps and rates.</param>
    public GroundPhases(SampleSource text, SampleSource tasks, GroundOptions options)
    {
        _text = text;
        _tasks = tasks;
        _options = options;
    }

    private int Total => _options.PretrainSteps + _options.Steps;

    /// <summary>Trains from where the trainer is to the end.</summary>
    /// <returns>Figures of the trained model.</returns>
    public Validation Run(
        GroundTrainer trainer, GroundCheckpoint checkpoint, Validator validator, StageContext context)
    {
        bool pretraining = trainer.Steps < _options.PretrainSteps;
        if (pretraining)
            context.Progress.Begin("pretrain on text", _options.PretrainSteps, "steps");
        else
            context.Progress.Begin("ground", _options.Steps, "steps");

        Validation figures = default;
        while (trainer.Steps < Total)
        {
            int step = (int)trainer.Steps;
            if (pretraining && step == _options.PretrainSteps)
            {
                pretraining = false;
                context.Progress.Begin("ground", _options.Steps, "steps");
            }

            figures = Step(trainer, validator, context, step, pretraining);
            if (trainer.Steps % _options.CheckpointEvery != 0 || trainer.Steps >= Total)
                continue;
            checkpoint.Save();
            context.Cancel.ThrowIfCancellationRequested();
        }

        return figures;
    }

    /// <summary>The learning rate: a straight rise, then half a cosine wave down to a tenth.</summary>
    public static double Rate(double largest, int step, int steps, int warmUp)
    {
        if (step < warmUp)
            return largest * (step + 1) / warmUp;
        double done = (double)(step - warmUp) / Math.Max(1, steps - warmUp);
        return largest * (0.1 + (0.45 * (1 + Math.Cos(Math.PI * done))));
    }

    private Validation Step(
        GroundTrainer trainer, Validator validator, StageContext context, int step, bool pretraining)
    {
        int inPhase = pretraining ? step : step - _options.PretrainSteps;
        int steps = pretraining ? _options.PretrainSteps : _options.Steps;
        double rate = Rate(
            pretraining ? _options.PretrainRate : _options.Rate, inPhase, steps, Math.Min(_options.WarmUp, steps / 2));
        BatchLoss loss = trainer.Train((pretraining ? _text : _tasks).Batch(inPhase), rate);

        if (inPhase % ReportEvery == ReportEvery - 1 || inPhase == steps - 1)
        {
            context.Metrics.Write(
                Scope, step, ("loss", loss.Total), ("state_loss", loss.State), ("action_loss", loss.Action),
                ("token_loss", loss.Token), ("rate", rate));
            context.Progress.Report(
                inPhase + 1, loss.Total.ToString("'loss' 0.000", CultureInfo.InvariantCulture));
        }

        bool last = step == Total - 1;
        if (!last && (pretraining || inPhase % _options.ValidateEvery != _options.ValidateEvery - 1))
            return default;
        Validation figures = validator.Run(trainer, context.Threads);
        context.Metrics.Write(
            Scope, step, ("state_error", figures.StateError), ("action_accuracy", figures.ActionAccuracy),
            ("explanation_accuracy", figures.ExplanationAccuracy), ("text_accuracy", figures.TextAccuracy));
        context.Progress.Report(inPhase + 1, string.Create(
            CultureInfo.InvariantCulture,
            $"state error {figures.StateError:g3} m², actions {figures.ActionAccuracy:p0}, "
            + $"explained {figures.ExplanationAccuracy:p0}"));
        return figures;
    }
}

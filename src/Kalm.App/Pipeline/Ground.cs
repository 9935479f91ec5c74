using Kalm.App.Formats;
using Kalm.App.Grounding;
using Kalm.Kernels.Memory;
using Kalm.Native;

namespace Kalm.App.Pipeline;

/// <summary>
/// Grounds a language model in rollouts: pretrains a fresh one on text, trains the grounding tasks, leaves the model in
/// <c>ground/model</c>. Continues from its last checkpoint.
/// </summary>
public static class Ground
{
    private const string Scope = "ground";

    /// <summary>Runs the stage.</summary>
    /// <param name="options">What to train, and how long.</param>
    /// <param name="context">The run, whose <c>collect</c> folder holds the rollouts.</param>
    /// <exception cref="KalmException">
    /// The rollouts or the checkpoint cannot be read, or a file cannot be written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop; it can be continued.</exception>
    public static GroundResult Run(GroundOptions options, StageContext context) =>
        StageRunner.Run(Scope, ["collect"], options, context, Body);

    private static GroundResult Body(GroundOptions options, StageContext context)
    {
        RolloutSet rollouts = CollectedRollouts.Load(context);
        (int[] train, int[] held) = GroundSplit.Draw(
            rollouts, options.Validation, options.LongestRollout, context.Seed);
        int[] shown = [.. held.Take(options.ValidationRollouts)];

        using GroundedModel model = ModelFactory.Create(
            options, context.Seed, train.SelectMany(rollout => rollouts.Sentences[rollout]).Distinct());
        TorchInfo.UseThreads(context.Threads);
        using var trainer = new GroundTrainer(model, options.Clip);
        var checkpoint = new GroundCheckpoint(Path.Combine(context.Folder.Ground, "checkpoint.bin"), trainer);
        checkpoint.Restore(context.Progress);
        context.Metrics.Rewind(Scope, trainer.Steps);

        var weights = new LossWeights(
            (float)options.StateWeight, (float)options.ActionWeight, (float)options.ExplanationWeight,
            (float)options.TextWeight);
        var writer = new SequenceWriter(model.Prompts, model.Scale, weights);
        SampleSource Source(GroundTask[] tasks, int batch, ulong stream) => new(
            rollouts, train, writer, tasks,
            new SampleSettings(batch, options.TextShare, Stream(context.Seed, stream), Stream(context.Seed, 1),
                options.GenerationShare, options.GenerationSteps));
        var phases = new GroundPhases(
            Source([], options.PretrainBatch, 2), Source(Tasks(options), options.Batch, 3), options);
        var validator = new Validator(model, rollouts, shown, Stream(context.Seed, 4));

        Validation last = phases.Run(trainer, checkpoint, validator, context);
        model.Save(Path.Combine(context.Folder.Ground, "model"));
        checkpoint.Drop();
        return new GroundResult
        {
            Parameters = model.Language.Options.ParameterCount,
            Vocabulary = model.Tokenizer.Count,
            StateError = last.StateError,
            ActionAccuracy = last.ActionAccuracy,
            ExplanationAccuracy = last.ExplanationAccuracy,
            TextAccuracy = last.TextAccuracy,
            TrainRollouts = train.Length,
            ValidationRollouts = held.Length,
        };
    }

    private static GroundTask[] Tasks(GroundOptions options)
    {
        List<GroundTask> tasks = [GroundTask.Generation];
        if (options.Dynamics) tasks.Add(GroundTask.Dynamics);
        if (options.Explanation) tasks.Add(GroundTask.Explanation);
        if (options.Consequence) tasks.Add(GroundTask.Consequence);
        return [.. tasks];
    }

    // streams of random numbers that have nothing to do with each other
    private static ulong Stream(ulong seed, ulong number) => (seed * 0x9E37_79B9_7F4A_7C15) ^ (number << 56);
}

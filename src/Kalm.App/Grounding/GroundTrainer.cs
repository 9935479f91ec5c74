using Kalm.Kernels.Embedding;
using Kalm.Kernels.Learning;
using Kalm.Native;
using Kalm.Native.Llm;

namespace Kalm.App.Grounding;

/// <summary>
/// Trains a grounded model on batches: text by the language model's own loss, slots by the head kernels.
/// </summary>
public sealed class GroundTrainer : IDisposable
{
    private readonly GroundedModel _model;
    private readonly LlamaOptimizer _optimizer;
    private readonly double _clip;

    /// <summary>A trainer with fresh optimizer moments.</summary>
    /// <param name="model">The model.</param>
    /// <param name="clip">Largest norm of a step's gradient, over all parts.</param>
    public GroundTrainer(GroundedModel model, double clip)
    {
        _model = model;
        _clip = clip;
        _optimizer = new LlamaOptimizer(model.Language);
    }

    /// <summary>Steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>One step on one batch.</summary>
    /// <param name="plan">The batch.</param>
    /// <param name="learningRate">Rate of the step.</param>
    public BatchLoss Train(BatchPlan plan, double learningRate)
    {
        using var batch = new MixedBatch(_model.Language, plan.Count, plan.Time);
        BatchLoss loss = Run(plan, batch, train: true);
        Steps++;

        double squares = 0;
        foreach (TrajectoryWeight weight in _model.TrajectoryWeights)
            squares += weight.SquaredGradient();
        float factor = (float)_optimizer.Clip(_clip, squares);
        var adam = new AdamOptions(learningRate);
        foreach (TrajectoryWeight weight in _model.TrajectoryWeights)
        {
            if (factor < 1)
                weight.ScaleGradient(factor);
            weight.Update(adam, 0, Steps);
            weight.ClearGradient();
        }

        _optimizer.Step(learningRate);
        return loss;
    }

    /// <summary>Losses of a batch, without training.</summary>
    public BatchLoss Measure(BatchPlan plan)
    {
        using var batch = new MixedBatch(_model.Language, plan.Count, plan.Time);
        return Run(plan, batch, train: false);
    }

    /// <summary>Writes weights, moments and the number of steps.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Steps);
        _model.Language.VisitWeights((name, values) =>
        {
            writer.Write(name);
            WriteFloats(writer, values);
        });
        foreach (TrajectoryWeight weight in _model.TrajectoryWeights)
        {
            writer.Write(weight.Name);
            foreach (TrajectoryPart part in SavedParts)
            {
                float[] values = new float[weight.Count];
                weight.Read(part, values);
                WriteFloats(writer, values);
            }
        }

        _optimizer.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is of another model, or cut short.</exception>
    public void Load(BinaryReader reader)
    {
        try
        {
            long steps = reader.ReadInt64();
            foreach ((string name, _) in _model.Language.state_dict().ToArray())
            {
                Expect(reader, name);
                ReadFloats(reader, name, _model.Language.get_parameter(name)!.FloatSpan());
            }

            foreach (TrajectoryWeight weight in _model.TrajectoryWeights)
            {
                Expect(reader, weight.Name);
                foreach (TrajectoryPart part in SavedParts)
                {
                    float[] values = new float[weight.Count];
                    ReadFloats(reader, weight.Name, values);
                    weight.Write(part, values);
                }
            }

            _optimizer.Load(reader);
            Steps = steps;
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("training state: the file ends early", error);
        }
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose() => _optimizer.Dispose();

    private static readonly TrajectoryPart[] SavedParts =
        [TrajectoryPart.Values, TrajectoryPart.FirstMoment, TrajectoryPart.SecondMoment];

    private BatchLoss Run(BatchPlan plan, MixedBatch batch, bool train)
    {
        // slots and text into the rows
        foreach ((int sequence, int start, int[] tokens) in plan.Texts)
            batch.WriteTokens(sequence, start, tokens);
        int[] stateRows = plan.StateRows(), actionRows = plan.ActionRows();
        _model.Encoder.EncodeStates(plan.States, stateRows, batch.Inputs);
        _model.Encoder.EncodeActions(plan.Actions, actionRows, batch.Inputs);
        batch.Forward(train);

        // heads and their losses
        int[] statesFrom = plan.StateFromRows(), actionsFrom = plan.ActionFromRows();
        float[] states = new float[plan.StateTargets.Length], dStates = new float[states.Length];
        float[] logits = new float[actionsFrom.Length * _model.Settings.ActionCount];
        float[] dLogits = new float[logits.Length];
        _model.Heads.PredictStates(batch.Hidden, statesFrom, states);
        _model.Heads.PredictActions(batch.Hidden, actionsFrom, logits);
        var loss = new BatchLoss
        {
            State = SequenceLoss.MaskedMse(states, plan.StateTargets, plan.StateWeights, dStates),
            Action = SequenceLoss.MaskedCrossEntropy(logits, plan.ActionTargets, plan.ActionWeights, dLogits),
            Token = batch.AddTokenLoss(plan.TokenFromRows(), plan.TokenTargets, plan.TokenWeights),
            StateSquares = Squares(states, plan.StateTargets),
            StateNumbers = states.Length,
            ActionHits = SequenceLoss.Hits(logits, plan.ActionTargets, plan.ActionWeights),
            Actions = actionsFrom.Length,
            TokenHits = batch.TokenHits,
            Tokens = plan.TokenTargets.Length,
        };
        if (!train)
            return loss;

        // back through heads, language model and encoders
        _model.Heads.BackwardStates(batch.Hidden, statesFrom, dStates, batch.HiddenGradient);
        _model.Heads.BackwardActions(batch.Hidden, actionsFrom, dLogits, batch.HiddenGradient);
        batch.Backward();
        _model.Encoder.BackwardStates(plan.States, stateRows, batch.InputGradient);
        _model.Encoder.BackwardActions(plan.Actions, actionRows, batch.InputGradient);
        return loss;
    }

    private static double Squares(ReadOnlySpan<float> found, ReadOnlySpan<float> target)
    {
        double sum = 0;
        for (int i = 0; i < found.Length; i++)
            sum += ((double)found[i] - target[i]) * ((double)found[i] - target[i]);
        return sum;
    }

    private static void WriteFloats(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        writer.Write(values.Length);
        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
    }

    private static void ReadFloats(BinaryReader reader, string name, Span<float> values)
    {
        int count = reader.ReadInt32();
        if (count != values.Length)
            throw new InvalidDataException($"training state, {name}: expected {values.Length} numbers, found {count}");
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
    }

    private static void Expect(BinaryReader reader, string name)
    {
        string found = reader.ReadString();
        if (found != name)
            throw new InvalidDataException($"training state: expected {name}, found {found}");
    }
}

/// <summary>Losses and counts of one batch, or of several added up.</summary>
public readonly record struct BatchLoss
{
    /// <summary>Weighted squared error of states.</summary>
    public double State { get; init; }

    /// <summary>Weighted cross entropy of actions.</summary>
    public double Action { get; init; }

    /// <summary>Weighted cross entropy of tokens.</summary>
    public double Token { get; init; }

    /// <summary>Sum of squared errors of the head's outputs for states.</summary>
    public double StateSquares { get; init; }

    /// <summary>Numbers in that sum.</summary>
    public long StateNumbers { get; init; }

    /// <summary>Actions whose largest logit was right.</summary>
    public long ActionHits { get; init; }

    /// <summary>Actions predicted.</summary>
    public long Actions { get; init; }

    /// <summary>Tokens whose largest logit was right.</summary>
    public long TokenHits { get; init; }

    /// <summary>Tokens predicted.</summary>
    public long Tokens { get; init; }

    /// <summary>What is minimized.</summary>
    public double Total => State + Action + Token;

    /// <summary>Sum of two.</summary>
    public static BatchLoss operator +(BatchLoss a, BatchLoss b) => new()
    {
        State = a.State + b.State,
        Action = a.Action + b.Action,
        Token = a.Token + b.Token,
        StateSquares = a.StateSquares + b.StateSquares,
        StateNumbers = a.StateNumbers + b.StateNumbers,
        ActionHits = a.ActionHits + b.ActionHits,
        Actions = a.Actions + b.Actions,
        TokenHits = a.TokenHits + b.TokenHits,
        Tokens = a.Tokens + b.Tokens,
    };
}

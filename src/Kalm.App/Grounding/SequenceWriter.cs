using Kalm.App.Formats;

namespace Kalm.App.Grounding;

/// <summary>
/// Lays out the training sequences of KALM (arXiv 2404.09248, section 3.2; the consequence task is the released
/// code's) as rows of text and slots, with what each row predicts.
/// </summary>
/// <remarks>
/// A rollout is the alternation s0 a0 s1 a1 …: the row of s_t predicts a_t, the row of a_t predicts s_{t+1}. Losses are
/// means over the predictions of a sequence, each kind with its weight. s0 is always given when rollouts are
/// generated; its prediction from the text is trained only where the head says states themselves. A rollout that is to
/// be explained ends with its last state, in which the goal can be seen.
/// </remarks>
public sealed class SequenceWriter
{
    private readonly PromptEncoder _prompts;
    private readonly StateScale _scale;
    private readonly LossWeights _weights;

    /// <summary>A writer.</summary>
    /// <param name="prompts">Texts to tokens.</param>
    /// <param name="scale">States to encoder inputs and head targets.</param>
    /// <param name="weights">Weights of the kinds of loss.</param>
    public SequenceWriter(PromptEncoder prompts, StateScale scale, LossWeights weights)
    {
        _prompts = prompts;
        _scale = scale;
        _weights = weights;
    }

    /// <summary>An empty batch.</summary>
    public BatchPlan NewPlan() => new(_scale);

    /// <summary>Appends one sequence.</summary>
    /// <param name="plan">The batch.</param>
    /// <param name="sample">What it shall be.</param>
    /// <param name="rollouts">The rollouts it speaks of.</param>
    /// <param name="samples">Sequences of the batch, for the mean over it.</param>
    public void Write(BatchPlan plan, in GroundSample sample, RolloutSet rollouts, int samples)
    {
        plan.Begin();
        float share = 1f / samples;
        switch (sample.Task)
        {
            case GroundTask.Text:
                plan.PredictedText(_prompts.Begin(sample.Text), share * _weights.Text);
                break;
            case GroundTask.Generation:
                plan.Text(_prompts.Begin(Prompts.Generation(sample.Text)));
                Rollouts(plan, rollouts, sample, share);
                break;
            case GroundTask.Explanation:
                plan.Text(_prompts.Begin(Prompts.Explanation));
                Rollout(plan, rollouts, sample.Rollout, 0);
                Show(plan, _scale, rollouts.Observation(sample.Rollout, rollouts.Lengths[sample.Rollout]));
                plan.Text(_prompts.Go(Prompts.ExplanationGoal));
                plan.PredictedText(_prompts.Go(Prompts.ExplanationAnswer(sample.Text)), share * _weights.Explanation);
                break;
            case GroundTask.Dynamics:
                Dynamics(plan, rollouts, sample, share);
                break;
            default:
                Consequence(plan, rollouts, sample, share);
                break;
        }
    }

    /// <summary>Rows that a sequence takes.</summary>
    public int Length(in GroundSample sample, RolloutSet rollouts)
    {
        int steps = sample.Task == GroundTask.Text ? 0 : rollouts.Lengths[sample.Rollout];
        int slots = _scale.Objects;
        return sample.Task switch
        {
            GroundTask.Text => _prompts.Begin(sample.Text).Length,
            GroundTask.Generation => _prompts.Begin(Prompts.Generation(sample.Text)).Length + ((slots + 1) * steps)
                + sample.Others.Sum(other =>
                    _prompts.Go(Prompts.NextRollout).Length + ((slots + 1) * rollouts.Lengths[other])),
            GroundTask.Explanation => _prompts.Begin(Prompts.Explanation).Length + ((slots + 1) * steps) + slots
                + _prompts.Go(Prompts.ExplanationGoal).Length
                + _prompts.Go(Prompts.ExplanationAnswer(sample.Text)).Length,
            GroundTask.Dynamics => _prompts.Begin(Prompts.Dynamics).Length + slots + 1,
            _ => _prompts.Begin(Prompts.Consequence).Length + slots
                + _prompts.Go(Prompts.ConsequenceGoal(sample.Text)).Length,
        };
    }

    /// <summary>Appends the slots of a state.</summary>
    internal static void Show(BatchPlan plan, StateScale scale, ReadOnlySpan<float> state)
    {
        for (int slot = 0; slot < scale.Objects; slot++)
            scale.Encode(state, slot, plan.State());
    }

    // s0 a0 s1 a1 ... ; a last state that is predicted has no slot of its own
    private void Rollouts(BatchPlan plan, RolloutSet rollouts, in GroundSample sample, float share)
    {
        float each = share / (1 + sample.Others.Count);
        Rollout(plan, rollouts, sample.Rollout, each);
        foreach (int other in sample.Others)
        {
            plan.Text(_prompts.Go(Prompts.NextRollout));
            Rollout(plan, rollouts, other, each);
        }
    }

    private void Rollout(BatchPlan plan, RolloutSet rollouts, int rollout, float share)
    {
        int steps = rollouts.Lengths[rollout];
        bool first = share > 0 && _scale.Target == StateTarget.Next;
        float stateWeight = share * _weights.State / (steps + (first ? 1 : 0));
        if (first)
            _scale.Label([], rollouts.Observation(rollout, 0), plan.PredictState(stateWeight));
        for (int t = 0; t < steps; t++)
        {
            int action = rollouts.ActionsOf(rollout)[t];
            Show(plan, _scale, rollouts.Observation(rollout, t));
            if (share > 0)
                plan.PredictAction(action, share * _weights.Action / steps);
            plan.Action(action);
            if (share > 0)
                Next(plan, rollouts, rollout, t, t + 1, stateWeight);
        }
    }

    private void Dynamics(BatchPlan plan, RolloutSet rollouts, in GroundSample sample, float share)
    {
        plan.Text(_prompts.Begin(Prompts.Dynamics));
        Show(plan, _scale, rollouts.Observation(sample.Rollout, sample.Step));
        plan.Action(rollouts.ActionsOf(sample.Rollout)[sample.Step]);
        Next(plan, rollouts, sample.Rollout, sample.Step, sample.Step + 1, share * _weights.State);
    }

    private void Consequence(BatchPlan plan, RolloutSet rollouts, in GroundSample sample, float share)
    {
        plan.Text(_prompts.Begin(Prompts.Consequence));
        Show(plan, _scale, rollouts.Observation(sample.Rollout, 0));
        plan.Text(_prompts.Go(Prompts.ConsequenceGoal(sample.Text)));
        Next(plan, rollouts, sample.Rollout, 0, rollouts.Lengths[sample.Rollout], share * _weights.State);
    }

    private void Next(BatchPlan plan, RolloutSet rollouts, int rollout, int before, int after, float weight) =>
        _scale.Label(
            rollouts.Observation(rollout, before), rollouts.Observation(rollout, after), plan.PredictState(weight));
}

/// <summary>Weights of the kinds of loss.</summary>
/// <param name="State">Squared error of states.</param>
/// <param name="Action">Cross entropy of actions.</param>
/// <param name="Explanation">Cross entropy of explained goals.</param>
/// <param name="Text">Cross entropy of pretraining text.</param>
public readonly record struct LossWeights(float State, float Action, float Explanation, float Text);

/// <summary>One training sequence to be.</summary>
/// <param name="Task">What it teaches.</param>
/// <param name="Rollout">The rollout it speaks of.</param>
/// <param name="Step">The step it speaks of (dynamics).</param>
/// <param name="Text">The goal's sentence, or the line of text.</param>
public readonly record struct GroundSample(GroundTask Task, int Rollout, int Step, string Text)
{
    /// <summary>Further rollouts of the same goal (generation).</summary>
    public IReadOnlyList<int> Others { get; init; } = [];
}

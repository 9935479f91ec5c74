using Kalm.Kernels.Embedding;
using Kalm.Kernels.Envs;

namespace Kalm.App.Grounding;

/// <summary>
/// A batch of rollouts in the language model: given states it chooses actions, given actions it tells the next states.
/// Imagination lets it do both; as a policy it is shown the true states.
/// </summary>
public sealed class RolloutSession
{
    private readonly GroundedModel _model;
    private readonly LlamaDecoder _decoder;
    private readonly DecodeSession _session;
    private readonly float[] _rows;
    private readonly float[] _hidden;
    private readonly float[] _outputs;

    /// <summary>A session for goals; nothing has happened yet.</summary>
    /// <param name="model">The model.</param>
    /// <param name="decoder">A decoder with the model's weights.</param>
    /// <param name="goals">The sentence of each rollout's goal.</param>
    /// <param name="horizon">Most steps.</param>
    public RolloutSession(GroundedModel model, LlamaDecoder decoder, IReadOnlyList<string> goals, int horizon)
    {
        _model = model;
        _decoder = decoder;
        int[][] prompts = [.. goals.Select(goal => model.Prompts.Begin(Prompts.Generation(goal)))];
        int rows = (model.Scale.Objects + 1) * horizon;
        _session = decoder.NewSession(prompts.Length, prompts.Max(prompt => prompt.Length) + rows);
        TextGenerator.Fill(decoder, _session, prompts);
        int channels = decoder.Sizes.Channels;
        _rows = new float[goals.Count * channels];
        _hidden = new float[goals.Count * channels];
        _outputs = new float[goals.Count * Math.Max(model.Settings.StateSize, model.Settings.ActionCount)];
    }

    /// <summary>Shows states to some rollouts and takes the most probable action of each.</summary>
    /// <param name="active">Numbers of the rollouts, rising.</param>
    /// <param name="states">Their states, (n, state).</param>
    /// <param name="actions">Receives n actions.</param>
    public void Act(ReadOnlySpan<int> active, ReadOnlySpan<float> states, Span<int> actions)
    {
        int classes = _model.Settings.ActionCount;
        Span<float> logits = ActionLogits(active, states);
        for (int i = 0; i < active.Length; i++)
            actions[i] = SequenceLoss.ArgMax(logits.Slice(i * classes, classes));
    }

    /// <summary>Shows states to some rollouts and draws an action of each.</summary>
    /// <param name="active">Numbers of the rollouts, rising.</param>
    /// <param name="states">Their states, (n, state).</param>
    /// <param name="actions">Receives n actions.</param>
    /// <param name="temperature">Divides the logits; above 0.</param>
    /// <param name="draws">Random numbers of every rollout of the session.</param>
    public void Act(
        ReadOnlySpan<int> active,
        ReadOnlySpan<float> states,
        Span<int> actions,
        double temperature,
        DrawSequence[] draws)
    {
        int classes = _model.Settings.ActionCount;
        Span<float> logits = ActionLogits(active, states);
        for (int i = 0; i < active.Length; i++)
        {
            Span<float> own = logits.Slice(i * classes, classes);

            // the largest logit / temperature + Gumbel noise is a draw from the softmax
            for (int k = 0; k < classes; k++)
            {
                double unit = draws[active[i]].NextUnit() + 1e-8;
                own[k] = (float)((own[k] / temperature) - Math.Log(-Math.Log(unit)));
            }

            actions[i] = SequenceLoss.ArgMax(own);
        }
    }

    private Span<float> ActionLogits(ReadOnlySpan<int> active, ReadOnlySpan<float> states)
    {
        int classes = _model.Settings.ActionCount;
        int size = _model.Scale.EncoderSize, numbers = _model.Scale.StateSize;
        float[] inputs = new float[active.Length * size];
        int[] slots = Slots(active.Length);
        for (int slot = 0; slot < _model.Scale.Objects; slot++)
        {
            for (int i = 0; i < active.Length; i++)
                _model.Scale.Encode(states.Slice(i * numbers, numbers), slot, inputs.AsSpan(i * size, size));
            _model.Encoder.EncodeStates(inputs, slots, Rows(active.Length));
            _session.Step(active, Rows(active.Length), Hidden(active.Length));
        }

        Span<float> logits = _outputs.AsSpan(0, active.Length * classes);
        _model.Heads.PredictActions(Hidden(active.Length), slots, logits);
        return logits;
    }

    /// <summary>Shows actions to some rollouts and takes the next states it expects.</summary>
    /// <param name="active">Numbers of the rollouts, rising.</param>
    /// <param name="states">Their states before, (n, state).</param>
    /// <param name="actions">Their actions.</param>
    /// <param name="next">Receives the next states, (n, state).</param>
    public void Expect(
        ReadOnlySpan<int> active, ReadOnlySpan<float> states, ReadOnlySpan<int> actions, Span<float> next)
    {
        int[] slots = Slots(active.Length);
        _model.Encoder.EncodeActions(actions, slots, Rows(active.Length));
        _session.Step(active, Rows(active.Length), Hidden(active.Length));
        Span<float> outputs = _outputs.AsSpan(0, states.Length);
        _model.Heads.PredictStates(Hidden(active.Length), slots, outputs);
        _model.Scale.Decode(states, outputs, next);
    }

    private Span<float> Rows(int count) => _rows.AsSpan(0, count * _decoder.Sizes.Channels);

    private Span<float> Hidden(int count) => _hidden.AsSpan(0, count * _decoder.Sizes.Channels);

    private static int[] Slots(int count) => [.. Enumerable.Range(0, count)];
}

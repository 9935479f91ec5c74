using Kalm.Kernels.Embedding;

namespace Kalm.App.Grounding;

/// <summary>
/// The language model as a policy (KALM, arXiv 2404.09248, figure 5): it is shown the true states and its own actions,
/// and its most probable action is done.
/// </summary>
public sealed class LanguagePolicy
{
    private readonly RolloutSession _session;
    private readonly float[] _unused;

    /// <summary>A policy for a batch of episodes.</summary>
    /// <param name="model">The grounded model.</param>
    /// <param name="decoder">A decoder with its weights.</param>
    /// <param name="goals">The sentence of each episode's goal.</param>
    /// <param name="horizon">Most steps.</param>
    public LanguagePolicy(GroundedModel model, LlamaDecoder decoder, string[] goals, int horizon)
    {
        _session = new RolloutSession(model, decoder, Restatement.Apply(model, decoder, goals), horizon);
        _unused = new float[goals.Length * model.Settings.StateSize];
    }

    /// <summary>Chooses the next actions.</summary>
    /// <param name="active">Numbers of the episodes that go on, rising.</param>
    /// <param name="states">Their states, (n, state).</param>
    /// <param name="actions">Receives n actions.</param>
    public void Act(ReadOnlySpan<int> active, ReadOnlySpan<float> states, Span<int> actions)
    {
        _session.Act(active, states, actions);
        _session.Expect(active, states, actions[..active.Length], _unused.AsSpan(0, states.Length));
    }
}

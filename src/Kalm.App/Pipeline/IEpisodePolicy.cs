namespace Kalm.App.Pipeline;

/// <summary>Chooses actions in a batch of episodes.</summary>
internal interface IEpisodePolicy : IDisposable
{
    /// <summary>Begins a batch of episodes.</summary>
    /// <param name="sentences">The goal sentence of each world.</param>
    /// <param name="horizon">Most steps of an episode.</param>
    void Begin(IReadOnlyList<string> sentences, int horizon);

    /// <summary>Chooses the actions of the worlds whose episodes go on.</summary>
    /// <param name="active">Numbers of these worlds, rising.</param>
    /// <param name="observations">Observations of all worlds, (worlds, observation).</param>
    /// <param name="actions">Actions, (worlds); only those of active worlds are written.</param>
    void Act(ReadOnlySpan<int> active, ReadOnlySpan<float> observations, Span<int> actions);
}

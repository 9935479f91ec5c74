using Kalm.Kernels.Learning;

namespace Kalm.App.Pipeline;

/// <summary>A trained policy network over observation and goal code.</summary>
/// <param name="folder">The policy's folder.</param>
/// <param name="encoder">The goal codes it was trained with.</param>
/// <param name="worlds">Worlds it acts in.</param>
internal sealed class NetworkPolicy(string folder, IGoalEncoder encoder, int worlds) : IEpisodePolicy
{
    private readonly GreedyPolicy _policy = PolicyFile.Load(folder, worlds);
    private readonly int[] _actions = new int[worlds];

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<string> sentences, int horizon)
    {
        float[] codes = new float[sentences.Count * encoder.Size];
        encoder.Encode(sentences, codes);
        _policy.SetGoals(codes);
    }

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<int> active, ReadOnlySpan<float> observations, Span<int> actions)
    {
        _policy.Act(observations, _actions);
        foreach (int world in active) actions[world] = _actions[world];
    }

    /// <inheritdoc/>
    public void Dispose() => _policy.Dispose();
}

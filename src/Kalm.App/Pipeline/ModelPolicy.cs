using Kalm.App.Grounding;
using Kalm.Kernels.Embedding;

namespace Kalm.App.Pipeline;

/// <summary>The grounded language model in the place of a policy, for any number of worlds.</summary>
/// <param name="folder">The model's folder.</param>
/// <param name="threads">Threads it may use.</param>
internal sealed class ModelPolicy(string folder, int threads) : IEpisodePolicy
{
    // sequences decoded at once; more would not be faster and need memory for their keys and values
    private const int Batch = 200;

    private readonly GroundedModel _model = GroundedModel.Load(folder);
    private readonly List<LanguagePolicy> _parts = [];
    private LlamaDecoder? _decoder;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<string> sentences, int horizon)
    {
        _decoder ??= _model.Decoder(threads);
        _parts.Clear();
        foreach (string[] part in sentences.Chunk(Batch))
            _parts.Add(new LanguagePolicy(_model, _decoder, part, horizon));
    }

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<int> active, ReadOnlySpan<float> observations, Span<int> actions)
    {
        int size = _model.Settings.StateSize;
        foreach (IGrouping<int, int> part in active.ToArray().GroupBy(world => world / Batch))
        {
            int[] worlds = [.. part];
            float[] states = new float[worlds.Length * size];
            int[] chosen = new int[worlds.Length];
            for (int i = 0; i < worlds.Length; i++)
                observations.Slice(worlds[i] * size, size).CopyTo(states.AsSpan(i * size, size));
            _parts[part.Key].Act([.. worlds.Select(world => world % Batch)], states, chosen);
            for (int i = 0; i < worlds.Length; i++) actions[worlds[i]] = chosen[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}

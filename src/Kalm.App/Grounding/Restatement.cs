using Kalm.Kernels.Embedding;

namespace Kalm.App.Grounding;

/// <summary>
/// Lets the model say goals in plain words before it acts on them: what its pretraining taught it about wordings then
/// reaches the rollouts, which it saw with plain goals only.
/// </summary>
public static class Restatement
{
    private const int Limit = 40;

    /// <summary>The goals in plain words, or as they are when the model is not set up for it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="decoder">A decoder with its weights.</param>
    /// <param name="goals">Goals in words; equal ones are asked for once.</param>
    public static string[] Apply(GroundedModel model, LlamaDecoder decoder, string[] goals)
    {
        if (!model.Settings.Restate)
            return goals;
        string[] distinct = [.. goals.Distinct(StringComparer.Ordinal)];
        string[] said = TextGenerator.Continue(model, decoder, [.. distinct.Select(Prompts.Meaning)], Limit);
        Dictionary<string, string> meanings = new(StringComparer.Ordinal);
        for (int i = 0; i < distinct.Length; i++)
            meanings[distinct[i]] = said[i].Length > 0 ? said[i] : distinct[i];
        return [.. goals.Select(goal => meanings[goal])];
    }
}

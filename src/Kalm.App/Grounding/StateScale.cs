namespace Kalm.App.Grounding;

/// <summary>What the state head says: where the balls are after a step, or how far they went.</summary>
public enum StateTarget
{
    /// <summary>The next state itself, as KALM.</summary>
    Next,

    /// <summary>The difference to the state before: balls at rest then stay at rest.</summary>
    Change,
}

/// <summary>Translates between states and the numbers that encoder and head work with.</summary>
/// <param name="Target">What the state head says.</param>
/// <param name="Input">Factor from a state to the encoder's input.</param>
/// <param name="Output">Factor from the predicted quantity to the head's output.</param>
public sealed record StateScale(StateTarget Target, float Input, float Output)
{
    /// <summary>The encoder's input for states.</summary>
    public void Encode(ReadOnlySpan<float> states, Span<float> inputs)
    {
        for (int i = 0; i < states.Length; i++)
            inputs[i] = Input * states[i];
    }

    /// <summary>
    /// What the head should say after <paramref name="before"/> for <paramref name="after"/> to follow.
    /// </summary>
    public void Label(ReadOnlySpan<float> before, ReadOnlySpan<float> after, Span<float> output)
    {
        for (int i = 0; i < after.Length; i++)
            output[i] = Output * (Target == StateTarget.Change ? after[i] - before[i] : after[i]);
    }

    /// <summary>
    /// The state that follows <paramref name="before"/> when the head said <paramref name="output"/>.
    /// </summary>
    public void Decode(ReadOnlySpan<float> before, ReadOnlySpan<float> output, Span<float> after)
    {
        for (int i = 0; i < after.Length; i++)
            after[i] = (output[i] / Output) + (Target == StateTarget.Change ? before[i] : 0);
    }
}

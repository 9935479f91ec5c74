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
/// <param name="StateSize">Numbers of a state.</param>
/// <param name="Objects">
/// Slots of a state: 1 shows it whole, as KALM; otherwise each slot shows one object and which one it is, so that
/// attention can pick the objects that a goal names.
/// </param>
public sealed record StateScale(StateTarget Target, float Input, float Output, int StateSize, int Objects = 1)
{
    /// <summary>Numbers that the encoder takes for a slot: the positions, then which object it is.</summary>
    public int EncoderSize => Objects == 1 ? StateSize : StateSize + Objects;

    /// <summary>The encoder's input for one slot of a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="slot">Number of the slot.</param>
    /// <param name="inputs">Receives <see cref="EncoderSize"/> numbers.</param>
    public void Encode(ReadOnlySpan<float> state, int slot, Span<float> inputs)
    {
        inputs.Clear();
        int size = StateSize / Objects;
        for (int i = slot * size; i < (slot + 1) * size; i++)
            inputs[i] = Input * state[i];
        if (Objects > 1)
            inputs[StateSize + slot] = 1;
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

namespace Kalm.Kernels.Embedding;

/// <summary>Sizes and form of the state and action encoders and heads.</summary>
public sealed record TrajectoryOptions
{
    /// <summary>Numbers in a state.</summary>
    public int StateSize { get; init; } = 10;

    /// <summary>Number of discrete actions; 0 where actions are continuous.</summary>
    public int ActionCount { get; init; } = 40;

    /// <summary>Numbers in a continuous action; used where <see cref="ActionCount"/> is 0.</summary>
    public int ActionSize { get; init; }

    /// <summary>Width of the language model (C), a multiple of 16.</summary>
    public int Channels { get; init; } = 192;

    /// <summary>
    /// Two layers with <see cref="HiddenSize"/> units and ReLU between them, as the KALM paper says; otherwise one
    /// linear layer or embedding, as its released code does.
    /// </summary>
    public bool Mlp { get; init; }

    /// <summary>Units of the inner layer where <see cref="Mlp"/> is set.</summary>
    public int HiddenSize { get; init; } = 512;

    /// <summary>Standard deviation of the fresh action embeddings and the weights towards the model.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Seed of the fresh weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Outputs of the action head: one per discrete action, or one per number of a continuous one.</summary>
    public int ActionOutputs => ActionCount > 0 ? ActionCount : ActionSize;

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">A size is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(StateSize >= 1, nameof(StateSize), "at least 1", StateSize);
        Require(ActionCount >= 0, nameof(ActionCount), "0 or more", ActionCount);
        Require(ActionOutputs >= 1, nameof(ActionSize), "at least 1 where there are no discrete actions", ActionSize);
        Require(Channels >= 16 && Channels % 16 == 0, nameof(Channels), "a multiple of 16", Channels);
        Require(HiddenSize >= 1, nameof(HiddenSize), "at least 1", HiddenSize);
    }

    private static void Require(bool holds, string field, string expected, int found)
    {
        if (!holds) throw new ArgumentException($"{field}: expected {expected}, found {found}");
    }
}

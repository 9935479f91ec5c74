namespace Kalm.Kernels.Learning;

/// <summary>Sizes of a multi-layer perceptron over a state and a goal code: [|S| + |L|, hidden..., outputs].</summary>
public sealed record NetworkShape
{
    /// <summary>Numbers of a state, |S|.</summary>
    public int StateSize { get; init; } = 10;

    /// <summary>Numbers of a goal code, |L|.</summary>
    public int GoalSize { get; init; } = 768;

    /// <summary>Widths of the hidden layers, at least one.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [256, 256];

    /// <summary>Numbers that come out: one per action.</summary>
    public int OutputSize { get; init; } = 40;

    /// <summary>Activation of the hidden layers.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Goal code numbers with their padding to a multiple of 8.</summary>
    public int PaddedGoalSize => PackedMatrix.PaddedRows(GoalSize);

    /// <summary>State numbers with their padding to a multiple of 8.</summary>
    public int PaddedStateSize => PackedMatrix.PaddedRows(StateSize);

    /// <summary>Weight layers.</summary>
    public int LayerCount => Hidden.Count + 1;

    /// <summary>Outputs of layer <paramref name="layer"/>.</summary>
    public int Width(int layer) => layer < Hidden.Count ? Hidden[layer] : OutputSize;

    /// <summary>Inputs of layer <paramref name="layer"/> without padding.</summary>
    public int Inputs(int layer) => layer == 0 ? StateSize + GoalSize : Hidden[layer - 1];

    /// <summary>Refuses sizes that make no network.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(StateSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(GoalSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(OutputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Hidden.Count, 1);
        foreach (int width in Hidden) ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
    }
}

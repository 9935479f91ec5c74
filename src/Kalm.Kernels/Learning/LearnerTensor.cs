namespace Kalm.Kernels.Learning;

/// <summary>
/// One tensor of a learner's state: a layer's weights (out, in) or biases (out), or their Adam moments.
/// </summary>
public sealed class LearnerTensor
{
    private readonly GoalNetwork _network;
    private readonly int _layer;
    private readonly bool _bias;

    private LearnerTensor(string name, GoalNetwork network, int layer, bool bias)
    {
        Name = name;
        _network = network;
        _layer = layer;
        _bias = bias;
        int width = network.Shape.Width(layer);
        Shape = bias ? [width] : [width, network.Shape.Inputs(layer)];
    }

    /// <summary>Name, such as <c>critics.0.layers.1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>Sizes; the inputs of a first layer are the state, then the goal code.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Length => _bias ? Shape[0] : Shape[0] * Shape[1];

    /// <summary>The tensors of one network.</summary>
    /// <param name="prefix">First part of the names.</param>
    /// <param name="network">The network.</param>
    public static IEnumerable<LearnerTensor> Of(string prefix, GoalNetwork network)
    {
        for (int layer = 0; layer < network.Shape.LayerCount; layer++)
        {
            yield return new($"{prefix}.layers.{layer}.weight", network, layer, false);
            yield return new($"{prefix}.layers.{layer}.bias", network, layer, true);
        }
    }

    /// <summary>Copies the elements out, row-major.</summary>
    public void Read(Span<float> target)
    {
        if (_bias) _network.ExportBias(_layer, target);
        else _network.ExportWeight(_layer, target);
    }

    /// <summary>Sets the elements, row-major.</summary>
    public void Write(ReadOnlySpan<float> source)
    {
        if (_bias) _network.ImportBias(_layer, source);
        else _network.ImportWeight(_layer, source);
    }
}

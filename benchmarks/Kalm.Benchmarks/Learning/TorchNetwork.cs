using Kalm.Kernels.Learning;

namespace Kalm.Benchmarks.Learning;

/// <summary>
/// A multi-layer perceptron over (state, goal code) in libtorch tensors, with the weights of a Kalm network.
/// </summary>
internal sealed class TorchNetwork
{
    private readonly Parameter[] _weights;
    private readonly Parameter[] _biases;

    /// <summary>Copies a network.</summary>
    /// <param name="source">The network.</param>
    /// <param name="trained">Whether autograd follows the weights.</param>
    public TorchNetwork(GoalNetwork source, bool trained)
    {
        NetworkShape shape = source.Shape;
        _weights = new Parameter[shape.LayerCount];
        _biases = new Parameter[shape.LayerCount];
        for (int layer = 0; layer < shape.LayerCount; layer++)
        {
            int width = shape.Width(layer), inputs = shape.Inputs(layer);
            float[] weight = new float[width * inputs], bias = new float[width];
            source.ExportWeight(layer, weight);
            source.ExportBias(layer, bias);
            _weights[layer] = new(tensor(weight, [width, inputs]), trained);
            _biases[layer] = new(tensor(bias, [width]), trained);
        }
    }

    /// <summary>Weights and biases, layer by layer.</summary>
    public IEnumerable<Parameter> Parameters => _weights.Zip(_biases, (w, b) => new[] { w, b }).SelectMany(x => x);

    /// <summary>Outputs for rows of (state, goal code).</summary>
    public Tensor Forward(Tensor input)
    {
        Tensor x = input;
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            x = F.linear(x, _weights[layer], _biases[layer]);
            if (layer < _weights.Length - 1) x = F.relu(x, inplace: true);
        }

        return x;
    }

    /// <summary>Takes over the other network's numbers.</summary>
    public void CopyFrom(TorchNetwork source)
    {
        using IDisposable untracked = no_grad();
        foreach ((Parameter own, Parameter other) in Parameters.Zip(source.Parameters)) own.copy_(other);
    }
}

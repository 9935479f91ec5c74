using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Tests.Learning;

/// <summary>A network in double with the loops written out: the oracle of passes and losses.</summary>
internal sealed class NaiveNetwork
{
    private readonly NetworkShape _shape;

    public NaiveNetwork(GoalNetwork network)
    {
        _shape = network.Shape;
        Weights = new double[_shape.LayerCount][];
        Biases = new double[_shape.LayerCount][];
        for (int layer = 0; layer < _shape.LayerCount; layer++)
        {
            float[] weight = new float[_shape.Width(layer) * _shape.Inputs(layer)];
            float[] bias = new float[_shape.Width(layer)];
            network.ExportWeight(layer, weight);
            network.ExportBias(layer, bias);
            Weights[layer] = Array.ConvertAll(weight, x => (double)x);
            Biases[layer] = Array.ConvertAll(bias, x => (double)x);
        }
    }

    public double[][] Weights { get; }

    public double[][] Biases { get; }

    /// <summary>Outputs for the input (state, goal code).</summary>
    public double[] Run(ReadOnlySpan<float> state, ReadOnlySpan<float> code)
    {
        double[] x = new double[state.Length + code.Length];
        for (int i = 0; i < state.Length; i++) x[i] = state[i];
        for (int i = 0; i < code.Length; i++) x[state.Length + i] = code[i];
        for (int layer = 0; layer < _shape.LayerCount; layer++)
        {
            double[] y = new double[_shape.Width(layer)];
            for (int o = 0; o < y.Length; o++)
            {
                y[o] = Biases[layer][o];
                for (int i = 0; i < x.Length; i++) y[o] += Weights[layer][(o * x.Length) + i] * x[i];
                if (layer == _shape.LayerCount - 1) continue;
                y[o] = _shape.Activation == Activation.Tanh ? Math.Tanh(y[o]) : Math.Max(y[o], 0);
            }

            x = y;
        }

        return x;
    }
}

using System.Runtime.Intrinsics;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// A map of vectors to vectors: one linear layer, or two with ReLU between them (the KALM paper's form, appendix A).
/// Backward takes the inputs again and keeps nothing from forward.
/// </summary>
internal sealed unsafe class SlotMap
{
    private readonly DenseLayer _first;
    private readonly DenseLayer? _second;
    private readonly RowTable _inner = new();
    private readonly RowTable _innerGradient = new();

    /// <summary>A map with fresh weights.</summary>
    /// <param name="name">Prefix of its weights' names.</param>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="outputs">Numbers out.</param>
    /// <param name="hidden">Units of the inner layer, 0 for none.</param>
    /// <param name="random">Source of the weights.</param>
    public SlotMap(string name, int inputs, int outputs, int hidden, Random random)
    {
        _first = new DenseLayer(hidden > 0 ? name + ".0" : name, inputs, hidden > 0 ? hidden : outputs);
        _first.Initialize(random);
        if (hidden == 0) return;
        _second = new DenseLayer(name + ".2", hidden, outputs);
        _second.Initialize(random);
    }

    /// <summary>Its weights and biases.</summary>
    public IEnumerable<TrajectoryWeight> Weights => _second is null
        ? [_first.Weight, _first.Bias]
        : [_first.Weight, _first.Bias, _second.Weight, _second.Bias];

    /// <summary>Numbers in.</summary>
    public int Inputs => _first.Inputs;

    /// <summary>Floats a row of outputs takes.</summary>
    public int Stride => (_second ?? _first).Stride;

    /// <summary>y = map(x).</summary>
    /// <param name="x">Row addresses.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="y">Row addresses, <see cref="Stride"/> floats each.</param>
    public void Forward(float** x, int count, float** y)
    {
        if (_second is null) _first.Forward(x, count, y);
        else _second.Forward(Inner(x, count), count, y);
    }

    /// <summary>Adds to the gradients of the weights and, where wanted, of x.</summary>
    /// <param name="x">Row addresses.</param>
    /// <param name="dy">Row addresses, <see cref="Stride"/> floats each, zero in the padding.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="dx">Row addresses, or null.</param>
    public void Backward(float** x, float** dy, int count, float** dx)
    {
        float** first = dy;
        if (_second is not null)
        {
            float** inner = Inner(x, count);
            _second.BackwardWeight(inner, dy, count);
            first = _innerGradient.Own(_first.Stride, count);
            _second.BackwardInput(dy, count, first);
            for (int row = 0; row < count; row++) MaskNegative(inner[row], first[row], _first.Stride);
        }

        _first.BackwardWeight(x, first, count);
        if (dx != null) _first.BackwardInput(first, count, dx);
    }

    private float** Inner(float** x, int count)
    {
        float** inner = _inner.Own(_first.Stride, count);
        _first.Forward(x, count, inner);
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < _first.Stride; i += ChannelMath.Width)
                Vector512.Max(Vector512.Load(inner[row] + i), Vector512<float>.Zero).Store(inner[row] + i);
        }

        return inner;
    }

    // the derivative of ReLU is zero where its output is
    private static void MaskNegative(float* output, float* gradient, int count)
    {
        for (int i = 0; i < count; i += ChannelMath.Width)
        {
            Vector512<float> active = Vector512.GreaterThan(Vector512.Load(output + i), Vector512<float>.Zero);
            (Vector512.Load(gradient + i) & active).Store(gradient + i);
        }
    }
}

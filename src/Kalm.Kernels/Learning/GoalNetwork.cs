using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Learning;

/// <summary>
/// The weights of a multi-layer perceptron over a state and a goal code, all in one block of memory, each layer packed
/// for products. The first layer's rows are the goal code's, then the state's, each padded to a multiple of 8 with
/// zeros, so that the goal's share of the first layer can be computed once and used for many states.
/// </summary>
public sealed unsafe class GoalNetwork : IDisposable
{
    private readonly Arena _arena = new();
    private readonly PackedMatrix[] _weights;
    private readonly nint[] _biases;

    /// <summary>Allocates a network of zeros.</summary>
    /// <param name="shape">Sizes.</param>
    public GoalNetwork(NetworkShape shape)
    {
        shape.Check();
        Shape = shape;
        _weights = new PackedMatrix[shape.LayerCount];
        _biases = new nint[shape.LayerCount];
        for (int layer = 0; layer < shape.LayerCount; layer++)
        {
            Length += PackedMatrix.Length(Rows(layer), shape.Width(layer));
            Length += PackedMatrix.PaddedColumns(shape.Width(layer));
        }

        Parameters = _arena.Allocate<float>((nint)Length);
        float* next = Parameters;
        for (int layer = 0; layer < shape.LayerCount; layer++)
        {
            _weights[layer] = new(next, Rows(layer), shape.Width(layer));
            next += PackedMatrix.Length(Rows(layer), shape.Width(layer));
            _biases[layer] = (nint)next;
            next += PackedMatrix.PaddedColumns(shape.Width(layer));
        }
    }

    /// <summary>Sizes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>All numbers: each layer's packed weights and biases, padding included.</summary>
    public float* Parameters { get; }

    /// <summary>Floats at <see cref="Parameters"/>, a multiple of 32.</summary>
    public long Length { get; }

    /// <summary>The rows of the first layer that the goal code meets.</summary>
    public PackedMatrix GoalWeight => _weights[0].Slice(0, Shape.GoalSize);

    /// <summary>The rows of the first layer that the state meets.</summary>
    public PackedMatrix StateWeight => _weights[0].Slice(Shape.PaddedGoalSize, Shape.StateSize);

    /// <summary>Packed weights of a layer.</summary>
    public PackedMatrix Weight(int layer) => _weights[layer];

    /// <summary>Biases of a layer, padded to whole panels with zeros.</summary>
    public float* Bias(int layer) => (float*)_biases[layer];

    /// <summary>
    /// Draws weights and biases from U(-1/sqrt(n), 1/sqrt(n)), n inputs: PyTorch's initial linear layer.
    /// </summary>
    /// <param name="seed">Key of the draws.</param>
    /// <param name="stream">Number of the network among those of the same seed.</param>
    public void Initialize(ulong seed, ulong stream)
    {
        for (int layer = 0; layer < Shape.LayerCount; layer++)
        {
            int inputs = Shape.Inputs(layer), width = Shape.Width(layer);
            float[] outIn = new float[inputs * width], bias = new float[width];
            float bound = (float)(1 / Math.Sqrt(inputs));
            ulong key = (stream << 16) + ((ulong)layer << 1);
            for (int i = 0; i < outIn.Length; i++) outIn[i] = Draw(seed, key, i) * bound;
            for (int i = 0; i < width; i++) bias[i] = Draw(seed, key + 1, i) * bound;
            ImportWeight(layer, outIn);
            ImportBias(layer, bias);
        }
    }

    /// <summary>
    /// Reads a layer's weights as (out, in), the inputs of the first layer being the state, then the goal.
    /// </summary>
    public void ExportWeight(int layer, Span<float> outIn)
    {
        int inputs = Shape.Inputs(layer);
        if (layer > 0)
        {
            _weights[layer].UnpackTransposed(outIn, inputs);
            return;
        }

        StateWeight.UnpackTransposed(outIn, inputs);
        GoalWeight.UnpackTransposed(outIn[Shape.StateSize..], inputs);
    }

    /// <summary>
    /// Sets a layer's weights from (out, in), the inputs of the first layer being the state, then the goal.
    /// </summary>
    public void ImportWeight(int layer, ReadOnlySpan<float> outIn)
    {
        int inputs = Shape.Inputs(layer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outIn.Length, inputs * Shape.Width(layer));
        if (layer > 0)
        {
            _weights[layer].PackTransposed(outIn, inputs);
            return;
        }

        StateWeight.PackTransposed(outIn, inputs);
        GoalWeight.PackTransposed(outIn[Shape.StateSize..], inputs);
    }

    /// <summary>Reads a layer's biases.</summary>
    public void ExportBias(int layer, Span<float> bias) =>
        new ReadOnlySpan<float>(Bias(layer), Shape.Width(layer)).CopyTo(bias);

    /// <summary>Sets a layer's biases.</summary>
    public void ImportBias(int layer, ReadOnlySpan<float> bias)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length, Shape.Width(layer));
        bias.CopyTo(new Span<float>(Bias(layer), Shape.Width(layer)));
    }

    /// <summary>Hard update: takes over the other network's numbers.</summary>
    public void CopyFrom(GoalNetwork source) =>
        Buffer.MemoryCopy(source.Parameters, Parameters, Length * sizeof(float), Length * sizeof(float));

    /// <summary>Soft (Polyak) update: this += tau * (source - this).</summary>
    public void MoveTowards(GoalNetwork source, float tau)
    {
        if (Vector512.IsHardwareAccelerated) MoveTowards<Lane16>(source, tau);
        else if (Vector256.IsHardwareAccelerated) MoveTowards<Lane8>(source, tau);
        else MoveTowards<Lane1>(source, tau);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _arena.Dispose();

    private static float Draw(ulong seed, ulong stream, int index) =>
        (2 * Philox.Unit(Philox.Draw(seed, stream, (ulong)index).X0)) - 1;

    private int Rows(int layer) =>
        layer == 0 ? Shape.PaddedGoalSize + Shape.PaddedStateSize : Shape.Hidden[layer - 1];

    private void MoveTowards<TLane>(GoalNetwork source, float tau)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane rate = TLane.Const(tau);
        for (long i = 0; i < Length; i += TLane.Width)
        {
            TLane own = TLane.Load(Parameters + i);
            TLane.Store(Parameters + i, TLane.MulAdd(rate, TLane.Load(source.Parameters + i) - own, own));
        }
    }
}

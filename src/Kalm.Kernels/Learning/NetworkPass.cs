using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Learning;

/// <summary>
/// The activations of one network for one batch, and the steps of its forward and backward pass, each over a share of
/// panels (columns) or of rows so that threads can divide them.
/// </summary>
internal sealed unsafe class NetworkPass
{
    // keeps the rows of a power-of-two width off each other's cache sets
    private const int RowPadding = 16;
    private readonly GoalNetwork _network;
    private readonly int _layerCount;
    private readonly nint[] _strides;
    private readonly nint[] _activations;
    private readonly nint[] _gradients;
    private readonly PackedMatrix[] _transposed;

    /// <summary>Allocates activations, and gradients where <paramref name="backward"/> is set.</summary>
    /// <param name="network">The weights.</param>
    /// <param name="count">Rows of the batch.</param>
    /// <param name="arena">Memory.</param>
    /// <param name="backward">Whether the pass is differentiated.</param>
    public NetworkPass(GoalNetwork network, int count, Arena arena, bool backward)
    {
        _network = network;
        Count = count;
        NetworkShape shape = network.Shape;
        _layerCount = shape.LayerCount;
        _strides = new nint[shape.LayerCount];
        for (int layer = 0; layer < shape.LayerCount; layer++)
            _strides[layer] = PackedMatrix.PaddedColumns(shape.Width(layer)) + RowPadding;
        GoalPart = arena.Allocate<float>(count * Stride(0));
        _activations = new nint[shape.LayerCount];
        _gradients = new nint[shape.LayerCount];
        _transposed = new PackedMatrix[shape.LayerCount];
        for (int layer = 0; layer < shape.LayerCount; layer++)
        {
            _activations[layer] = (nint)arena.Allocate<float>(count * Stride(layer));
            if (!backward) continue;
            _gradients[layer] = (nint)arena.Allocate<float>(count * Stride(layer));
            int rows = shape.Width(layer), columns = shape.Inputs(layer);
            if (layer > 0)
                _transposed[layer] = new(arena.Allocate<float>(PackedMatrix.Length(rows, columns)), rows, columns);
        }

        Output = Activations(_layerCount - 1);
        OutputGradient = Gradients(_layerCount - 1);
        OutputStride = Stride(_layerCount - 1);
    }

    /// <summary>Rows of the batch.</summary>
    public int Count { get; }

    /// <summary>The goal codes' share of the first layer's sums, (count, width of the first layer).</summary>
    public float* GoalPart { get; }

    /// <summary>Floats from one row of <see cref="GoalPart"/> to the next.</summary>
    public nint GoalStride => Stride(0);

    /// <summary>Outputs, (count, outputs).</summary>
    public float* Output { get; }

    /// <summary>
    /// Gradient of the loss at the outputs, (count, outputs), padding zero; written by the algorithm.
    /// </summary>
    public float* OutputGradient { get; }

    /// <summary>Floats from one row of the outputs to the next.</summary>
    public nint OutputStride { get; }

    /// <summary>Panels of a layer's outputs.</summary>
    public int Panels(int layer) => PackedMatrix.Panels(_network.Shape.Width(layer));

    /// <summary>GoalPart = codes W_goal for a share of the first layer's panels.</summary>
    public void Goals(float** codes, Share panels)
    {
        if (panels.Count == 0) return;
        Gemm.Multiply(
            codes, Count, _network.GoalWeight, GoalPart, GoalStride,
            new() { FirstPanel = panels.First, PanelCount = panels.Count });
    }

    /// <summary>First layer for a share of its panels: activation(goalPart + states W_state + b).</summary>
    public void FirstLayer(float* states, nint stride, float* goalPart, Share panels)
    {
        if (panels.Count == 0) return;
        GemmOptions options = new()
        {
            Start = goalPart,
            StartStride = GoalStride,
            Bias = _network.Bias(0),
            Activation = _network.Shape.Activation,
            FirstPanel = panels.First,
            PanelCount = panels.Count,
        };
        Gemm.Multiply(states, stride, Count, _network.StateWeight, Activations(0), Stride(0), options);
    }

    /// <summary>All layers after the first, for a share of the rows.</summary>
    public void Forward(Share rows)
    {
        if (rows.Count == 0) return;
        for (int layer = 1; layer < _layerCount; layer++)
        {
            bool last = layer == _layerCount - 1;
            GemmOptions options = new()
            {
                Bias = _network.Bias(layer),
                Activation = last ? Activation.None : _network.Shape.Activation,
            };
            Gemm.Multiply(
                Activations(layer - 1) + (rows.First * Stride(layer - 1)), Stride(layer - 1), rows.Count,
                _network.Weight(layer), Activations(layer) + (rows.First * Stride(layer)), Stride(layer), options);
        }
    }

    /// <summary>Transposes a member's share of the weights for <see cref="Backward"/>.</summary>
    public void TransposeWeights(WorkTeam team, int member)
    {
        for (int layer = 1; layer < _layerCount; layer++)
        {
            Share panels = team.ShareOf(_transposed[layer].PanelCount, member);
            Gemm.Transpose(_network.Weight(layer), _transposed[layer], panels.First, panels.End);
        }
    }

    /// <summary>
    /// From the gradient at the outputs to the gradient at every layer's sums, for a share of the rows.
    /// </summary>
    public void Backward(Share rows)
    {
        if (rows.Count == 0) return;
        for (int layer = _layerCount - 1; layer > 0; layer--)
        {
            nint to = rows.First * Stride(layer - 1);
            GemmOptions options = new()
            {
                Activation = _network.Shape.Activation,
                Gate = Activations(layer - 1) + to,
                GateStride = Stride(layer - 1),
            };
            Gemm.Multiply(
                Gradients(layer) + (rows.First * Stride(layer)), Stride(layer), rows.Count, _transposed[layer],
                Gradients(layer - 1) + to, Stride(layer - 1), options);
        }
    }

    /// <summary>Weight gradients and Adam for a member's share of every layer's panels.</summary>
    public void Step(AdamOptimizer adam, in AdamStep step, in GradientInput inputs, WorkTeam team, int member)
    {
        for (int layer = 0; layer < _layerCount; layer++)
        {
            Share panels = team.ShareOf(Panels(layer), member);
            GradientInput x = layer == 0 ? inputs
                : GradientInput.RowMajor(Activations(layer - 1), Stride(layer - 1));
            adam.StepPanels(step, layer, x, Count, Gradients(layer), Stride(layer), panels.First, panels.End);
        }
    }

    /// <summary>
    /// Weight gradients alone, into a network of the same shape: the oracle's view of the backward pass.
    /// </summary>
    public void WeightGradients(GoalNetwork gradient, in GradientInput inputs)
    {
        for (int layer = 0; layer < _layerCount; layer++)
        {
            GradientInput x = layer == 0 ? inputs
                : GradientInput.RowMajor(Activations(layer - 1), Stride(layer - 1));
            Gemm.WeightGradient(x, Count, Gradients(layer), Stride(layer), gradient.Weight(layer), 0, Panels(layer));
            Gemm.ColumnSums(Gradients(layer), Stride(layer), Count, gradient.Bias(layer), 0, Panels(layer));
        }
    }

    private nint Stride(int layer) => _strides[layer];

    private float* Activations(int layer) => (float*)_activations[layer];

    private float* Gradients(int layer) => (float*)_gradients[layer];
}

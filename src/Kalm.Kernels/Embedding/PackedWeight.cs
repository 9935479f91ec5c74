using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Embedding;

/// <summary>A linear layer's weight, packed for products, with the memory it lies in.</summary>
internal sealed unsafe class PackedWeight
{
    private readonly PinnedFloats _memory;

    /// <summary>Zero weights.</summary>
    /// <param name="inputs">Length of the reduction.</param>
    /// <param name="outputs">Number of sums.</param>
    public PackedWeight(int inputs, int outputs)
    {
        _memory = new PinnedFloats(PackedMatrix.Length(inputs, outputs));
        Matrix = new PackedMatrix(_memory.Data, inputs, outputs);
    }

    /// <summary>The packed matrix, (inputs, outputs).</summary>
    public PackedMatrix Matrix { get; }

    /// <summary>Number of weights.</summary>
    public int Count => Matrix.Rows * Matrix.Columns;

    /// <summary>Packs a linear layer's weight.</summary>
    /// <param name="weight">Row-major (outputs, inputs), as PyTorch keeps it.</param>
    public void Set(ReadOnlySpan<float> weight) => Matrix.PackTransposed(weight, Matrix.Rows);
}

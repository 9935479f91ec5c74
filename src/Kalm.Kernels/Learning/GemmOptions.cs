namespace Kalm.Kernels.Learning;

/// <summary>What surrounds one product: its start, its end and the share of one thread.</summary>
public readonly unsafe struct GemmOptions
{
    /// <summary>Row-major matrix of the output's size that the sums start from; null for zero.</summary>
    public float* Start { get; init; }

    /// <summary>Floats from one row of <see cref="Start"/> to the next.</summary>
    public nint StartStride { get; init; }

    /// <summary>Bias per output column, padded to whole panels, 64-byte aligned; null for none.</summary>
    public float* Bias { get; init; }

    /// <summary>
    /// Applied to the sums after the bias; with <see cref="Gate"/> its derivative is what multiplies.
    /// </summary>
    public Activation Activation { get; init; }

    /// <summary>
    /// Row-major activations h of the output's size; when set, the sums are multiplied by the activation's derivative
    /// at h (the backward pass) instead of being activated. Null for none.
    /// </summary>
    public float* Gate { get; init; }

    /// <summary>Floats from one row of <see cref="Gate"/> to the next; rows are readable up to whole panels.</summary>
    public nint GateStride { get; init; }

    /// <summary>First panel of output columns to compute.</summary>
    public int FirstPanel { get; init; }

    /// <summary>Panels to compute; 0 for all from the first.</summary>
    public int PanelCount { get; init; }

    /// <summary>One past the last panel of this share.</summary>
    internal int EndPanel(in PackedMatrix w) => PanelCount == 0 ? w.PanelCount : FirstPanel + PanelCount;
}

namespace Kalm.Kernels.Learning;

/// <summary>What surrounds one product: its start, its end and the share of one thread.</summary>
public readonly unsafe struct GemmOptions
{
    /// <summary>Bias per output column, padded to whole panels, 64-byte aligned; null for none.</summary>
    public float* Bias { get; init; }

    /// <summary>Applied to the sums after the bias.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether the sums start from what the output holds instead of zero.</summary>
    public bool Accumulate { get; init; }

    /// <summary>First panel of output columns to compute.</summary>
    public int FirstPanel { get; init; }

    /// <summary>Panels to compute; 0 for all from the first.</summary>
    public int PanelCount { get; init; }

    /// <summary>One past the last panel of this share.</summary>
    internal int EndPanel(in PackedMatrix w) => PanelCount == 0 ? w.PanelCount : FirstPanel + PanelCount;
}

namespace Kalm.Kernels.Physics;

/// <summary>One coordinate.</summary>
internal readonly struct Rank1 : IRank
{
    /// <inheritdoc/>
    public static int Rows => 1;
}

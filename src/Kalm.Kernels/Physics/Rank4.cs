namespace Kalm.Kernels.Physics;

/// <summary>Four coordinates.</summary>
internal readonly struct Rank4 : IRank
{
    /// <inheritdoc/>
    public static int Rows => 4;
}

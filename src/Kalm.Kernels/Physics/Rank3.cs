namespace Kalm.Kernels.Physics;

/// <summary>Three coordinates.</summary>
internal readonly struct Rank3 : IRank
{
    /// <inheritdoc/>
    public static int Rows => 3;
}

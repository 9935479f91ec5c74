namespace Kalm.Kernels.Physics;

/// <summary>Number of coordinates of a constraint block, known to the compiler.</summary>
internal interface IRank
{
    /// <summary>1, 3 or 4.</summary>
    static abstract int Rows { get; }
}

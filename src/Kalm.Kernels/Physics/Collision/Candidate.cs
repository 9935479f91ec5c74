namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Rows of one contact that a pair function proposes: it exists in the worlds of the mask. A function writes its
/// candidates in MuJoCo's order from the first row of the scratch on, the driver lists them.
/// </summary>
internal static class Candidate
{
    /// <summary>Mask of the worlds that have the contact.</summary>
    public const int Found = 0;

    /// <summary>Distance between the surfaces, negative: penetration, m.</summary>
    public const int Distance = 1;

    /// <summary>Midpoint between the surfaces, (3), m.</summary>
    public const int Position = 2;

    /// <summary>Unit normal from geom 1 to geom 2, (3).</summary>
    public const int Normal = 5;

    /// <summary>Rows of one candidate.</summary>
    public const int Stride = 8;

    /// <summary>Most candidates of a pair: two boxes, before points that repeat or lie outside are dropped.</summary>
    public const int Capacity = 24;
}

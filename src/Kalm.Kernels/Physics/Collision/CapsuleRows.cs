namespace Kalm.Kernels.Physics.Collision;

/// <summary>Scratch rows of the capsule-box function, in the frame of the box, after the candidates.</summary>
internal static class CapsuleRows
{
    /// <summary>Center of the capsule, (3), m.</summary>
    public const int Center = Candidate.Capacity * Candidate.Stride;

    /// <summary>Unit axis of the capsule, (3).</summary>
    public const int Axis = Center + 3;

    /// <summary>Its axis from the center to an end, (3), m.</summary>
    public const int HalfAxis = Axis + 3;

    /// <summary>Square of the smallest distance so far.</summary>
    public const int Best = HalfAxis + 3;

    /// <summary>Place of the nearest point on the capsule's segment, -1 to 1.</summary>
    public const int OnCapsule = Best + 1;

    /// <summary>Place of the nearest point on the edge of the box, -1 to 1.</summary>
    public const int OnEdge = OnCapsule + 1;

    /// <summary>What is nearest: an end of the capsule over a face 0, a corner 1, an edge 2, nothing -1.</summary>
    public const int Nearest = OnEdge + 1;

    /// <summary>Face: its axis 0 1 2, -1: the end is inside the box. Edge: its axis.</summary>
    public const int Feature = Nearest + 1;

    /// <summary>Corner or lower end of the edge: masks of the positive sides, (3).</summary>
    public const int Corner = Feature + 1;

    /// <summary>Place of a second sphere relative to the first; none where <see cref="HasSecond"/> is false.</summary>
    public const int Second = Corner + 3;

    /// <summary>Mask: there is a second sphere.</summary>
    public const int HasSecond = Second + 1;

    /// <summary>End of the scratch rows.</summary>
    public const int End = HasSecond + 1;
}

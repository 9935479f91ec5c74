namespace Kalm.Kernels.Physics.Collision;

/// <summary>The cheap test that decides whether the function of a pair is called.</summary>
internal enum PairFilter
{
    /// <summary>None: the function is as cheap.</summary>
    None,

    /// <summary>Distance of geom 2's bounding sphere from plane 1.</summary>
    Plane,

    /// <summary>Overlap of the boxes along the axes of the world.</summary>
    Boxes,

    /// <summary>The same, then overlap of the bounding boxes along their own axes.</summary>
    TurnedBoxes,
}

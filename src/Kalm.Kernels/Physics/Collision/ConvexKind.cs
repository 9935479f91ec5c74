namespace Kalm.Kernels.Physics.Collision;

/// <summary>Convex shapes by their support function.</summary>
internal enum ConvexKind
{
    /// <summary>No convex shape.</summary>
    None,

    /// <summary>A point: what remains of a sphere without its radius.</summary>
    Point,

    /// <summary>A segment along z: what remains of a capsule without its radius.</summary>
    Segment,

    /// <summary>Sphere.</summary>
    Sphere,

    /// <summary>Capsule along z.</summary>
    Capsule,

    /// <summary>Cylinder along z.</summary>
    Cylinder,

    /// <summary>Box.</summary>
    Box,

    /// <summary>Hull of few vertices: all are compared.</summary>
    SmallHull,

    /// <summary>Hull searched along its edges.</summary>
    Hull,
}

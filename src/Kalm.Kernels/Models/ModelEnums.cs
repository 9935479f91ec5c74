namespace Kalm.Kernels.Models;

/// <summary>Joint types, with MuJoCo's numbers (mjtJoint).</summary>
public enum JointType
{
    /// <summary>Six degrees of freedom: position and orientation (7 coordinates).</summary>
    Free = 0,

    /// <summary>Three rotations (4 coordinates).</summary>
    Ball = 1,

    /// <summary>Translation along the axis.</summary>
    Slide = 2,

    /// <summary>Rotation about the axis.</summary>
    Hinge = 3,
}

/// <summary>Geom shapes, with MuJoCo's numbers (mjtGeom).</summary>
public enum GeomType
{
    /// <summary>Half-space below the plane z = 0 of its frame.</summary>
    Plane = 0,

    /// <summary>Height field.</summary>
    HeightField = 1,

    /// <summary>Sphere: size[0] is the radius.</summary>
    Sphere = 2,

    /// <summary>Capsule along z: radius, half-length.</summary>
    Capsule = 3,

    /// <summary>Ellipsoid: three radii.</summary>
    Ellipsoid = 4,

    /// <summary>Cylinder along z: radius, half-length.</summary>
    Cylinder = 5,

    /// <summary>Box: three half-sizes.</summary>
    Box = 6,

    /// <summary>Convex hull of a mesh.</summary>
    Mesh = 7,
}

/// <summary>Friction cones, with MuJoCo's numbers (mjtCone).</summary>
public enum ConeType
{
    /// <summary>Pyramid inscribed in the friction cone.</summary>
    Pyramidal = 0,

    /// <summary>The elliptic cone itself.</summary>
    Elliptic = 1,
}

/// <summary>Equality constraints, with MuJoCo's numbers (mjtEq).</summary>
public enum EqualityType
{
    /// <summary>Two bodies share a point.</summary>
    Connect = 0,

    /// <summary>Two bodies keep their relative pose.</summary>
    Weld = 1,
}

using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Which pairs of geom types collide, the lower type first, and by which function (mjCOLLISIONFUNC in
/// engine_collision_driver.c).
/// </summary>
/// <remarks>
/// A contact of a plane and a capsule has no tangent along the capsule here, as it has in MuJoCo; with elliptic cones
/// that makes no difference.
/// </remarks>
public static class PairTable
{
    // unsupported: ellipsoid, hfield

    /// <summary>Whether there is a function for the pair.</summary>
    public static bool Has(GeomType type1, GeomType type2) => Function(type1, type2) != PairFunction.None;

    /// <summary>The function of the pair.</summary>
    internal static PairFunction Function(GeomType type1, GeomType type2) => (type1, type2) switch
    {
        (GeomType.Plane, GeomType.Sphere) => PairFunction.PlaneSphere,
        (GeomType.Plane, GeomType.Capsule) => PairFunction.PlaneCapsule,
        (GeomType.Plane, GeomType.Cylinder) => PairFunction.PlaneCylinder,
        (GeomType.Plane, GeomType.Box) => PairFunction.PlaneBox,
        (GeomType.Plane, GeomType.Mesh) => PairFunction.PlaneMesh,
        (GeomType.Sphere, GeomType.Sphere) => PairFunction.SphereSphere,
        (GeomType.Sphere, GeomType.Capsule) => PairFunction.SphereCapsule,
        (GeomType.Sphere, GeomType.Cylinder) => PairFunction.SphereCylinder,
        (GeomType.Sphere, GeomType.Box) => PairFunction.SphereBox,
        (GeomType.Capsule, GeomType.Capsule) => PairFunction.CapsuleCapsule,
        (GeomType.Capsule, GeomType.Box) => PairFunction.CapsuleBox,
        (GeomType.Box, GeomType.Box) => PairFunction.BoxBox,
        _ => ConvexTables.Has(type1, type2) ? PairFunction.Convex : PairFunction.None,
    };

    /// <summary>The test before a function; two boxes test their own axes themselves.</summary>
    internal static PairFilter Filter(PairFunction function) => function switch
    {
        PairFunction.PlaneSphere or PairFunction.SphereSphere => PairFilter.None,
        PairFunction.PlaneCapsule or PairFunction.PlaneCylinder or PairFunction.PlaneBox
            or PairFunction.PlaneMesh => PairFilter.Plane,
        PairFunction.CapsuleBox or PairFunction.Convex => PairFilter.TurnedBoxes,
        _ => PairFilter.Boxes,
    };
}

using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Which pairs of geom types collide, the lower type first (mjCOLLISIONFUNC in engine_collision_driver.c).
/// </summary>
public static class PairTable
{
    // unsupported: capsule, ellipsoid, cylinder, box, mesh, hfield

    /// <summary>Whether there is a function for the pair.</summary>
    public static bool Has(GeomType type1, GeomType type2) =>
        type2 == GeomType.Sphere && type1 is (GeomType.Plane or GeomType.Sphere);
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Calls the function of a pair of shapes that their sizes describe (mj_collideGeoms in engine_collision_driver.c).
/// </summary>
internal static class PairFunctions
{
    /// <summary>Writes the candidates of the worlds of a mask.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="function">The function of the pair's types.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="margin">Distance up to which the geoms touch.</param>
    /// <param name="active">Mask of the worlds to look at.</param>
    /// <returns>Number of candidates.</returns>
    public static int Collide<TLane, TRows>(
        TRows rows, PairFunction function, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        switch (function)
        {
            case PairFunction.PlaneSphere: return PlanePairs.Sphere(rows, pair, margin, active);
            case PairFunction.PlaneCapsule: return PlanePairs.Capsule(rows, pair, margin, active);
            case PairFunction.PlaneCylinder: return PlanePairs.Cylinder(rows, pair, margin, active);
            case PairFunction.PlaneBox: return PlanePairs.Box(rows, pair, margin, active);
            case PairFunction.SphereSphere: return RoundPairs.SphereSphere(rows, pair, margin, active);
            case PairFunction.SphereCapsule: return RoundPairs.SphereCapsule(rows, pair, margin, active);
            case PairFunction.SphereCylinder: return RoundPairs.SphereCylinder(rows, pair, margin, active);
            case PairFunction.SphereBox: return SphereBox.Collide(rows, pair, margin, active);
            case PairFunction.CapsuleCapsule: return RoundPairs.CapsuleCapsule(rows, pair, margin, active);
            case PairFunction.CapsuleBox: return CapsuleBox.Collide(rows, pair, margin, active);
            case PairFunction.BoxBox: return BoxBox.Collide(rows, pair, margin, active);
            default: return 0;
        }
    }
}

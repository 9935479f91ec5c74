namespace Kalm.Kernels.Physics.Collision;

/// <summary>The functions that find the contacts of a pair of geoms, by the types of the geoms.</summary>
internal enum PairFunction
{
    /// <summary>No function: the pair cannot collide.</summary>
    None,

    /// <summary>mjc_PlaneSphere.</summary>
    PlaneSphere,

    /// <summary>mjc_PlaneCapsule.</summary>
    PlaneCapsule,

    /// <summary>mjc_PlaneCylinder.</summary>
    PlaneCylinder,

    /// <summary>mjc_PlaneBox.</summary>
    PlaneBox,

    /// <summary>mjc_PlaneConvex.</summary>
    PlaneMesh,

    /// <summary>mjc_SphereSphere.</summary>
    SphereSphere,

    /// <summary>mjc_SphereCapsule.</summary>
    SphereCapsule,

    /// <summary>mjc_SphereCylinder.</summary>
    SphereCylinder,

    /// <summary>mjc_SphereBox.</summary>
    SphereBox,

    /// <summary>mjc_CapsuleCapsule.</summary>
    CapsuleCapsule,

    /// <summary>mjc_CapsuleBox.</summary>
    CapsuleBox,

    /// <summary>mjc_BoxBox.</summary>
    BoxBox,

    /// <summary>mjc_Convex.</summary>
    Convex,
}

namespace Kalm.Kernels.Physics.Collision;

/// <summary>The functions that find the contacts of a pair of geoms, by the types of the geoms.</summary>
internal enum PairFunction
{
    /// <summary>No function: the pair cannot collide.</summary>
    None,

    /// <summary>mjc_PlaneSphere.</summary>
    PlaneSphere,

    /// <summary>mjc_SphereSphere.</summary>
    SphereSphere,

    /// <summary>mjc_BoxBox.</summary>
    BoxBox,

    /// <summary>mjc_Convex.</summary>
    Convex,
}

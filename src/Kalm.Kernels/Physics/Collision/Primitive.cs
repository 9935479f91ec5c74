using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Contacts of simple shapes: pure geometry (engine_collision_primitive.c). A contact is the distance between the
/// surfaces, the midpoint between them and the unit normal from the first shape to the second.
/// </summary>
public static class Primitive
{
    /// <summary>Distance of a sphere from a plane (mjc_PlaneSphere).</summary>
    /// <param name="plane">Point of the plane.</param>
    /// <param name="normal">Unit normal of the plane.</param>
    /// <param name="center">Center of the sphere.</param>
    /// <param name="radius">Radius of the sphere.</param>
    public static TLane PlaneSphereDistance<TLane>(
        Vec3<TLane> plane, Vec3<TLane> normal, Vec3<TLane> center, TLane radius)
        where TLane : unmanaged, ILane<TLane> => Vec3<TLane>.Dot(center - plane, normal) - radius;

    /// <summary>Midpoint between plane and sphere.</summary>
    /// <param name="normal">Unit normal of the plane.</param>
    /// <param name="center">Center of the sphere.</param>
    /// <param name="radius">Radius of the sphere.</param>
    /// <param name="distance">Their distance.</param>
    public static Vec3<TLane> PlaneSpherePoint<TLane>(
        Vec3<TLane> normal, Vec3<TLane> center, TLane radius, TLane distance)
        where TLane : unmanaged, ILane<TLane> =>
        Vec3<TLane>.MulAdd(TLane.NegMulAdd(TLane.Const(0.5), distance, -radius), normal, center);

    /// <summary>Distance of two spheres (mjc_SphereSphere).</summary>
    public static TLane SphereSphereDistance<TLane>(
        Vec3<TLane> center1, TLane radius1, Vec3<TLane> center2, TLane radius2)
        where TLane : unmanaged, ILane<TLane> => Vec3<TLane>.Length(center2 - center1) - radius1 - radius2;

    /// <summary>Normal of two spheres and midpoint between them.</summary>
    /// <param name="center1">Center of the first sphere.</param>
    /// <param name="radius1">Radius of the first sphere.</param>
    /// <param name="center2">Center of the second sphere.</param>
    /// <param name="distance">Their distance.</param>
    /// <param name="normal">Unit normal.</param>
    /// <param name="coincide">Mask: the centers coincide, <see cref="CoincidingNormal"/> is the normal.</param>
    /// <returns>Midpoint between the surfaces; where the centers coincide, the center.</returns>
    public static Vec3<TLane> SphereSpherePoint<TLane>(
        Vec3<TLane> center1, TLane radius1, Vec3<TLane> center2, TLane distance, out Vec3<TLane> normal,
        out TLane coincide)
        where TLane : unmanaged, ILane<TLane>
    {
        Vec3<TLane> between = center2 - center1;
        TLane length = Vec3<TLane>.Length(between);
        coincide = length < TLane.Const(1e-15);
        normal = (TLane.Const(1) / TLane.Select(coincide, TLane.Const(1), length)) * between;
        return Vec3<TLane>.MulAdd(TLane.MulAdd(TLane.Const(0.5), distance, radius1), normal, center1);
    }

    /// <summary>Normal of coinciding spheres: normalized cross product of their z axes, else the x axis.</summary>
    public static Vec3<TLane> CoincidingNormal<TLane>(Vec3<TLane> axis1, Vec3<TLane> axis2)
        where TLane : unmanaged, ILane<TLane>
    {
        Vec3<TLane> cross = Vec3<TLane>.Cross(axis1, axis2);
        TLane length = Vec3<TLane>.Length(cross);
        TLane parallel = length < TLane.Const(1e-15);
        TLane scale = TLane.Const(1) / TLane.Select(parallel, TLane.Const(1), length);
        Vec3<TLane> x = new(TLane.Const(1), TLane.Const(0), TLane.Const(0));
        return Vec3<TLane>.Select(parallel, x, scale * cross);
    }

    /// <summary>Tangents of a contact frame from its normal (mju_makeFrame).</summary>
    public static void Tangents<TLane>(Vec3<TLane> normal, out Vec3<TLane> tangent1, out Vec3<TLane> tangent2)
        where TLane : unmanaged, ILane<TLane>
    {
        // start from y, or from z where the normal is close to y; make it orthogonal to the normal
        TLane one = TLane.Const(1);
        TLane zero = TLane.Const(0);
        TLane useY = TLane.Abs(normal.Y) < TLane.Const(0.5);
        TLane along = TLane.Select(useY, normal.Y, normal.Z);
        Vec3<TLane> start = new(zero, TLane.Select(useY, one, zero), TLane.Select(useY, zero, one));
        Vec3<TLane> raw = Vec3<TLane>.MulAdd(-along, normal, start);
        tangent1 = (one / Vec3<TLane>.Length(raw)) * raw;
        tangent2 = Vec3<TLane>.Cross(normal, tangent1);
    }
}

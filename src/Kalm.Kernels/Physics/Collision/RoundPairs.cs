using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Pair functions of spheres and planes: read the geoms, write candidates.</summary>
internal static class RoundPairs
{
    /// <summary>A sphere over a plane (mjc_PlaneSphere).</summary>
    public static int PlaneSphere<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2);
        Vec3<TLane> center = Vec3<TLane>.Load(rows, pair.Position2);
        TLane radius = rows.Constant(pair.Size2);
        TLane distance = Primitive.PlaneSphereDistance(
            Vec3<TLane>.Load(rows, pair.Position1), normal, center, radius);
        active &= distance <= margin;
        if (!TLane.Any(active)) return 0;
        Candidates.Store(
            rows, pair, 0, active, distance, Primitive.PlaneSpherePoint(normal, center, radius, distance), normal);
        return 1;
    }

    /// <summary>Two spheres (mjc_SphereSphere).</summary>
    public static int SphereSphere<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Spheres(
            rows, pair, 0, Vec3<TLane>.Load(rows, pair.Position1), rows.Constant(pair.Size1),
            Vec3<TLane>.Load(rows, pair.Position2), rows.Constant(pair.Size2), margin, ref active);
        return TLane.Any(active) ? 1 : 0;
    }

    /// <summary>
    /// Writes candidate <paramref name="slot"/> of two spheres somewhere on the geoms (mjraw_SphereSphere); the mask
    /// keeps the worlds in which they touch.
    /// </summary>
    public static void Spheres<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, Vec3<TLane> center1, TLane radius1, Vec3<TLane> center2,
        TLane radius2, TLane margin, ref TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane distance = Primitive.SphereSphereDistance(center1, radius1, center2, radius2);
        active &= distance <= margin;
        rows.Store(pair.Scratch + (slot * Candidate.Stride), active);
        if (!TLane.Any(active)) return;
        Vec3<TLane> point = Primitive.SphereSpherePoint(
            center1, radius1, center2, distance, out Vec3<TLane> normal, out TLane coincide);
        if (TLane.Any(active & coincide))
        {
            Vec3<TLane> fallback = Primitive.CoincidingNormal(
                Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2), Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 2));
            normal = Vec3<TLane>.Select(coincide, fallback, normal);
            TLane depth = TLane.MulAdd(TLane.Const(0.5), distance, radius1);
            point = Vec3<TLane>.Select(coincide, Vec3<TLane>.MulAdd(depth, normal, center1), point);
        }

        Candidates.Store(rows, pair, slot, active, distance, point, normal);
    }
}

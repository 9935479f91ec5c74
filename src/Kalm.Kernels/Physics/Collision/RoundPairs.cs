using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Pair functions of spheres and capsules with each other and of spheres with cylinders
/// (engine_collision_primitive.c).
/// </summary>
/// <remarks>
/// Capsules that are almost parallel: double lanes solve for the nearest points as MuJoCo does, float lanes by cross
/// products, whose rounding errors do not grow there.
/// </remarks>
internal static class RoundPairs
{
    private const double MinValue = 1e-15;

    /// <summary>Two spheres (mjc_SphereSphere).</summary>
    public static int SphereSphere<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane found = Spheres(
            rows, pair, 0, Vec3<TLane>.Load(rows, pair.Position1), Vec3<TLane>.Load(rows, pair.Position2),
            rows.Constant(pair.Size2), margin, active);
        return TLane.Any(found) ? 1 : 0;
    }

    /// <summary>A sphere and a capsule (mjc_SphereCapsule).</summary>
    public static int SphereCapsule<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the capsule's sphere that is nearest
        Vec3<TLane> center = Vec3<TLane>.Load(rows, pair.Position1);
        Vec3<TLane> middle = Vec3<TLane>.Load(rows, pair.Position2);
        Vec3<TLane> axis = Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 2);
        TLane half = rows.Constant(pair.Size2 + 1);
        TLane x = TLane.Min(TLane.Max(PairMath.Dot(axis, center - middle), -half), half);
        TLane found = Spheres(
            rows, pair, 0, center, PairMath.MulAdd(x, axis, middle), rows.Constant(pair.Size2), margin, active);
        return TLane.Any(found) ? 1 : 0;
    }

    /// <summary>A sphere and a cylinder (mjc_SphereCylinder).</summary>
    public static int SphereCylinder<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // along the axis, and across it
        Vec3<TLane> center = Vec3<TLane>.Load(rows, pair.Position1);
        Vec3<TLane> middle = Vec3<TLane>.Load(rows, pair.Position2);
        Vec3<TLane> axis = Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 2);
        TLane radius = rows.Constant(pair.Size2);
        TLane half = rows.Constant(pair.Size2 + 1);
        Vec3<TLane> between = center - middle;
        TLane x = PairMath.Dot(axis, between);
        Vec3<TLane> along = x * axis;
        Vec3<TLane> across = between - along;
        TLane square = PairMath.Dot(across, across);
        TLane length = TLane.Sqrt(square);

        // beside the mantle, over a cap, or at the rim; inside, whatever is nearer
        TLane mantle = TLane.Abs(x) < half;
        TLane cap = square < radius * radius;
        TLane nearCap = half - TLane.Abs(x) < radius - length;
        TLane inside = mantle & cap;
        mantle &= ~(inside & nearCap);
        cap &= ~mantle;

        // a sphere in the axis, or a point of the rim
        TLane zero = TLane.Const(0);
        TLane top = x > zero;
        TLane end = TLane.Select(top, half, -half);
        Vec3<TLane> rim = (end * axis) + ((radius / TLane.Select(mantle | cap, TLane.Const(1), length)) * across);
        TLane found = Spheres(
            rows, pair, 0, center, Vec3<TLane>.Select(mantle, along, rim) + middle,
            TLane.Select(mantle, radius, zero), margin, active & ~cap);
        if (TLane.Any(active & cap))
            found |= Cap(rows, pair, center, PairMath.MulAdd(end, axis, middle), top, margin, active & cap);
        return TLane.Any(found) ? 1 : 0;
    }

    /// <summary>Writes the candidate of a sphere over the cap of a cylinder, in some worlds.</summary>
    private static TLane Cap<TLane, TRows>(
        TRows rows, in CollisionPair pair, Vec3<TLane> center, Vec3<TLane> end, TLane top, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> normal = PairMath.Sign(~top) * Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 2);
        TLane radius = rows.Constant(pair.Size1);
        TLane distance = Primitive.PlaneSphereDistance(end, normal, center, radius);
        Vec3<TLane> point = Primitive.PlaneSpherePoint(normal, center, radius, distance);
        TLane found = active & (distance <= margin);
        Candidates.Merge(rows, pair, 0, active, found, distance, point, -normal);
        return found;
    }

    /// <summary>Two capsules: one contact, up to two where they are parallel (mjc_CapsuleCapsule).</summary>
    public static int CapsuleCapsule<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> center1 = Vec3<TLane>.Load(rows, pair.Position1);
        Vec3<TLane> center2 = Vec3<TLane>.Load(rows, pair.Position2);
        Vec3<TLane> axis1 = rows.Constant(pair.Size1 + 1) * Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2);
        Vec3<TLane> axis2 = rows.Constant(pair.Size2 + 1) * Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 2);
        Segments<TLane> lines = new(center1, axis1, center2, axis2);
        TLane parallel = TLane.Abs(lines.Determinant) < TLane.Const(MinValue);
        lines.Nearest(out TLane x1, out TLane x2);
        TLane radius2 = rows.Constant(pair.Size2);
        TLane found = Spheres(
            rows, pair, 0, PairMath.MulAdd(x1, axis1, center1), PairMath.MulAdd(x2, axis2, center2), radius2, margin,
            active & ~parallel);
        if (!TLane.Any(active & parallel)) return TLane.Any(found) ? 1 : 0;

        // the ends of one and the nearest points of the other, until there are two contacts
        TLane number = TLane.Const(0);
        for (int i = 0; i < 4; i++)
        {
            TLane end = i % 2 == 0 ? TLane.Const(1) : TLane.Const(-1);
            x1 = i < 2 ? end : lines.On1(end);
            x2 = i < 2 ? lines.On2(end) : end;
            TLane more = active & parallel & (number < TLane.Const(2));
            TLane touching = Spheres(
                rows, pair, 1 + i, PairMath.MulAdd(x1, axis1, center1), PairMath.MulAdd(x2, axis2, center2), radius2,
                margin, more);
            number = TLane.Select(touching, number + TLane.Const(1), number);
        }

        return 5;
    }

    /// <summary>
    /// Writes the candidate of a sphere as large as geom 1 and another sphere (mjraw_SphereSphere).
    /// </summary>
    /// <returns>Mask of the worlds in which they touch.</returns>
    private static TLane Spheres<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, Vec3<TLane> center1, Vec3<TLane> center2, TLane radius2,
        TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane radius1 = rows.Constant(pair.Size1);
        TLane distance = Primitive.SphereSphereDistance(center1, radius1, center2, radius2);
        active &= distance <= margin;
        rows.Store(pair.Scratch + (slot * Candidate.Stride), active);
        if (!TLane.Any(active)) return active;
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
        return active;
    }
}

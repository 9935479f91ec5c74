using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>A sphere and a box (mjc_SphereBox in engine_collision_box.c).</summary>
internal static class SphereBox
{
    private const double MinValue = 1e-15;

    /// <summary>Writes the candidate of a pair of a sphere and a box.</summary>
    /// <returns>Number of candidates.</returns>
    public static int Collide<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane found = Put(rows, pair, 0, Vec3<TLane>.Load(rows, pair.Position1), margin, active);
        return TLane.Any(found) ? 1 : 0;
    }

    /// <summary>
    /// Writes candidate <paramref name="slot"/> of a sphere with geom 1's radius around a point (mjraw_SphereBox).
    /// </summary>
    /// <returns>Mask of the worlds in which they touch.</returns>
    public static TLane Put<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, Vec3<TLane> point, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // nearest point of the box, in its frame
        Vec3<TLane> middle = Vec3<TLane>.Load(rows, pair.Position2);
        Vec3<TLane> center = ToBox<TLane, TRows>(rows, pair, point - middle);
        Vec3<TLane> size = Vec3<TLane>.Constant(rows, pair.Size2);
        Vec3<TLane> nearest = new(Clip(center.X, size.X), Clip(center.Y, size.Y), Clip(center.Z, size.Z));
        Vec3<TLane> between = nearest - center;
        TLane distance = TLane.Sqrt(PairMath.Dot(between, between));
        TLane radius = rows.Constant(pair.Size1);
        TLane found = active & (distance - radius <= margin);
        rows.Store(pair.Scratch + (slot * Candidate.Stride), found);
        if (!TLane.Any(found)) return found;

        // midpoint between it and the sphere's deepest point
        TLane inside = distance <= TLane.Const(MinValue);
        Vec3<TLane> normal = (TLane.Const(1) / TLane.Select(inside, TLane.Const(1), distance)) * between;
        Vec3<TLane> contact = TLane.Const(0.5) * (nearest + Vec3<TLane>.MulAdd(radius, normal, center));
        if (TLane.Any(found & inside))
        {
            TLane depth = Inside(center, size, out Vec3<TLane> inward);
            normal = Vec3<TLane>.Select(inside, inward, normal);
            Vec3<TLane> deep = Vec3<TLane>.MulAdd(TLane.Const(0.5) * (radius - depth), inward, center);
            contact = Vec3<TLane>.Select(inside, deep, contact);
            distance = TLane.Select(inside, -depth, distance);
        }

        Mat3<TLane> matrix = Mat3<TLane>.Load(rows, pair.Matrix2);
        Candidates.Store(rows, pair, slot, found, distance - radius, (matrix * contact) + middle, matrix * normal);
        return found;
    }

    /// <summary>A vector in the frame of geom 2.</summary>
    public static Vec3<TLane> ToBox<TLane, TRows>(TRows rows, in CollisionPair pair, Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => new(
            PairMath.Dot(Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 0), v),
            PairMath.Dot(Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 1), v),
            PairMath.Dot(Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 2), v));

    /// <summary>Depth of a point in a box under the nearest face, and the direction from there into the box.</summary>
    private static TLane Inside<TLane>(Vec3<TLane> center, Vec3<TLane> size, out Vec3<TLane> inward)
        where TLane : unmanaged, ILane<TLane>
    {
        // negative face first, of equal faces the first
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane depth = TLane.Const(2) * (size.X + size.Y + size.Z);
        inward = new(zero, zero, zero);
        Nearer(ref depth, ref inward, TLane.Abs(size.X + center.X), new(one, zero, zero));
        Nearer(ref depth, ref inward, TLane.Abs(size.X - center.X), new(-one, zero, zero));
        Nearer(ref depth, ref inward, TLane.Abs(size.Y + center.Y), new(zero, one, zero));
        Nearer(ref depth, ref inward, TLane.Abs(size.Y - center.Y), new(zero, -one, zero));
        Nearer(ref depth, ref inward, TLane.Abs(size.Z + center.Z), new(zero, zero, one));
        Nearer(ref depth, ref inward, TLane.Abs(size.Z - center.Z), new(zero, zero, -one));
        return depth;
    }

    private static void Nearer<TLane>(ref TLane depth, ref Vec3<TLane> inward, TLane other, Vec3<TLane> direction)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane nearer = other < depth;
        inward = Vec3<TLane>.Select(nearer, direction, inward);
        depth = TLane.Select(nearer, other, depth);
    }

    private static TLane Clip<TLane>(TLane x, TLane limit)
        where TLane : unmanaged, ILane<TLane> => TLane.Min(TLane.Max(x, -limit), limit);
}

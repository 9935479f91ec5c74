using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// A capsule and a box (mjc_CapsuleBox in engine_collision_box.c): the sphere of the capsule that is nearest to the
/// box, and a second one where the capsule lies along a face or an edge.
/// </summary>
/// <remarks>
/// Where the capsule is almost parallel to an edge, float lanes solve for the nearest points by formulas without
/// differences of nearly equal numbers; double lanes by MuJoCo's.
/// </remarks>
internal static class CapsuleBox
{
    private const double MinValue = 1e-15;

    /// <summary>Writes the candidates.</summary>
    /// <returns>Number of candidates.</returns>
    public static int Collide<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Relate(rows, pair, margin);
        End<TLane, TRows>(rows, pair, -1);
        End<TLane, TRows>(rows, pair, 1);
        for (int axis = 0; axis < 3; axis++)
        {
            for (int corner = 0; corner < 8; corner++)
            {
                if ((corner & (1 << axis)) != 0) continue;
                TLane worlds = active & CanBeNearer<TLane, TRows>(rows, pair, axis, corner);
                if (TLane.Any(worlds)) Edge(rows, pair, axis, corner, worlds);
            }
        }

        CapsuleSecond.Find<TLane, TRows>(rows, pair);

        // spheres at both places
        int at = pair.Scratch;
        TLane first = rows.Load(at + CapsuleRows.OnCapsule);
        active &= rows.Load(at + CapsuleRows.Nearest) > TLane.Const(-0.5);
        TLane found = Sphere(rows, pair, 0, first, margin, active);
        active &= rows.Load(at + CapsuleRows.HasSecond);
        found |= Sphere(rows, pair, 1, rows.Load(at + CapsuleRows.Second) + first, margin, active);
        return TLane.Any(found) ? 2 : 0;
    }

    private static TLane Sphere<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, TLane place, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> local = PairMath.MulAdd(
            place, Vec3<TLane>.Load(rows, pair.Scratch + CapsuleRows.HalfAxis),
            Vec3<TLane>.Load(rows, pair.Scratch + CapsuleRows.Center));
        Vec3<TLane> point = (Mat3<TLane>.Load(rows, pair.Matrix2) * local) + Vec3<TLane>.Load(rows, pair.Position2);
        return SphereBox.Put(rows, pair, slot, point, margin, active);
    }

    /// <summary>Writes the capsule in the frame of the box; nothing is nearest yet.</summary>
    private static void Relate<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        Vec3<TLane> between = Vec3<TLane>.Load(rows, pair.Position1) - Vec3<TLane>.Load(rows, pair.Position2);
        SphereBox.ToBox<TLane, TRows>(rows, pair, between).Store(rows, at + CapsuleRows.Center);
        Vec3<TLane> axis = SphereBox.ToBox<TLane, TRows>(
            rows, pair, Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2));
        TLane half = rows.Constant(pair.Size1 + 1);
        axis.Store(rows, at + CapsuleRows.Axis);
        (half * axis).Store(rows, at + CapsuleRows.HalfAxis);

        // MuJoCo compares squares with this distance
        Vec3<TLane> size = Vec3<TLane>.Constant(rows, pair.Size2);
        TLane reach = rows.Constant(pair.Size1) + half + size.X + size.Y + size.Z;
        rows.Store(at + CapsuleRows.Best, TLane.MulAdd(TLane.Const(2), reach, margin));
        rows.Store(at + CapsuleRows.OnCapsule, TLane.Const(0));
        rows.Store(at + CapsuleRows.OnEdge, TLane.Const(0));
        rows.Store(at + CapsuleRows.Nearest, TLane.Const(-1));
        rows.Store(at + CapsuleRows.Feature, TLane.Const(-1));
    }

    /// <summary>An end of the capsule over a face of the box, or inside.</summary>
    private static void End<TLane, TRows>(TRows rows, in CollisionPair pair, int end)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        TLane zero = TLane.Const(0);
        TLane outside = zero;
        TLane square = zero;
        TLane face = TLane.Const(-1);
        for (int k = 0; k < 3; k++)
        {
            TLane half = rows.Load(at + CapsuleRows.HalfAxis + k);
            TLane x = rows.Load(at + CapsuleRows.Center + k) + (end < 0 ? -half : half);
            TLane size = rows.Constant(pair.Size2 + k);
            TLane beyond = TLane.Abs(x) > size;
            outside += TLane.Select(beyond, TLane.Const(1), zero);
            face = TLane.Select(beyond, TLane.Const(k), face);
            TLane off = TLane.Select(beyond, TLane.Abs(x) - size, zero);
            square += off * off;
        }

        TLane nearer = (outside < TLane.Const(1.5)) & (square < rows.Load(at + CapsuleRows.Best));
        Set(rows, at + CapsuleRows.Best, nearer, square);
        Set(rows, at + CapsuleRows.OnCapsule, nearer, TLane.Const(end));
        Set(rows, at + CapsuleRows.Nearest, nearer, zero);
        Set(rows, at + CapsuleRows.Feature, nearer, face);
    }

    /// <summary>Mask: the boxes around the capsule's segment and an edge are nearer than what is nearest.</summary>
    private static TLane CanBeNearer<TLane, TRows>(TRows rows, in CollisionPair pair, int axis, int corner)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        TLane square = TLane.Const(0);
        for (int k = 0; k < 3; k++)
        {
            TLane size = rows.Constant(pair.Size2 + k);
            TLane center = rows.Load(at + CapsuleRows.Center + k);
            TLane offset = k == axis
                ? TLane.Abs(center) - size
                : TLane.Abs((corner & (1 << k)) != 0 ? center - size : center + size);
            TLane off = TLane.Max(offset - TLane.Abs(rows.Load(at + CapsuleRows.HalfAxis + k)), TLane.Const(0));
            square = TLane.MulAdd(off, off, square);
        }

        return square < rows.Load(at + CapsuleRows.Best);
    }

    /// <summary>The capsule's segment and the edge along an axis through a corner (bits: positive sides).</summary>
    private static void Edge<TLane, TRows>(TRows rows, in CollisionPair pair, int axis, int corner, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // from the capsule's center to the middle of the edge
        int at = pair.Scratch;
        Vec3<TLane> size = Vec3<TLane>.Constant(rows, pair.Size2);
        TLane zero = TLane.Const(0);
        Vec3<TLane> start = new(
            axis == 0 ? zero : (corner & 1) != 0 ? size.X : -size.X,
            axis == 1 ? zero : (corner & 2) != 0 ? size.Y : -size.Y,
            axis == 2 ? zero : (corner & 4) != 0 ? size.Z : -size.Z);
        Vec3<TLane> between = start - Vec3<TLane>.Load(rows, at + CapsuleRows.Center);
        Vec3<TLane> half = Vec3<TLane>.Load(rows, at + CapsuleRows.HalfAxis);
        TLane length = rows.Constant(pair.Size2 + axis);
        TLane halfLength = rows.Constant(pair.Size1 + 1);
        TLane along = axis == 0 ? half.X : axis == 1 ? half.Y : half.Z;
        TLane offset = axis == 0 ? between.X : axis == 1 ? between.Y : between.Z;
        TLane ma = length * length;
        TLane mb = -length * along;
        TLane mc = halfLength * halfLength;
        TLane u = -length * offset;
        TLane v = PairMath.Dot(half, between);

        TLane determinant;
        TLane numerator1;
        TLane numerator2;
        if (TLane.ScalarSize == sizeof(float))
        {
            // sums over the other two axes
            Vec3<TLane> across = new(
                axis == 0 ? zero : half.X, axis == 1 ? zero : half.Y, axis == 2 ? zero : half.Z);
            TLane square = Vec3<TLane>.Dot(across, across);
            TLane product = Vec3<TLane>.Dot(across, between);
            determinant = ma * square;
            numerator1 = length * TLane.NegMulAdd(offset, square, along * product);
            numerator2 = ma * product;
        }
        else
        {
            determinant = (ma * mc) - (mb * mb);
            numerator1 = (mc * u) - (mb * v);
            numerator2 = (ma * v) - (mb * u);
        }

        TLane good = worlds & (TLane.Abs(determinant) >= TLane.Const(MinValue));
        if (!TLane.Any(good)) return;
        TLane inverse = TLane.Const(1) / TLane.Select(good, determinant, TLane.Const(1));
        EdgePlaces<TLane> places = new(ma, mb, mc, u, v);
        places.Clip(numerator1 * inverse, numerator2 * inverse, out TLane x1, out TLane x2, out TLane clipped);
        Vec3<TLane> nearest = PairMath.MulAdd(-x2, half, between);
        TLane shift = length * x1;
        nearest = new(
            axis == 0 ? nearest.X + shift : nearest.X, axis == 1 ? nearest.Y + shift : nearest.Y,
            axis == 2 ? nearest.Z + shift : nearest.Z);
        Keep(rows, at, axis, corner, good, PairMath.Dot(nearest, nearest), x1, x2, clipped);
    }

    private static void Keep<TLane, TRows>(
        TRows rows, int at, int axis, int corner, TLane good, TLane square, TLane x1, TLane x2, TLane clipped)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // better by more than rounding error of a capsule parallel to the box
        TLane nearer = good & (square < rows.Load(at + CapsuleRows.Best) - TLane.Const(MinValue));
        if (!TLane.Any(nearer)) return;
        TLane zero = TLane.Const(0);
        Set(rows, at + CapsuleRows.Best, nearer, square);
        Set(rows, at + CapsuleRows.OnCapsule, nearer, x2);
        Set(rows, at + CapsuleRows.OnEdge, nearer, x1);
        Set(rows, at + CapsuleRows.Feature, nearer, TLane.Const(axis));

        // the corner at the end of the edge where the place was clipped to an end
        TLane upper = clipped > zero;
        Set(
            rows, at + CapsuleRows.Nearest, nearer,
            TLane.Select(TLane.Same(clipped, zero), TLane.Const(2), TLane.Const(1)));
        for (int k = 0; k < 3; k++)
        {
            TLane positive = (corner & (1 << k)) != 0 ? ~zero : zero;
            Set(rows, at + CapsuleRows.Corner + k, nearer, k == axis ? upper : positive);
        }
    }

    private static void Set<TLane, TRows>(TRows rows, int row, TLane mask, TLane value)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => rows.Store(row, TLane.Select(mask, value, rows.Load(row)));
}

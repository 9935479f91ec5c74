using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Pair functions of a plane and another geom (engine_collision_primitive.c).</summary>
internal static class PlanePairs
{
    private const double MinValue = 1e-15;

    /// <summary>A sphere (mjc_PlaneSphere).</summary>
    public static int Sphere<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        Ball(rows, pair, 0, Vec3<TLane>.Load(rows, pair.Position2), margin, active) ? 1 : 0;

    /// <summary>A capsule: its two end spheres (mjc_PlaneCapsule).</summary>
    public static int Capsule<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> center = Vec3<TLane>.Load(rows, pair.Position2);
        Vec3<TLane> segment = rows.Constant(pair.Size2 + 1) * Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 2);
        bool first = Ball(rows, pair, 0, center + segment, margin, active);
        bool second = Ball(rows, pair, 1, center - segment, margin, active);
        return first || second ? 2 : 0;
    }

    /// <summary>
    /// A cylinder: its lowest point, the one above it, and where the lower disk is flat enough two more of a triangle
    /// (mjc_PlaneCylinder).
    /// </summary>
    /// <remarks>
    /// The radius towards the plane is a difference of nearly equal vectors where the disk is almost parallel to it;
    /// float lanes take its part along the axis away and know its height, double lanes do as MuJoCo.
    /// </remarks>
    public static int Cylinder<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2);
        Vec3<TLane> axis = Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 2);
        Vec3<TLane> center = Vec3<TLane>.Load(rows, pair.Position2);
        TLane radius = rows.Constant(pair.Size2);
        TLane half = rows.Constant(pair.Size2 + 1);

        // axis towards the plane, with its height
        TLane alongAxis = PairMath.Dot(normal, axis);
        TLane up = alongAxis > TLane.Const(0);
        axis = PairMath.Sign(up) * axis;
        alongAxis = -TLane.Abs(alongAxis);

        // radius towards the plane, any one where the disk is parallel to it
        Vec3<TLane> down = (alongAxis * axis) - normal;
        if (TLane.ScalarSize == sizeof(float))
            down = Vec3<TLane>.MulAdd(-Vec3<TLane>.Dot(down, axis), axis, down);
        TLane square = PairMath.Dot(down, down);
        TLane parallel = square < TLane.Const(TLane.ScalarSize == sizeof(float) ? 1e-12 : MinValue * MinValue);
        TLane length = TLane.Sqrt(TLane.Select(parallel, TLane.Const(1), square));
        down = Vec3<TLane>.Select(
            parallel, radius * Mat3<TLane>.LoadColumn(rows, pair.Matrix2, 0), (radius / length) * down);
        TLane alongDown = PairMath.Dot(down, normal);
        if (TLane.ScalarSize == sizeof(float)) alongDown = TLane.Select(parallel, alongDown, -radius * length);
        axis = half * axis;
        alongAxis *= half;

        TLane height = PairMath.Dot(center - Vec3<TLane>.Load(rows, pair.Position1), normal);
        TLane lowest = height + alongAxis + alongDown;
        active &= lowest <= margin;
        if (!TLane.Any(active)) return 0;
        Point(rows, pair, 0, normal, center + down + axis, lowest, active);
        TLane above = height - alongAxis + alongDown;
        Point(rows, pair, 1, normal, center + down - axis, above, active & (above <= margin));

        // the triangle of the lower disk
        TLane beside = height + alongAxis - (TLane.Const(0.5) * alongDown);
        TLane flat = active & (beside <= margin);
        Vec3<TLane> sideways = Vec3<TLane>.Cross(down, axis);
        TLane wide = TLane.Select(flat, Vec3<TLane>.Length(sideways), TLane.Const(1));
        TLane third = radius * TLane.Const(0.8660254037844386) / wide;
        sideways = third * sideways;
        Vec3<TLane> middle = center + axis - (TLane.Const(0.5) * down);
        Point(rows, pair, 2, normal, middle + sideways, beside, flat);
        Point(rows, pair, 3, normal, middle - sideways, beside, flat);
        return 4;
    }

    /// <summary>A box: the first four of its corners that are low enough and below its center (mjc_PlaneBox).</summary>
    public static int Box<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2);
        Vec3<TLane> center = Vec3<TLane>.Load(rows, pair.Position2);
        Mat3<TLane> matrix = Mat3<TLane>.Load(rows, pair.Matrix2);
        Vec3<TLane> size = Vec3<TLane>.Constant(rows, pair.Size2);
        TLane height = PairMath.Dot(center - Vec3<TLane>.Load(rows, pair.Position1), normal);
        TLane number = TLane.Const(0);
        for (int i = 0; i < 8; i++)
        {
            Vec3<TLane> local = new(
                (i & 1) != 0 ? size.X : -size.X, (i & 2) != 0 ? size.Y : -size.Y, (i & 4) != 0 ? size.Z : -size.Z);
            Vec3<TLane> corner = new(
                PairMath.Dot(matrix.Row0, local), PairMath.Dot(matrix.Row1, local), PairMath.Dot(matrix.Row2, local));
            TLane below = PairMath.Dot(normal, corner);
            TLane found = active & (height + below <= margin) & (below <= TLane.Const(0)) & (number < TLane.Const(4));
            Point(rows, pair, i, normal, corner + center, height + below, found);
            number = TLane.Select(found, number + TLane.Const(1), number);
        }

        return TLane.Any(number > TLane.Const(0)) ? 8 : 0;
    }

    /// <summary>
    /// Writes the candidate of a sphere as large as geom 2 around a point (mjraw_PlaneSphere).
    /// </summary>
    /// <returns>Whether it exists in some world.</returns>
    private static bool Ball<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, Vec3<TLane> center, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2);
        TLane radius = rows.Constant(pair.Size2);
        TLane distance = Primitive.PlaneSphereDistance(
            Vec3<TLane>.Load(rows, pair.Position1), normal, center, radius);
        active &= distance <= margin;
        rows.Store(pair.Scratch + (slot * Candidate.Stride), active);
        if (!TLane.Any(active)) return false;
        Candidates.Store(
            rows, pair, slot, active, distance, Primitive.PlaneSpherePoint(normal, center, radius, distance), normal);
        return true;
    }

    /// <summary>Writes the candidate of a point of geom 2, halfway to the plane.</summary>
    internal static void Point<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, Vec3<TLane> normal, Vec3<TLane> point, TLane distance, TLane found)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> middle = Vec3<TLane>.MulAdd(TLane.Const(-0.5) * distance, normal, point);
        Candidates.Store(rows, pair, slot, found, distance, middle, normal);
    }
}

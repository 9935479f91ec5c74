using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Boxes around geoms along the axes of the world: the driver's first look at a pair of geoms (filterBox in
/// engine_collision_driver.c).
/// </summary>
internal static class WorldBoxes
{
    /// <summary>Integer of an entry: whether the box is a sphere's (0), a capsule's (1) or any (2).</summary>
    public const int Shape = 0;

    /// <summary>Integer of an entry: first row of the geom's position.</summary>
    public const int Position = 1;

    /// <summary>Integer of an entry: first row of its orientation matrix.</summary>
    public const int Matrix = 2;

    /// <summary>Integer of an entry: address of the box in the geom's frame, center and half sizes.</summary>
    public const int Box = 3;

    /// <summary>Integer of an entry: first row of the box in the world, center and half sizes.</summary>
    public const int Target = 4;

    /// <summary>Integers of an entry.</summary>
    public const int Stride = 5;

    /// <summary>Rows of a box in the world.</summary>
    public const int Rows = 6;

    /// <summary>Integer of a union: first row of the box around its members.</summary>
    public const int UnionTarget = 0;

    /// <summary>Integer of a union: address of the first rows of its members' boxes.</summary>
    public const int UnionMembers = 1;

    /// <summary>Integer of a union: number of members.</summary>
    public const int UnionCount = 2;

    /// <summary>Integers of a union.</summary>
    public const int UnionStride = 3;

    // so much larger, relative to size and place, that rounding never parts geoms that touch
    private const double Inflation = 1e-6;

    /// <summary>Writes the boxes of geoms that do not move.</summary>
    public static void Place<TLane, TRows>(TRows rows, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < data.ncollision_fixed; i++) Write<TLane, TRows>(rows, data.collision_box + (Stride * i));
        Join<TLane, TRows>(rows, data, 0, data.ncollision_fixed_union);
    }

    /// <summary>Writes the boxes of geoms that move.</summary>
    public static void Move<TLane, TRows>(TRows rows, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int first = data.collision_box + (Stride * data.ncollision_fixed);
        for (int i = 0; i < data.ncollision_moving; i++) Write<TLane, TRows>(rows, first + (Stride * i));
        Join<TLane, TRows>(rows, data, data.ncollision_fixed_union, data.ncollision_union);
    }

    /// <summary>Mask: no axis of the world separates two boxes by more than the margin.</summary>
    public static TLane Overlap<TLane, TRows>(TRows rows, int box1, int box2, TLane margin)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> between = Vec3<TLane>.Load(rows, box2) - Vec3<TLane>.Load(rows, box1);
        Vec3<TLane> reach = Vec3<TLane>.Load(rows, box2, 3) + Vec3<TLane>.Load(rows, box1, 3);
        return (TLane.Abs(between.X) - reach.X <= margin) & (TLane.Abs(between.Y) - reach.Y <= margin)
            & (TLane.Abs(between.Z) - reach.Z <= margin);
    }

    /// <summary>Writes boxes around several boxes each.</summary>
    private static void Join<TLane, TRows>(TRows rows, in DataRows data, int first, int end)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane half = TLane.Const(0.5);
        for (int i = first; i < end; i++)
        {
            int entry = data.collision_union + (UnionStride * i);
            int members = rows.Integer(entry + UnionMembers);
            int count = rows.Integer(entry + UnionCount);
            int member = rows.Integer(members);
            Vec3<TLane> center = Vec3<TLane>.Load(rows, member);
            Vec3<TLane> reach = Vec3<TLane>.Load(rows, member, 3);
            Vec3<TLane> low = center - reach;
            Vec3<TLane> high = center + reach;
            for (int k = 1; k < count; k++)
            {
                member = rows.Integer(members + k);
                center = Vec3<TLane>.Load(rows, member);
                reach = Vec3<TLane>.Load(rows, member, 3);
                low = new(
                    TLane.Min(low.X, center.X - reach.X), TLane.Min(low.Y, center.Y - reach.Y),
                    TLane.Min(low.Z, center.Z - reach.Z));
                high = new(
                    TLane.Max(high.X, center.X + reach.X), TLane.Max(high.Y, center.Y + reach.Y),
                    TLane.Max(high.Z, center.Z + reach.Z));
            }

            int target = rows.Integer(entry + UnionTarget);
            Store(rows, target, half * (high + low), half * (high - low));
        }
    }

    private static void Write<TLane, TRows>(TRows rows, int entry)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int shape = rows.Integer(entry + Shape);
        int box = rows.Integer(entry + Box);
        int target = rows.Integer(entry + Target);
        Mat3<TLane> matrix = Mat3<TLane>.Load(rows, rows.Integer(entry + Matrix));
        Vec3<TLane> half = Vec3<TLane>.Constant(rows, box + 3);
        Vec3<TLane> center = matrix * Vec3<TLane>.Constant(rows, box);
        center += Vec3<TLane>.Load(rows, rows.Integer(entry + Position));
        Vec3<TLane> reach = half;
        if (shape == 2)
        {
            reach = new(
                Vec3<TLane>.Dot(PairMath.Abs(matrix.Row0), half), Vec3<TLane>.Dot(PairMath.Abs(matrix.Row1), half),
                Vec3<TLane>.Dot(PairMath.Abs(matrix.Row2), half));
        }
        else if (shape == 1)
        {
            // a radius, and the segment along z
            TLane segment = half.Z - half.X;
            Vec3<TLane> axis = new(matrix.Row0.Z, matrix.Row1.Z, matrix.Row2.Z);
            reach = Vec3<TLane>.MulAdd(segment, PairMath.Abs(axis), new(half.X, half.X, half.X));
        }

        Store(rows, target, center, reach);
    }

    private static void Store<TLane, TRows>(TRows rows, int target, Vec3<TLane> center, Vec3<TLane> reach)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        center.Store(rows, target);
        Vec3<TLane>.MulAdd(TLane.Const(Inflation), PairMath.Abs(center) + reach, reach).Store(rows, target + 3);
    }
}

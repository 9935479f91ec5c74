using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Support functions: the point of a shape farthest along a direction, with MuJoCo's ties (mjc_*Support in
/// engine_collision_convex.c, support in engine_collision_gjk.c).
/// </summary>
internal static class ConvexSupport
{
    // comparing so many vertices takes as long as a search along edges
    private const int MaxCompared = 96;

    /// <summary>
    /// Writes the point of the difference of the two shapes farthest along the direction of the scratch, and the
    /// points it is made of.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="pair">The shapes.</param>
    /// <param name="vertex">First row of the vertex.</param>
    /// <param name="active">Worlds that search; hulls of the others keep their starting vertex.</param>
    public static void Run<TLane, TRows>(TRows rows, in ConvexPair pair, int vertex, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> direction = Vec3<TLane>.Load(rows, pair.At, ConvexRows.Direction);
        Vec3<TLane> point1 = Point(rows, pair.Shape1, direction, active);
        Vec3<TLane> point2 = Point(rows, pair.Shape2, -direction, active);
        (point1 - point2).Store(rows, vertex);
        point1.Store(rows, vertex, 3);
        point2.Store(rows, vertex, 6);
    }

    private static Vec3<TLane> Point<TLane, TRows>(
        TRows rows, in ConvexShape shape, in Vec3<TLane> direction, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> point = shape.Kind switch
        {
            ConvexKind.Point => Vec3<TLane>.Load(rows, shape.Center),
            ConvexKind.Sphere => (rows.Constant(shape.Size) * direction) + Vec3<TLane>.Load(rows, shape.Center),
            ConvexKind.Segment => Segment(rows, shape, direction),
            ConvexKind.Capsule => Capsule(rows, shape, direction),
            ConvexKind.Cylinder => Cylinder(rows, shape, direction),
            ConvexKind.Box => Box(rows, shape, direction),
            _ => Hull(rows, shape, direction, active),
        };
        return point + (rows.Load(shape.Margin) * direction);
    }

    private static Vec3<TLane> Segment<TLane, TRows>(TRows rows, in ConvexShape shape, in Vec3<TLane> direction)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> axis = Mat3<TLane>.LoadColumn(rows, shape.Matrix, 2);
        TLane length = rows.Constant(shape.Size + 1);
        TLane z = TLane.Select(ConvexMath.Dot(axis, direction) >= zero, length, -length);
        return (z * axis) + Vec3<TLane>.Load(rows, shape.Center);
    }

    private static Vec3<TLane> Capsule<TLane, TRows>(TRows rows, in ConvexShape shape, in Vec3<TLane> direction)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> local = ToLocal(rows, shape, direction);
        TLane length = rows.Constant(shape.Size + 1);
        Vec3<TLane> sphere = rows.Constant(shape.Size) * local;
        TLane z = TLane.Select(local.Z >= TLane.Const(0), length, -length);
        return ToGlobal(rows, shape, new Vec3<TLane>(sphere.X, sphere.Y, sphere.Z + z));
    }

    private static Vec3<TLane> Cylinder<TLane, TRows>(TRows rows, in ConvexShape shape, in Vec3<TLane> direction)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> local = ToLocal(rows, shape, direction);
        TLane length = rows.Constant(shape.Size + 1);
        TLane square = (local.X * local.X) + (local.Y * local.Y);
        TLane along = square > TLane.Const(ConvexMath.MinValue * ConvexMath.MinValue);
        TLane scale = rows.Constant(shape.Size) / TLane.Sqrt(TLane.Select(along, square, TLane.Const(1)));
        TLane x = TLane.Select(along, local.X * scale, zero);
        TLane y = TLane.Select(along, local.Y * scale, zero);

        // straight across the axis the point is on neither rim
        TLane z = TLane.Select(local.Z > zero, length, TLane.Select(local.Z < zero, -length, zero));
        return ToGlobal(rows, shape, new Vec3<TLane>(x, y, z));
    }

    private static Vec3<TLane> Box<TLane, TRows>(TRows rows, in ConvexShape shape, in Vec3<TLane> direction)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> local = ToLocal(rows, shape, direction);
        Vec3<TLane> size = Vec3<TLane>.Constant(rows, shape.Size);
        return ToGlobal(rows, shape, new Vec3<TLane>(
            TLane.Select(local.X >= zero, size.X, -size.X),
            TLane.Select(local.Y >= zero, size.Y, -size.Y),
            TLane.Select(local.Z >= zero, size.Z, -size.Z)));
    }

    private static Vec3<TLane> Hull<TLane, TRows>(
        TRows rows, in ConvexShape shape, in Vec3<TLane> direction, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // in double as MuJoCo does, for its ties; in float what is faster
        if (TLane.ScalarSize == sizeof(float) ? shape.Count <= MaxCompared : shape.Kind == ConvexKind.SmallHull)
            return SmallHull(rows, shape, direction, active);
        return ToGlobal(rows, shape, HullSearch.Climb(rows, shape, ToLocal(rows, shape, direction), active));
    }

    /// <summary>All vertices are compared; the one found last stays where none is better.</summary>
    private static Vec3<TLane> SmallHull<TLane, TRows>(
        TRows rows, in ConvexShape shape, in Vec3<TLane> direction, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> local = ToLocal(rows, shape, direction);
        TLane warm = rows.Load(shape.Warm);
        TLane known = active & (warm >= TLane.Const(0));
        TLane best = TLane.Select(known, warm, TLane.Const(0));
        Vec3<TLane> vertex = HullSearch.Vertex(rows, shape, best);
        TLane max = TLane.Select(known, ConvexMath.Dot(local, vertex), TLane.Const(-float.MaxValue));
        for (int i = 0; i < shape.Count; i++)
        {
            Vec3<TLane> candidate = Vec3<TLane>.Constant(rows, shape.Hull + (ConvexTables.VertexStride * i));
            TLane dot = ConvexMath.Dot(local, candidate);
            TLane better = dot > max;
            max = TLane.Select(better, dot, max);
            best = TLane.Select(better, TLane.Const(i), best);
            vertex = Vec3<TLane>.Select(better, candidate, vertex);
        }

        rows.Store(shape.Warm, TLane.Select(active, best, warm));
        return ToGlobal(rows, shape, vertex);
    }

    /// <summary>A direction in the shape's frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec3<TLane> ToLocal<TLane, TRows>(TRows rows, in ConvexShape shape, in Vec3<TLane> direction)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => new(
            ConvexMath.Dot(Mat3<TLane>.LoadColumn(rows, shape.Matrix, 0), direction),
            ConvexMath.Dot(Mat3<TLane>.LoadColumn(rows, shape.Matrix, 1), direction),
            ConvexMath.Dot(Mat3<TLane>.LoadColumn(rows, shape.Matrix, 2), direction));

    /// <summary>A point of the shape's frame in the frame of the call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec3<TLane> ToGlobal<TLane, TRows>(TRows rows, in ConvexShape shape, in Vec3<TLane> point)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => new Vec3<TLane>(
            ConvexMath.Dot(Vec3<TLane>.Load(rows, shape.Matrix), point),
            ConvexMath.Dot(Vec3<TLane>.Load(rows, shape.Matrix, 3), point),
            ConvexMath.Dot(Vec3<TLane>.Load(rows, shape.Matrix, 6), point)) + Vec3<TLane>.Load(rows, shape.Center);
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// A plane and the hull of a mesh: the lowest vertex and up to two of its neighbors (mjc_PlaneConvex in
/// engine_collision_convex.c).
/// </summary>
/// <remarks>
/// Of more than two neighbors that are low enough the hull's first two count; MuJoCo's hull may name others first.
/// </remarks>
internal static class PlaneMesh
{
    private const int MaxContacts = 3;

    // neighbors nearer to the first contact than this part of the bounding sphere's radius do not count
    private const double Apart = 0.3;

    /// <summary>Writes the candidates.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="data">Where hulls lie.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="geom2">The geom with the mesh.</param>
    /// <param name="radius">Radius of its bounding sphere.</param>
    /// <param name="margin">Distance up to which the geoms touch.</param>
    /// <param name="active">Mask of the worlds to look at.</param>
    /// <returns>Number of candidates.</returns>
    public static int Collide<TLane, TRows>(
        TRows rows, in DataRows data, in CollisionPair pair, int geom2, TLane radius, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // direction to the plane in the frame of the mesh
        Vec3<TLane> down = -SphereBox.ToBox<TLane, TRows>(
            rows, pair, Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2));
        ConvexShape shape = ConvexShape.Load<TLane, TRows>(rows, data, geom2, 1);
        rows.Store(shape.Warm, TLane.Const(-1));
        Vec3<TLane> lowest = HullSearch.Climb(rows, shape, down, active);
        active = Put(rows, pair, 0, lowest, margin, active);
        if (!TLane.Any(active)) return 0;
        Neighbors(rows, pair, shape, down, radius, margin, active);
        return MaxContacts;
    }

    private static void Neighbors<TLane, TRows>(
        TRows rows, in CollisionPair pair, in ConvexShape shape, Vec3<TLane> down, TLane radius, TLane margin,
        TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int slot = 1; slot < MaxContacts; slot++)
            rows.Store(pair.Scratch + (slot * Candidate.Stride), TLane.Const(0));
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2);
        TLane height = PairMath.Dot(
            normal, Vec3<TLane>.Load(rows, pair.Position2) - Vec3<TLane>.Load(rows, pair.Position1));
        TLane threshold = height - margin;
        Vec3<TLane> first = Vec3<TLane>.Load(rows, pair.Scratch, Candidate.Position);
        TLane address = TLane.MulAdd(
            TLane.Const(ConvexTables.VertexStride), rows.Load(shape.Warm), TLane.Const(shape.Hull));
        TLane edge = rows.GatherConstant(address + TLane.Const(ConvexTables.Neighbor));
        TLane count = rows.GatherConstant(address + TLane.Const(ConvexTables.NeighborCount));
        TLane number = TLane.Const(1);
        for (int i = 0; ; i++)
        {
            TLane here = active & (TLane.Const(i) < count) & (number < TLane.Const(MaxContacts));
            if (!TLane.Any(here)) break;

            // low enough, and far enough from the first
            TLane neighbor = rows.GatherConstant(TLane.Select(here, edge + TLane.Const(i), edge));
            Vec3<TLane> vertex = HullSearch.Vertex(rows, shape, neighbor);
            Vec3<TLane> between = ToWorld<TLane, TRows>(rows, pair, vertex) - first;
            TLane apart = TLane.Sqrt(PairMath.Dot(between, between)) >= TLane.Const(Apart) * radius;
            TLane found = here & (PairMath.Dot(down, vertex) > threshold) & apart;
            for (int slot = 1; slot < MaxContacts; slot++)
            {
                TLane next = found & TLane.Same(number, TLane.Const(slot));
                if (TLane.Any(next)) Merge(rows, pair, slot, vertex, next);
            }

            number = TLane.Select(found, number + TLane.Const(1), number);
        }
    }

    private static TLane Put<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, Vec3<TLane> vertex, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> point = ToWorld<TLane, TRows>(rows, pair, vertex);
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2);
        TLane distance = PairMath.Dot(normal, point - Vec3<TLane>.Load(rows, pair.Position1));
        active &= distance <= margin;
        PlanePairs.Point(rows, pair, slot, normal, point, distance, active);
        return active;
    }

    private static void Merge<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, Vec3<TLane> vertex, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> point = ToWorld<TLane, TRows>(rows, pair, vertex);
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, pair.Matrix1, 2);
        TLane distance = PairMath.Dot(normal, point - Vec3<TLane>.Load(rows, pair.Position1));
        Vec3<TLane> middle = Vec3<TLane>.MulAdd(TLane.Const(-0.5) * distance, normal, point);
        Candidates.Merge(rows, pair, slot, worlds, worlds, distance, middle, normal);
    }

    private static Vec3<TLane> ToWorld<TLane, TRows>(TRows rows, in CollisionPair pair, Vec3<TLane> point)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Mat3<TLane> matrix = Mat3<TLane>.Load(rows, pair.Matrix2);
        Vec3<TLane> turned = new(
            PairMath.Dot(matrix.Row0, point), PairMath.Dot(matrix.Row1, point), PairMath.Dot(matrix.Row2, point));
        return turned + Vec3<TLane>.Load(rows, pair.Position2);
    }
}

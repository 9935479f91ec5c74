using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Search along the edges of a hull (mjc_hillclimbSupport in engine_collision_convex.c).</summary>
internal static class HullSearch
{
    /// <summary>Position of each world's own vertex.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Vertex<TLane, TRows>(TRows rows, in ConvexShape shape, TLane vertex)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane address = (TLane.Const(ConvexTables.VertexStride) * vertex) + TLane.Const(shape.Hull);
        return new(
            rows.GatherConstant(address),
            rows.GatherConstant(address + TLane.Const(1)),
            rows.GatherConstant(address + TLane.Const(2)));
    }

    /// <summary>
    /// The vertex farthest along a direction of the hull's frame, from where the last search ended. The start itself
    /// is not looked at before a neighbor is: MuJoCo steps away and comes back, which decides ties. In float ties do
    /// not matter, and the search starts nearer.
    /// </summary>
    public static Vec3<TLane> Climb<TLane, TRows>(TRows rows, in ConvexShape shape, in Vec3<TLane> local, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane warm = rows.Load(shape.Warm);
        TLane best = TLane.Select(active & (warm > zero), warm, zero);
        TLane max = TLane.Const(-float.MaxValue);
        if (TLane.ScalarSize == sizeof(float)) best = Nearer(rows, shape, local, best, out max);
        TLane moving = active;

        // every round but the last finds a higher vertex, so there are no more rounds than vertices
        for (int round = 0; round <= shape.Count && TLane.Any(moving); round++)
        {
            TLane last = best;
            TLane address = (TLane.Const(ConvexTables.VertexStride) * best) + TLane.Const(shape.Hull);
            TLane edge = rows.GatherConstant(address + TLane.Const(ConvexTables.Neighbor));
            TLane count = rows.GatherConstant(address + TLane.Const(ConvexTables.NeighborCount));
            for (int i = 0; ; i++)
            {
                TLane here = moving & (TLane.Const(i) < count);
                if (!TLane.Any(here)) break;
                TLane neighbor = rows.GatherConstant(TLane.Select(here, edge + TLane.Const(i), edge));
                TLane dot = ConvexMath.Dot(local, Vertex(rows, shape, neighbor));
                TLane better = here & (dot > max);
                max = TLane.Select(better, dot, max);
                best = TLane.Select(better, neighbor, best);
            }

            moving &= ~TLane.Same(best, last);
        }

        rows.Store(shape.Warm, TLane.Select(active, best, warm));
        return Vertex(rows, shape, best);
    }

    /// <summary>
    /// Of a vertex and the one that is farthest along the middle of the direction's cell, the one farther along the
    /// direction, and how far it is.
    /// </summary>
    private static TLane Nearer<TLane, TRows>(
        TRows rows, in ConvexShape shape, in Vec3<TLane> local, TLane vertex, out TLane max)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane x = TLane.Abs(local.X);
        TLane y = TLane.Abs(local.Y);
        TLane z = TLane.Abs(local.Z);
        TLane useX = (x >= y) & (x >= z);
        TLane useY = ~useX & (y >= z);
        TLane main = TLane.Select(useX, local.X, TLane.Select(useY, local.Y, local.Z));
        TLane next = TLane.Select(useX, local.Y, TLane.Select(useY, local.Z, local.X));
        TLane last = TLane.Select(useX, local.Z, TLane.Select(useY, local.X, local.Y));
        TLane scale = TLane.Const(ConvexTables.Cells / 2) / TLane.Abs(main);
        TLane side = TLane.Select(useX, zero, TLane.Select(useY, TLane.Const(2), TLane.Const(4)))
            + TLane.Select(main < zero, TLane.Const(1), zero);
        TLane cell = (TLane.Const(ConvexTables.Cells) * ((TLane.Const(ConvexTables.Cells) * side) + Cell(next * scale)))
            + Cell(last * scale);
        int first = shape.Hull + (ConvexTables.VertexStride * shape.Count);
        TLane candidate = rows.GatherConstant(cell + TLane.Const(first));
        TLane dot = ConvexMath.Dot(local, Vertex(rows, shape, candidate));
        max = ConvexMath.Dot(local, Vertex(rows, shape, vertex));
        TLane better = dot > max;
        max = TLane.Select(better, dot, max);
        return TLane.Select(better, candidate, vertex);
    }

    /// <summary>Number of the cell along an edge of the cube, a valid one for any number.</summary>
    private static TLane Cell<TLane>(TLane coordinate)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane shifted = coordinate + TLane.Const(ConvexTables.Cells / 2);
        return TLane.Truncate(TLane.Max(TLane.Min(shifted, TLane.Const(ConvexTables.Cells - 1)), TLane.Const(0)));
    }
}

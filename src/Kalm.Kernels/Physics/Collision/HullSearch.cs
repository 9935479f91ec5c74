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
    /// is not looked at before a neighbor is: MuJoCo steps away and comes back, which decides ties.
    /// </summary>
    public static Vec3<TLane> Climb<TLane, TRows>(TRows rows, in ConvexShape shape, in Vec3<TLane> local, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane warm = rows.Load(shape.Warm);
        TLane best = TLane.Select(active & (warm > zero), warm, zero);
        TLane max = TLane.Const(-float.MaxValue);
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
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Distance of two convex shapes (gjk in engine_collision_gjk.c): a simplex of the difference of the shapes walks
/// towards the origin.
/// </summary>
/// <remarks>
/// Vertices lie one after the other, vertex k of all worlds in the same rows; the simplex holds the points of the
/// difference and where their vertices lie.
/// </remarks>
internal static class Gjk
{
    /// <summary>
    /// Runs GJK in the worlds of a mask, from the centers of the shapes: writes Closest, Lambda, Count, Simplex, and
    /// Distance (mjMAXVAL where the shapes are apart).
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="pair">The shapes.</param>
    /// <param name="active">Worlds that take part.</param>
    /// <param name="distances">
    /// Whether distances up to the cutoff matter; if not, a separating direction is enough, and once the simplex is
    /// a tetrahedron it only has to enclose the origin.
    /// </param>
    public static void Run<TLane, TRows>(TRows rows, in ConvexPair pair, TLane active, bool distances)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        TLane zero = TLane.Const(0);
        (Vec3<TLane>.Load(rows, pair.Shape1.Center) - Vec3<TLane>.Load(rows, pair.Shape2.Center))
            .Store(rows, at + ConvexRows.Closest);
        rows.Store(at + ConvexRows.Lambda, TLane.Const(1));
        rows.Store(at + ConvexRows.Lambda, 1, zero);
        rows.Store(at + ConvexRows.Lambda, 2, zero);
        rows.Store(at + ConvexRows.Lambda, 3, zero);
        rows.Store(at + ConvexRows.Count, zero);
        rows.Store(at + ConvexRows.Iteration, zero);
        rows.Store(at + ConvexRows.Distance, TLane.Const(-1));

        // worlds with a tetrahedron wait for each other; where it cannot be decided GJK goes on as if for distances
        int vertex = at + ConvexRows.Vertices;
        TLane waiting = Walk(rows, pair, active, distances, resumed: false, ref vertex);
        if (TLane.Any(waiting))
        {
            TLane open = GjkIntersect.Run(rows, pair, waiting, ref vertex);
            if (TLane.Any(open)) Walk(rows, pair, open, distances, resumed: true, ref vertex);
        }

        TLane distance = rows.Load(at + ConvexRows.Distance);
        TLane length = ConvexMath.Length(Vec3<TLane>.Load(rows, at, ConvexRows.Closest));
        rows.Store(at + ConvexRows.Distance, TLane.Select(distance < zero, length, distance));
    }

    /// <summary>First row of the vertex after another.</summary>
    public static int Next(int at, int vertex)
    {
        int next = vertex + ConvexRows.VertexStride;
        return next == at + ConvexRows.Kept ? at + ConvexRows.Faces : next;
    }

    /// <summary>Worlds whose tetrahedron waits to be tested.</summary>
    private static TLane Walk<TLane, TRows>(
        TRows rows, in ConvexPair pair, TLane active, bool distances, bool resumed, ref int vertex)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        TLane waiting = TLane.Const(0);
        bool extended = resumed;
        while (TLane.Any(active))
        {
            if (!extended)
            {
                Towards<TLane, TRows>(rows, at);
                ConvexSupport.Run(rows, pair, vertex, active);
                active = Extend(rows, at, vertex, active, distances);
                vertex = Next(at, vertex);
                if (!distances && !resumed)
                {
                    TLane full = active & TLane.Same(rows.Load(at + ConvexRows.Count), TLane.Const(3));
                    waiting |= full;
                    active &= ~full;
                }

                if (!TLane.Any(active)) break;
            }

            extended = false;
            GjkDistance.Run(rows, at, active);
            active = Advance(rows, at, active);
        }

        return waiting;
    }

    /// <summary>Direction from the closest point to the origin (gjkSupport).</summary>
    private static void Towards<TLane, TRows>(TRows rows, int at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        Vec3<TLane> x = Vec3<TLane>.Load(rows, at, ConvexRows.Closest);
        TLane square = ConvexMath.Dot(x, x);
        TLane usable = square > TLane.Const(ConvexMath.MinValue * ConvexMath.MinValue);
        TLane scale = one / TLane.Sqrt(TLane.Select(usable, square, one));
        Vec3<TLane>.Select(usable, -(scale * x), new(-one, zero, zero)).Store(rows, at, ConvexRows.Direction);
    }

    /// <summary>
    /// Appends a vertex to the simplex; the worlds that go on: the vertex is nearer to the origin, and its plane does
    /// not separate the shapes.
    /// </summary>
    private static TLane Extend<TLane, TRows>(TRows rows, int at, int vertex, TLane active, bool distances)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane count = rows.Load(at + ConvexRows.Count);
        Vec3<TLane> x = Vec3<TLane>.Load(rows, at, ConvexRows.Closest);
        Vec3<TLane> s = Vec3<TLane>.Load(rows, vertex);
        for (int i = 0; i < 4; i++)
        {
            TLane here = active & TLane.Same(count, TLane.Const(i));
            if (!TLane.Any(here)) continue;
            int place = at + ConvexRows.Simplex + (i * ConvexRows.SimplexStride);
            ConvexMath.Store(rows, place, here, s);
            ConvexMath.Store(rows, place + ConvexRows.SimplexVertex, here, TLane.Const(vertex));
        }

        // the gap bounds how much nearer than x the closest point may be (Frank and Wolfe)
        TLane gap = TLane.Const(2) * ConvexMath.Dot(x, x - s);
        TLane converged = active & (gap < Gap(rows, at, x, s));
        TLane first = converged & TLane.Same(rows.Load(at + ConvexRows.Iteration), zero);
        count = TLane.Select(first, TLane.Const(1), count);
        active &= ~converged;

        TLane xs = ConvexMath.Dot(x, s);
        TLane apart = active & (xs > zero);
        if (distances) apart &= (xs * xs / ConvexMath.Dot(x, x)) >= rows.Load(at + ConvexRows.Cutoff2);
        ConvexMath.Store(rows, at + ConvexRows.Distance, apart, TLane.Const(ConvexMath.MaxValue));
        rows.Store(at + ConvexRows.Count, TLane.Select(apart, zero, count));
        return active & ~apart;
    }

    /// <summary>The gap below which nothing is to be gained.</summary>
    private static TLane Gap<TLane, TRows>(TRows rows, int at, in Vec3<TLane> x, in Vec3<TLane> s)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane gap = rows.Load(at + ConvexRows.Gap);
        if (TLane.ScalarSize != sizeof(float)) return gap;

        // in float it is lost in the rounding of its terms, or the origin in that of the simplex
        TLane square = ConvexMath.Dot(x, x);
        TLane noise = TLane.Const(2e-7) * TLane.Sqrt(square * ConvexMath.Dot(s, s));
        TLane inside = (square < TLane.Const(1e-14)) & (rows.Load(at + ConvexRows.Count) > TLane.Const(0));
        return TLane.Select(inside, TLane.Const(ConvexMath.MaxValue), TLane.Max(gap, noise));
    }

    /// <summary>
    /// Drops the vertices that do not carry the closest point and computes it; the worlds that go on: it moves, it is
    /// not inside the simplex, and iterations are left.
    /// </summary>
    private static TLane Advance<TLane, TRows>(TRows rows, int at, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane count = Compact(rows, at, active);
        ConvexMath.Store(rows, at + ConvexRows.Count, active, count);

        Vec3<TLane> next = Combine(rows, at, count);
        Vec3<TLane> moved = next - Vec3<TLane>.Load(rows, at, ConvexRows.Closest);
        TLane least = TLane.Const(ConvexMath.MinValue);
        active &= ~((TLane.Abs(moved.X) < least) & (TLane.Abs(moved.Y) < least) & (TLane.Abs(moved.Z) < least));
        ConvexMath.Store(rows, at + ConvexRows.Closest, active, next);

        TLane inside = TLane.Same(count, TLane.Const(4));
        if (TLane.ScalarSize == sizeof(float)) ConvexMath.Store(rows, at + ConvexRows.Distance, active & inside, zero);
        active &= ~inside;
        TLane iteration = rows.Load(at + ConvexRows.Iteration) + TLane.Select(active, TLane.Const(1), zero);
        rows.Store(at + ConvexRows.Iteration, iteration);
        return active & (iteration < TLane.Const(ConvexRows.Iterations));
    }

    /// <summary>Moves the vertices with a coordinate to the front; their number.</summary>
    private static TLane Compact<TLane, TRows>(TRows rows, int at, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane count = TLane.Const(0);
        for (int i = 0; i < 4; i++)
        {
            TLane lambda = rows.Load(at + ConvexRows.Lambda + i);
            TLane keep = active & ~TLane.Same(lambda, TLane.Const(0));
            int from = at + ConvexRows.Simplex + (i * ConvexRows.SimplexStride);
            for (int j = 0; j < i; j++)
            {
                TLane move = keep & TLane.Same(count, TLane.Const(j));
                if (!TLane.Any(move)) continue;
                int to = at + ConvexRows.Simplex + (j * ConvexRows.SimplexStride);
                ConvexMath.Store(rows, to, move, Vec3<TLane>.Load(rows, from));
                ConvexMath.Store(
                    rows, to + ConvexRows.SimplexVertex, move, rows.Load(from + ConvexRows.SimplexVertex));
                ConvexMath.Store(rows, at + ConvexRows.Lambda + j, move, lambda);
            }

            count += TLane.Select(keep, TLane.Const(1), TLane.Const(0));
        }

        return count;
    }

    /// <summary>The point of the simplex with the barycentric coordinates of the scratch (lincomb).</summary>
    private static Vec3<TLane> Combine<TLane, TRows>(TRows rows, int at, TLane count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int simplex = at + ConvexRows.Simplex;
        Vec3<TLane> sum = rows.Load(at + ConvexRows.Lambda) * Vec3<TLane>.Load(rows, simplex);
        for (int i = 1; i < 4; i++)
        {
            TLane used = count > TLane.Const(i);
            if (!TLane.Any(used)) break;
            Vec3<TLane> vertex = Vec3<TLane>.Load(rows, simplex + (i * ConvexRows.SimplexStride));
            sum = Vec3<TLane>.Select(used, sum + (rows.Load(at + ConvexRows.Lambda + i) * vertex), sum);
        }

        return sum;
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Contact of two convex shapes (mjc_Convex in engine_collision_convex.c, mjc_ccd in engine_collision_gjk.c): GJK
/// for the distance, EPA for the depth where they overlap. One contact per pair.
/// </summary>
/// <remarks>
/// In float the shapes are taken relative to the center of the first, which keeps the digits of small distances far
/// from the world's origin; in double they stay where they are, for MuJoCo's decisions to the last bit.
/// </remarks>
internal static class Convex
{
    private const double Tolerance = 1e-6;

    /// <summary>
    /// Writes distance, position (3), and normal (3) to rows from <paramref name="result"/> on, in the worlds that
    /// have a contact.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="data">Where poses, tables, and scratch lie.</param>
    /// <param name="geom1">First geom, the one with the lower type.</param>
    /// <param name="geom2">Second geom.</param>
    /// <param name="margin">Distance at which contacts are detected.</param>
    /// <param name="active">Worlds to look at.</param>
    /// <param name="result">First row of the result.</param>
    /// <returns>Worlds that have a contact.</returns>
    public static TLane Collide<TLane, TRows>(
        TRows rows, in DataRows data, int geom1, int geom2, TLane margin, TLane active, int result)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = data.convex;
        ConvexShape shape1 = ConvexShape.Load<TLane, TRows>(rows, data, geom1, 0);
        ConvexShape shape2 = ConvexShape.Load<TLane, TRows>(rows, data, geom2, 1);
        Vec3<TLane> position1 = Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + geom1));
        Vec3<TLane> position2 = Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + geom2));
        TLane zero = TLane.Const(0);
        Vec3<TLane> origin = TLane.ScalarSize == sizeof(float) ? position1 : new(zero, zero, zero);
        (position1 - origin).Store(rows, shape1.Center);
        (position2 - origin).Store(rows, shape2.Center);
        rows.Store(shape1.Warm, TLane.Const(-1));
        rows.Store(shape2.Warm, TLane.Const(-1));

        // corners that nothing inflates are finitely many, and GJK ends by itself
        TLane gap = TLane.Const(Tolerance * Tolerance);
        bool discrete = shape1.Discrete && shape2.Discrete;
        rows.Store(at + ConvexRows.Gap, discrete ? TLane.Select(TLane.Same(margin, zero), zero, gap) : gap);
        TLane contact = zero;
        if (shape1.Round || shape2.Round) contact = Shallow(rows, at, shape1, shape2, margin, ref active);
        if (TLane.Any(active)) contact |= Deep(rows, new(at, shape1, shape2), margin, active);
        if (TLane.Any(contact)) Write(rows, at, origin, margin, contact, result);
        return contact;
    }

    /// <summary>
    /// Contacts of spheres and capsules as of points and segments with a radius: the witness points of the points and
    /// segments, moved out by the radius (inflate).
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="at">First row of the scratch.</param>
    /// <param name="shape1">First shape.</param>
    /// <param name="shape2">Second shape.</param>
    /// <param name="margin">Distance at which contacts are detected.</param>
    /// <param name="active">Worlds to look at; then those where points and segments overlap already.</param>
    private static TLane Shallow<TLane, TRows>(
        TRows rows, int at, in ConvexShape shape1, in ConvexShape shape2, TLane margin, ref TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane half = TLane.Const(0.5) * margin;
        TLane radius1 = shape1.Round ? rows.Constant(shape1.Size) + half : zero;
        TLane radius2 = shape2.Round ? rows.Constant(shape2.Size) + half : zero;
        TLane radii = radius1 + radius2;
        rows.Store(shape1.Margin, shape1.Round ? zero : half);
        rows.Store(shape2.Margin, shape2.Round ? zero : half);
        rows.Store(at + ConvexRows.Cutoff2, radii * radii);
        Gjk.Run(rows, new(at, shape1.Core(), shape2.Core()), active, distances: true);

        TLane distance = rows.Load(at + ConvexRows.Distance);
        TLane shallow = active & (distance > TLane.Const(Tolerance));
        active &= ~shallow;
        TLane contact = shallow & (distance - radii < zero);
        if (!TLane.Any(contact)) return contact;
        Witness(rows, at, contact, out Vec3<TLane> point1, out Vec3<TLane> point2);
        Vec3<TLane> normal = ConvexMath.Normalize(point2 - point1);
        ConvexMath.Store(rows, at + ConvexRows.Witness, contact, point1 + (radius1 * normal));
        ConvexMath.Store(rows, at + ConvexRows.Witness + 3, contact, point2 - (radius2 * normal));
        ConvexMath.Store(rows, at + ConvexRows.Axis, contact, normal);
        ConvexMath.Store(rows, at + ConvexRows.Depth, contact, distance - radii);
        return contact;
    }

    /// <summary>Points of the shapes with the barycentric coordinates of GJK.</summary>
    private static void Witness<TLane, TRows>(
        TRows rows, int at, TLane active, out Vec3<TLane> point1, out Vec3<TLane> point2)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane count = rows.Load(at + ConvexRows.Count);
        point1 = new(zero, zero, zero);
        point2 = point1;
        for (int i = 0; i < 4; i++)
        {
            TLane used = active & (count > TLane.Const(i));
            TLane vertex = rows.Load(
                at + ConvexRows.Simplex + (i * ConvexRows.SimplexStride) + ConvexRows.SimplexVertex);
            vertex = TLane.Select(used, vertex, TLane.Const(at + ConvexRows.Vertices));
            TLane lambda = rows.Load(at + ConvexRows.Lambda + i);
            Vec3<TLane> add1 = lambda * ConvexMath.Gather(rows, vertex, 3);
            Vec3<TLane> add2 = lambda * ConvexMath.Gather(rows, vertex, 6);
            point1 = Vec3<TLane>.Select(used, point1 + add1, point1);
            point2 = Vec3<TLane>.Select(used, point2 + add2, point2);
        }
    }

    /// <summary>Contacts of shapes that overlap within the margin.</summary>
    private static TLane Deep<TLane, TRows>(TRows rows, in ConvexPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane half = TLane.Const(0.5) * margin;
        rows.Store(pair.Shape1.Margin, half);
        rows.Store(pair.Shape2.Margin, half);
        TLane contact = Overlap(rows, pair, active, out TLane unsure);
        if (TLane.ScalarSize != sizeof(float) || !TLane.Any(unsure)) return contact;

        // in float the origin can be lost in the rounding of a face: move the second shape a little, each time
        // elsewhere
        contact |= Nudge(rows, pair, new(TLane.Const(0.6e-6), TLane.Const(0.5e-6), TLane.Const(-0.62e-6)), ref unsure);
        contact |= Nudge(rows, pair, new(TLane.Const(-1.1e-6), TLane.Const(0.4e-6), TLane.Const(0.3e-6)), ref unsure);
        return contact | Nudge(
            rows, pair, new(TLane.Const(0.2e-6), TLane.Const(-1.5e-6), TLane.Const(0.7e-6)), ref unsure);
    }

    private static TLane Nudge<TLane, TRows>(TRows rows, in ConvexPair pair, in Vec3<TLane> by, ref TLane unsure)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (!TLane.Any(unsure)) return unsure;
        int center = pair.Shape2.Center;
        ConvexMath.Store(rows, center, unsure, Vec3<TLane>.Load(rows, center) + by);
        return Overlap(rows, pair, unsure, out unsure);
    }

    /// <summary>
    /// Writes witness points and depth where the shapes overlap; worlds in which a face of the difference was found.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="pair">The shapes.</param>
    /// <param name="active">Worlds to look at.</param>
    /// <param name="unsure">Worlds that overlap, but without a confirmed face.</param>
    private static TLane Overlap<TLane, TRows>(TRows rows, in ConvexPair pair, TLane active, out TLane unsure)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.At;
        Gjk.Run(rows, pair, active, distances: false);

        // a single point at the origin touches and does not overlap
        TLane overlap = active & (rows.Load(at + ConvexRows.Distance) <= TLane.Const(Tolerance))
            & (rows.Load(at + ConvexRows.Count) > TLane.Const(1));
        unsure = overlap;
        if (!TLane.Any(overlap)) return overlap;
        TLane started = EpaStart.Run(rows, pair, overlap);
        if (!TLane.Any(started)) return started;
        TLane found = Epa.Run(rows, pair, started, out TLane sure);
        unsure = overlap & ~sure;
        if (TLane.Any(found)) FaceWitness(rows, at, found);
        return found;
    }

    /// <summary>Points of the shapes where the closest face is closest (epaWitness).</summary>
    private static void FaceWitness<TLane, TRows>(TRows rows, int at, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int corner = at + ConvexRows.Best + ConvexRows.FaceVertex;
        TLane unused = TLane.Const(at + ConvexRows.Vertices);
        TLane vertex1 = TLane.Select(active, rows.Load(corner), unused);
        TLane vertex2 = TLane.Select(active, rows.Load(corner, 1), unused);
        TLane vertex3 = TLane.Select(active, rows.Load(corner, 2), unused);
        TriangleArea<TLane> area = TriangleArea<TLane>.Of(
            ConvexMath.Gather(rows, vertex1, 0), ConvexMath.Gather(rows, vertex2, 0),
            ConvexMath.Gather(rows, vertex3, 0), Vec3<TLane>.Load(rows, at, ConvexRows.Best));
        Vec3<TLane> l = new(area.Part1 / area.Whole, area.Part2 / area.Whole, area.Part3 / area.Whole);
        Vec3<TLane> point1 = EpaFace.Combine(
            l, ConvexMath.Gather(rows, vertex1, 3), ConvexMath.Gather(rows, vertex2, 3),
            ConvexMath.Gather(rows, vertex3, 3));
        ConvexMath.Store(rows, at + ConvexRows.Witness, active, point1);
        Vec3<TLane> point2 = EpaFace.Combine(
            l, ConvexMath.Gather(rows, vertex1, 6), ConvexMath.Gather(rows, vertex2, 6),
            ConvexMath.Gather(rows, vertex3, 6));
        ConvexMath.Store(rows, at + ConvexRows.Witness + 3, active, point2);
        Vec3<TLane> axis = ConvexMath.Normalize(Vec3<TLane>.Load(rows, at, ConvexRows.Best));
        ConvexMath.Store(rows, at + ConvexRows.Axis, active, axis);
        TLane depth = rows.Load(at + ConvexRows.Best, ConvexRows.FaceDistance);
        ConvexMath.Store(rows, at + ConvexRows.Depth, active, -depth);
    }

    /// <summary>The contact between the witness points (mjc_CCDIteration).</summary>
    private static void Write<TLane, TRows>(
        TRows rows, int at, in Vec3<TLane> origin, TLane margin, TLane contact, int result)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> point1 = Vec3<TLane>.Load(rows, at, ConvexRows.Witness);
        Vec3<TLane> point2 = Vec3<TLane>.Load(rows, at, ConvexRows.Witness + 3);
        ConvexMath.Store(rows, result, contact, margin + rows.Load(at + ConvexRows.Depth));
        ConvexMath.Store(rows, result + 1, contact, (TLane.Const(0.5) * (point1 + point2)) + origin);

        // in float the difference of points that nearly coincide has few digits
        Vec3<TLane> normal = TLane.ScalarSize == sizeof(float)
            ? Vec3<TLane>.Load(rows, at, ConvexRows.Axis)
            : ConvexMath.Normalize(point1 - point2);
        ConvexMath.Store(rows, result + 4, contact, normal);
    }
}

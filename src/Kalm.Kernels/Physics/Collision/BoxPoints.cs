using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// From the candidate points of two boxes to their contacts: drops points outside the boxes and repeated ones, places
/// the others in the world (end of mjc_BoxBox in engine_collision_box.c, box part of mj_collideGeoms in
/// engine_collision_driver.c).
/// </summary>
/// <remarks>
/// MuJoCo drops points outside by their places in the world, here it is done in the face frame, before points are
/// placed; that can differ only for a point within rounding error of the bound, which is 1 % off the surface.
/// </remarks>
internal static class BoxPoints
{
    // distance from a surface, relative to the box with its margin, up to which a point counts as on it
    private const double RemoveRatio = 1.01;

    /// <summary>
    /// Compacts the points that are not outside: point k of each world is the k-th of its slots that is left.
    /// </summary>
    /// <param name="rows">Memory.</param>
    /// <param name="pair">The pair, its slots filled.</param>
    /// <param name="margin">Distance up to which boxes touch.</param>
    /// <param name="number">Number of points of each world.</param>
    /// <returns>The largest number of points.</returns>
    public static int Compact<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, out TLane number)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        number = TLane.Const(0);
        int count = 0;
        for (int i = 0; i < Candidate.Capacity; i++)
        {
            int slot = BoxClip.Slot(pair, i);
            TLane found = rows.Load(slot + Candidate.Found);
            if (!TLane.Any(found)) continue;
            Vec3<TLane> point = Vec3<TLane>.Load(rows, slot, Candidate.Position);
            found &= ~Outside<TLane, TRows>(rows, pair, point, margin);
            if (!TLane.Any(found)) continue;

            // each world's next free point; all worlds share few of them
            TLane depth = rows.Load(slot + Candidate.Distance);
            int end = count;
            for (int k = 0; k <= end; k++)
            {
                TLane here = found & TLane.Same(number, TLane.Const(k));
                if (!TLane.Any(here)) continue;
                int target = pair.Scratch + BoxRows.Points + (k * BoxRows.PointStride);
                if (k == count)
                {
                    count++;
                    point.Store(rows, target);
                    rows.Store(target, 3, depth);
                    continue;
                }

                Vec3<TLane>.Select(here, point, Vec3<TLane>.Load(rows, target)).Store(rows, target);
                rows.Store(target, 3, TLane.Select(here, depth, rows.Load(target, 3)));
            }

            number = TLane.Select(found, number + TLane.Const(1), number);
        }

        return count;
    }

    /// <summary>Writes the points as candidates in the world, over the slots.</summary>
    public static void Place<TLane, TRows>(TRows rows, in CollisionPair pair, int count, TLane number)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        Vec3<TLane> normal = Vec3<TLane>.Load(rows, at + BoxRows.Normal);
        TLane height = rows.Load(at + BoxRows.Half + 2);
        Mat3<TLane> world = Mat3<TLane>.Load(rows, at + BoxRows.World);
        Vec3<TLane> origin = Vec3<TLane>.Select(
            rows.Load(at + BoxRows.Second), Vec3<TLane>.Load(rows, pair.Position2),
            Vec3<TLane>.Load(rows, pair.Position1));
        for (int k = 0; k < count; k++)
        {
            int point = at + BoxRows.Points + (k * BoxRows.PointStride);
            int slot = BoxClip.Slot(pair, k);
            Vec3<TLane> local = Vec3<TLane>.Load(rows, point);
            local = new(local.X, local.Y, local.Z + height);
            rows.Store(slot, TLane.Const(k) < number);
            rows.Store(slot, Candidate.Distance, rows.Load(point, 3));
            Vec3<TLane> turned = new(
                PairMath.Dot(world.Row0, local), PairMath.Dot(world.Row1, local), PairMath.Dot(world.Row2, local));
            (turned + origin).Store(rows, slot, Candidate.Position);
            normal.Store(rows, slot, Candidate.Normal);
        }
    }

    /// <summary>Drops every candidate whose place a later one has too.</summary>
    public static void DropRepeated<TLane, TRows>(TRows rows, in CollisionPair pair, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < count - 1; i++)
        {
            int slot = BoxClip.Slot(pair, i);
            Vec3<TLane> point = Vec3<TLane>.Load(rows, slot, Candidate.Position);
            TLane repeated = TLane.Const(0);
            for (int j = i + 1; j < count; j++)
            {
                int other = BoxClip.Slot(pair, j);
                repeated |= rows.Load(other) & TLane.Same(point.X, rows.Load(other, Candidate.Position))
                    & TLane.Same(point.Y, rows.Load(other, Candidate.Position + 1))
                    & TLane.Same(point.Z, rows.Load(other, Candidate.Position + 2));
            }

            rows.Store(slot, rows.Load(slot) & ~repeated);
        }
    }

    /// <summary>Mask: outside one box and not well inside the other (mju_outsideBox).</summary>
    private static TLane Outside<TLane, TRows>(TRows rows, in CollisionPair pair, Vec3<TLane> point, TLane margin)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // in the frame of each box, from its center
        int at = pair.Scratch;
        TLane raise = rows.Load(at + BoxRows.Half + 2);
        Vec3<TLane> inReference = PairMath.Abs(new Vec3<TLane>(point.X, point.Y, point.Z + raise));
        Vec3<TLane> between = point - Vec3<TLane>.Load(rows, at + BoxRows.Center);
        Mat3<TLane> incident = Mat3<TLane>.Load(rows, at + BoxRows.Incident);
        Vec3<TLane> inIncident = PairMath.Abs(PairMath.MulAdd(
            between.Z, incident.Row2,
            PairMath.MulAdd(between.Y, incident.Row1, between.X * incident.Row0)));

        Vec3<TLane> margins = new(margin, margin, margin);
        Vec3<TLane> reference = Vec3<TLane>.Load(rows, at + BoxRows.Half) + margins;
        Vec3<TLane> other = Vec3<TLane>.Load(rows, at + BoxRows.IncidentHalf) + margins;
        TLane big = TLane.Const(RemoveRatio);
        TLane small = TLane.Const(1 / RemoveRatio);
        TLane out1 = ~Within(inReference, big * reference);
        TLane out2 = ~Within(inIncident, big * other);
        TLane in1 = Within(inReference, small * reference);
        TLane in2 = Within(inIncident, small * other);
        return (out1 & ~in2) | (out2 & ~in1);
    }

    private static TLane Within<TLane>(Vec3<TLane> v, Vec3<TLane> bound)
        where TLane : unmanaged, ILane<TLane> => (v.X <= bound.X) & (v.Y <= bound.Y) & (v.Z <= bound.Z);
}

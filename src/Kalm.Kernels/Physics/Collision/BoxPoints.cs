using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// From the candidate points of two boxes to their contacts: drops points outside the boxes and repeated ones, places
/// the others in the world (end of mjc_BoxBox in engine_collision_box.c, box part of mj_collideGeoms in
/// engine_collision_driver.c).
/// </summary>
/// <remarks>
/// MuJoCo drops points outside by their places in the world, and a margin of 1 % of a size makes points of a border fall
/// on the bound; double lanes repeat it operation by operation, float lanes look at points in the face frame.
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
        for (int k = 0; k < count; k++)
        {
            int point = at + BoxRows.Points + (k * BoxRows.PointStride);
            int slot = BoxClip.Slot(pair, k);
            Vec3<TLane> local = Vec3<TLane>.Load(rows, point);
            rows.Store(slot, TLane.Const(k) < number);
            rows.Store(slot, Candidate.Distance, rows.Load(point, 3));
            ToWorld<TLane, TRows>(rows, pair, local).Store(rows, slot, Candidate.Position);
            normal.Store(rows, slot, Candidate.Normal);
        }
    }

    private static Vec3<TLane> ToWorld<TLane, TRows>(TRows rows, in CollisionPair pair, Vec3<TLane> point)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        Vec3<TLane> local = new(point.X, point.Y, point.Z + rows.Load(at + BoxRows.Half + 2));
        Mat3<TLane> world = Mat3<TLane>.Load(rows, at + BoxRows.World);
        Vec3<TLane> turned = new(
            PairMath.Dot(world.Row0, local), PairMath.Dot(world.Row1, local), PairMath.Dot(world.Row2, local));
        return turned + Vec3<TLane>.Select(
            rows.Load(at + BoxRows.Second), Vec3<TLane>.Load(rows, pair.Position2),
            Vec3<TLane>.Load(rows, pair.Position1));
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
        if (TLane.ScalarSize != sizeof(float))
        {
            Vec3<TLane> place = ToWorld<TLane, TRows>(rows, pair, point);
            return Outside(
                FromBox(rows, pair.Position1, pair.Matrix1, place), Vec3<TLane>.Constant(rows, pair.Size1),
                FromBox(rows, pair.Position2, pair.Matrix2, place), Vec3<TLane>.Constant(rows, pair.Size2), margin);
        }

        // from the center of each box
        int at = pair.Scratch;
        TLane raise = rows.Load(at + BoxRows.Half + 2);
        Vec3<TLane> between = point - Vec3<TLane>.Load(rows, at + BoxRows.Center);
        Mat3<TLane> incident = Mat3<TLane>.Load(rows, at + BoxRows.Incident);
        Vec3<TLane> inIncident = Vec3<TLane>.MulAdd(
            between.Z, incident.Row2, Vec3<TLane>.MulAdd(between.Y, incident.Row1, between.X * incident.Row0));
        return Outside(
            new(point.X, point.Y, point.Z + raise), Vec3<TLane>.Load(rows, at + BoxRows.Half),
            inIncident, Vec3<TLane>.Load(rows, at + BoxRows.IncidentHalf), margin);
    }

    private static TLane Outside<TLane>(
        Vec3<TLane> in1, Vec3<TLane> half1, Vec3<TLane> in2, Vec3<TLane> half2, TLane margin)
        where TLane : unmanaged, ILane<TLane>
    {
        Vec3<TLane> margins = new(margin, margin, margin);
        half1 += margins;
        half2 += margins;
        in1 = PairMath.Abs(in1);
        in2 = PairMath.Abs(in2);
        TLane ratio = TLane.Const(RemoveRatio);
        TLane beyond1 = Beyond(in1, ratio * half1);
        TLane beyond2 = Beyond(in2, ratio * half2);
        if (!TLane.Any(beyond1 | beyond2)) return beyond1;
        TLane inside1 = (in1.X < half1.X / ratio) & (in1.Y < half1.Y / ratio) & (in1.Z < half1.Z / ratio);
        TLane inside2 = (in2.X < half2.X / ratio) & (in2.Y < half2.Y / ratio) & (in2.Z < half2.Z / ratio);
        return (beyond1 & ~inside2) | (beyond2 & ~inside1);
    }

    private static TLane Beyond<TLane>(Vec3<TLane> v, Vec3<TLane> bound)
        where TLane : unmanaged, ILane<TLane> => (v.X > bound.X) | (v.Y > bound.Y) | (v.Z > bound.Z);

    private static Vec3<TLane> FromBox<TLane, TRows>(TRows rows, int position, int matrix, Vec3<TLane> point)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> between = point - Vec3<TLane>.Load(rows, position);
        return new(
            PairMath.Dot(Mat3<TLane>.LoadColumn(rows, matrix, 0), between),
            PairMath.Dot(Mat3<TLane>.LoadColumn(rows, matrix, 1), between),
            PairMath.Dot(Mat3<TLane>.LoadColumn(rows, matrix, 2), between));
    }
}

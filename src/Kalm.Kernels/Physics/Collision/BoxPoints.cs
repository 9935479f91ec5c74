using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// From the candidate points of two boxes to their contacts: drops points outside the boxes and repeated ones, places
/// the others in the world (end of mjc_BoxBox in engine_collision_box.c, box part of mj_collideGeoms in
/// engine_collision_driver.c).
/// </summary>
/// <remarks>
/// MuJoCo drops points outside by their places in the world, and a margin of 1 % of a size makes points of a border
/// fall on the bound; double lanes repeat it operation by operation, float lanes look at points in the face frame.
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
        Bounds(rows, pair, margin);
        number = TLane.Const(0);
        int count = 0;
        for (int i = 0; i < Candidate.Capacity; i++)
        {
            int slot = BoxClip.Slot(pair, i);
            TLane found = rows.Load(slot + Candidate.Found);
            if (!TLane.Any(found)) continue;
            found &= ~Outside<TLane, TRows>(rows, pair, slot);
            if (!TLane.Any(found)) continue;

            // each world's next free point; all worlds share few of them
            int end = count;
            for (int k = 0; k <= end; k++)
            {
                TLane here = found & TLane.Same(number, TLane.Const(k));
                if (!TLane.Any(here)) continue;
                Keep(rows, slot, pair.Scratch + BoxRows.Points + (k * BoxRows.PointStride), here);
                if (k == count) count++;
            }

            number = TLane.Select(found, number + TLane.Const(1), number);
        }

        return count;
    }

    private static void Keep<TLane, TRows>(TRows rows, int slot, int target, TLane here)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < 3; i++)
        {
            TLane coordinate = rows.Load(slot + Candidate.Position + i);
            rows.Store(target + i, TLane.Select(here, coordinate, rows.Load(target + i)));
        }

        TLane distance = rows.Load(slot, Candidate.Distance);
        rows.Store(target, 3, TLane.Select(here, distance, rows.Load(target, 3)));
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

    /// <summary>Writes the half sizes outside of which and inside of which a point is not on a surface.</summary>
    private static void Bounds<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // of the reference box and the incident one, or where places in the world decide, of box 1 and box 2
        TLane ratio = TLane.Const(RemoveRatio);
        bool single = TLane.ScalarSize == sizeof(float);
        for (int i = 0; i < 3; i++)
        {
            TLane half1 = single ? rows.Load(pair.Scratch + BoxRows.Half + i) : rows.Constant(pair.Size1 + i);
            TLane half2 = single ? rows.Load(pair.Scratch + BoxRows.IncidentHalf + i) : rows.Constant(pair.Size2 + i);
            int bounds = pair.Scratch + BoxRows.Bounds + i;
            rows.Store(bounds, (half1 + margin) * ratio);
            rows.Store(bounds, 3, (half1 + margin) / ratio);
            rows.Store(bounds, 6, (half2 + margin) * ratio);
            rows.Store(bounds, 9, (half2 + margin) / ratio);
        }
    }

    /// <summary>Mask: outside one box and not well inside the other (mju_outsideBox).</summary>
    private static TLane Outside<TLane, TRows>(TRows rows, in CollisionPair pair, int slot)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> in1;
        Vec3<TLane> in2;
        Vec3<TLane> point = Vec3<TLane>.Load(rows, slot, Candidate.Position);
        int at = pair.Scratch;
        if (TLane.ScalarSize == sizeof(float))
        {
            // from the center of each box
            TLane raise = rows.Load(at + BoxRows.Half + 2);
            Vec3<TLane> between = point - Vec3<TLane>.Load(rows, at + BoxRows.Center);
            Mat3<TLane> incident = Mat3<TLane>.Load(rows, at + BoxRows.Incident);
            in1 = new(point.X, point.Y, point.Z + raise);
            in2 = Vec3<TLane>.MulAdd(
                between.Z, incident.Row2, Vec3<TLane>.MulAdd(between.Y, incident.Row1, between.X * incident.Row0));
        }
        else
        {
            Vec3<TLane> place = ToWorld<TLane, TRows>(rows, pair, point);
            in1 = FromBox(rows, pair.Position1, pair.Matrix1, place);
            in2 = FromBox(rows, pair.Position2, pair.Matrix2, place);
        }

        int bounds = at + BoxRows.Bounds;
        in1 = PairMath.Abs(in1);
        in2 = PairMath.Abs(in2);
        TLane beyond1 = (in1.X > rows.Load(bounds)) | (in1.Y > rows.Load(bounds, 1)) | (in1.Z > rows.Load(bounds, 2));
        TLane beyond2 = (in2.X > rows.Load(bounds, 6)) | (in2.Y > rows.Load(bounds, 7))
            | (in2.Z > rows.Load(bounds, 8));
        TLane inside1 = (in1.X < rows.Load(bounds, 3)) & (in1.Y < rows.Load(bounds, 4))
            & (in1.Z < rows.Load(bounds, 5));
        TLane inside2 = (in2.X < rows.Load(bounds, 9)) & (in2.Y < rows.Load(bounds, 10))
            & (in2.Z < rows.Load(bounds, 11));
        return (beyond1 & ~inside2) | (beyond2 & ~inside1);
    }

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

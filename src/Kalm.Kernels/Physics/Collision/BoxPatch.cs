using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// The feature of the incident box that meets the reference face: a corner, a side or a face with its corners and
/// sides in the face frame (third part of mjc_BoxBox in engine_collision_box.c: pts, axi, pu).
/// </summary>
internal static class BoxPatch
{
    /// <summary>Writes the incident feature where a face touches.</summary>
    public static void Face<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        Vec3<TLane> corner = Vec3<TLane>.Load(rows, at + BoxRows.Center);
        Vec3<TLane> side1 = corner;
        Vec3<TLane> side2 = corner;
        TLane has1 = TLane.Const(0);
        TLane has2 = has1;
        for (int i = 0; i < 3; i++)
        {
            // the lowest corner; sides from it along axes that are less than 30 degrees steep
            Vec3<TLane> axis = Mat3<TLane>.LoadColumn(rows, at + BoxRows.Incident, i);
            TLane half = rows.Load(at + BoxRows.IncidentHalf + i);
            TLane reach = TLane.Select(axis.Z < TLane.Const(0), half, -half);
            corner = PairMath.MulAdd(reach, axis, corner);
            Vec3<TLane> side = (TLane.Const(-2) * reach) * axis;
            TLane flat = TLane.Abs(axis.Z) < TLane.Const(0.5);
            side2 = Vec3<TLane>.Select(flat & has1, side, side2);
            side1 = Vec3<TLane>.Select(flat & ~has1, side, side1);
            has2 |= flat & has1;
            has1 |= flat;
        }

        rows.Store(at + BoxRows.HasSide, has1);
        rows.Store(at + BoxRows.HasSide, 1, has2);
        rows.Store(at + BoxRows.DepthScale, TLane.Const(1));
        side1.Store(rows, at + BoxRows.Side);
        side2.Store(rows, at + BoxRows.Side + 3);
        side1.Store(rows, at + BoxRows.FreeSide);
        side2.Store(rows, at + BoxRows.FreeSide + 3);
        for (int i = 0; i < 4; i++)
        {
            Vec3<TLane> start = i % 2 == 0 ? corner : corner + side1;
            Vec3<TLane> place = i < 2 ? start : start + side2;
            place.Store(rows, at + BoxRows.Corner + (3 * i));
            place.Store(rows, at + BoxRows.Free + (3 * i));
        }
    }

    /// <summary>Writes the incident face where two edges touch, over what <see cref="Face"/> wrote.</summary>
    /// <returns>Mask of the worlds in which the edge normal leaves the reference face.</returns>
    public static TLane Edge<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        TLane edge = rows.Load(at + BoxRows.IsEdge);
        TLane one = TLane.Const(1);

        // corner 0 and 1: ends of the edge of box 2; corner 2 and 3: opposite to them along the span axis
        TLane edgeAxis = rows.Load(at + BoxRows.EdgeAxis);
        TLane spanAxis = rows.Load(at + BoxRows.SpanAxis);
        TLane spanSign = rows.Load(at + BoxRows.SpanSign);
        TLane thirdAxis = TLane.Const(3) - spanAxis - edgeAxis;
        Vec3<TLane> along = Scaled<TLane, TRows>(rows, at, edgeAxis, one);
        Vec3<TLane> span = Scaled<TLane, TRows>(rows, at, spanAxis, spanSign);
        Vec3<TLane> third = Scaled<TLane, TRows>(rows, at, thirdAxis, rows.Load(at + BoxRows.ThirdSign));
        Vec3<TLane> center = Vec3<TLane>.Load(rows, at + BoxRows.Center);
        TLane height = rows.Load(at + BoxRows.Project + 2);
        TLane usable = TLane.Abs(height) >= TLane.Const(1e-15);
        TLane inverse = one / TLane.Select(usable, height, one);
        for (int i = 0; i < 4; i++)
        {
            Vec3<TLane> middle = (i < 2 ? center + span : center - span) + third;
            Vec3<TLane> free = i % 2 == 0 ? middle + along : middle - along;
            MoveCorner(rows, at, i, edge, free, inverse);
        }

        TLane scale = PairMath.Sign(rows.Load(at + BoxRows.EdgeBehind)) * inverse;
        Merge(rows, at + BoxRows.DepthScale, edge, scale);
        Merge(rows, at + BoxRows.HasSide, edge, edge);
        Merge(rows, at + BoxRows.HasSide + 1, edge, edge);
        for (int i = 0; i < 2; i++)
        {
            Merge(rows, at + BoxRows.Side + (3 * i), edge, Side<TLane, TRows>(rows, at + BoxRows.Corner, i));
            Merge(rows, at + BoxRows.FreeSide + (3 * i), edge, Side<TLane, TRows>(rows, at + BoxRows.Free, i));
        }

        return edge & ~usable;
    }

    /// <summary>Writes a corner of the incident face, and moves it along the edge normal into the other face.</summary>
    private static void MoveCorner<TLane, TRows>(
        TRows rows, int at, int i, TLane edge, Vec3<TLane> free, TLane inverse)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> project = Vec3<TLane>.Load(rows, at + BoxRows.Project);
        Vec3<TLane> moved = PairMath.MulAdd(-free.Z * inverse, project, free);
        Merge(rows, at + BoxRows.Free + (3 * i), edge, free);
        Merge(rows, at + BoxRows.Corner + (3 * i), edge, moved);
    }

    /// <summary>From corner 0 to corner 1 or 2.</summary>
    private static Vec3<TLane> Side<TLane, TRows>(TRows rows, int corners, int side)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        Vec3<TLane>.Load(rows, corners + (3 * (side + 1))) - Vec3<TLane>.Load(rows, corners);

    /// <summary>Axis of the incident box, as long as its half size, on one side.</summary>
    private static Vec3<TLane> Scaled<TLane, TRows>(TRows rows, int at, TLane axis, TLane sign)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane is0 = TLane.Same(axis, TLane.Const(0));
        TLane is1 = TLane.Same(axis, TLane.Const(1));
        int incident = at + BoxRows.Incident;
        Vec3<TLane> half = Vec3<TLane>.Load(rows, at + BoxRows.IncidentHalf);
        Vec3<TLane> picked = BoxFrame.Pick(
            is0, is1, Mat3<TLane>.LoadColumn(rows, incident, 0), Mat3<TLane>.LoadColumn(rows, incident, 1),
            Mat3<TLane>.LoadColumn(rows, incident, 2));
        return (sign * TLane.Select(is0, half.X, TLane.Select(is1, half.Y, half.Z))) * picked;
    }

    private static void Merge<TLane, TRows>(TRows rows, int row, TLane mask, TLane value)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => rows.Store(row, TLane.Select(mask, value, rows.Load(row)));

    private static void Merge<TLane, TRows>(TRows rows, int row, TLane mask, Vec3<TLane> value)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        Vec3<TLane>.Select(mask, value, Vec3<TLane>.Load(rows, row)).Store(rows, row);
}

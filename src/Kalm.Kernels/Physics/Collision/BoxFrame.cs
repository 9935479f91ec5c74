using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// The face of two touching boxes in whose frame their contact is computed, chosen from the axis of the smallest
/// overlap (second part of mjc_BoxBox in engine_collision_box.c: rotmore, rotaxis, rotmatx).
/// </summary>
internal static class BoxFrame
{
    /// <summary>Writes the reference face of the axis, where that is a face's.</summary>
    public static void ChooseFace<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // faces 0-5 of box 1, 6-11 of box 2: positive x y z, negative x y z
        TLane axis = rows.Load(pair.Scratch + BoxRows.Axis);
        TLane edge = axis > TLane.Const(11.5);
        TLane second = (axis > TLane.Const(5.5)) & ~edge;
        TLane face = TLane.Select(second, axis - TLane.Const(6), axis);
        TLane negative = face > TLane.Const(2.5);
        rows.Store(pair.Scratch + BoxRows.IsEdge, edge);
        rows.Store(pair.Scratch + BoxRows.Second, second);
        rows.Store(pair.Scratch + BoxRows.FaceAxis, TLane.Select(negative, face - TLane.Const(3), face));
        rows.Store(pair.Scratch + BoxRows.FaceNegative, negative);
    }

    /// <summary>
    /// Writes the reference face and the edge of box 2 where two edges touch. Of the two faces at its edge, each box
    /// gives the one whose normal is more across the other edge.
    /// </summary>
    public static void ChooseEdge<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // edge i of box 1, edge j of box 2
        TLane edge = rows.Load(pair.Scratch + BoxRows.IsEdge);
        TLane code = rows.Load(pair.Scratch + BoxRows.Axis) - TLane.Const(12);
        TLane above0 = TLane.Select(code > TLane.Const(2.5), TLane.Const(1), Zero<TLane>());
        TLane i = TLane.Select(code > TLane.Const(5.5), TLane.Const(2), above0);
        TLane j = TLane.NegMulAdd(TLane.Const(3), i, code);
        ChooseReference<TLane, TRows>(rows, pair, edge, i, j);
        ChooseIncident<TLane, TRows>(rows, pair, i, j);
    }

    private static void ChooseReference<TLane, TRows>(TRows rows, in CollisionPair pair, TLane edge, TLane i, TLane j)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // edge j along the axes of box 1; of the two axes across edge i the one that is less along edge j
        TLane j0 = TLane.Same(j, Zero<TLane>());
        TLane j1 = TLane.Same(j, TLane.Const(1));
        int rot = pair.Scratch + BoxRows.Rot;
        Vec3<TLane> along = Pick(
            j0, j1, Mat3<TLane>.LoadColumn(rows, rot, 0), Mat3<TLane>.LoadColumn(rows, rot, 1),
            Mat3<TLane>.LoadColumn(rows, rot, 2));
        TLane i1 = TLane.Same(i, TLane.Const(1));
        TLane i2 = TLane.Same(i, TLane.Const(2));
        TLane first = TLane.Select(i1, along.X, along.Y);
        TLane last = TLane.Select(i2, along.X, along.Z);
        TLane useFirst = TLane.Abs(first) < TLane.Abs(last);
        TLane axis = TLane.Select(
            useFirst, TLane.Select(i1, Zero<TLane>(), TLane.Const(1)), TLane.Select(i2, Zero<TLane>(), TLane.Const(2)));

        // its face on the side of the edge normal
        Vec3<TLane> normal = Vec3<TLane>.Load(rows, pair.Scratch + BoxRows.EdgeNormal);
        TLane component = TLane.Select(
            useFirst, TLane.Select(i1, normal.X, normal.Y), TLane.Select(i2, normal.X, normal.Z));
        TLane behind = rows.Load(pair.Scratch + BoxRows.EdgeBehind);
        TLane negative = ~PairMath.Xor(component > Zero<TLane>(), behind);
        int faceAxis = pair.Scratch + BoxRows.FaceAxis;
        int faceNegative = pair.Scratch + BoxRows.FaceNegative;
        rows.Store(faceAxis, TLane.Select(edge, axis, rows.Load(faceAxis)));
        rows.Store(faceNegative, TLane.Select(edge, negative, rows.Load(faceNegative)));
    }

    private static void ChooseIncident<TLane, TRows>(TRows rows, in CollisionPair pair, TLane i, TLane j)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // edge i along the axes of box 2; the span axis is the one across edge j that is more along edge i
        TLane i0 = TLane.Same(i, Zero<TLane>());
        TLane i1 = TLane.Same(i, TLane.Const(1));
        int rot = pair.Scratch + BoxRows.Rot;
        Vec3<TLane> along = Pick(
            i0, i1, Vec3<TLane>.Load(rows, rot), Vec3<TLane>.Load(rows, rot, 3), Vec3<TLane>.Load(rows, rot, 6));
        TLane j0 = TLane.Same(j, Zero<TLane>());
        TLane j1 = TLane.Same(j, TLane.Const(1));
        TLane j2 = TLane.Same(j, TLane.Const(2));
        TLane a = TLane.Select(j1, along.X, along.Y);
        TLane b = TLane.Select(j2, along.X, along.Z);
        TLane axisA = TLane.Select(j1, Zero<TLane>(), TLane.Const(1));
        TLane axisB = TLane.Select(j2, Zero<TLane>(), TLane.Const(2));
        TLane swap = TLane.Abs(a) < TLane.Abs(b);

        // sides of box 2 on which its edge lies, from the sign of the other axis; it flips with the normal's side, and
        // for the axis after edge j
        TLane behind = rows.Load(pair.Scratch + BoxRows.EdgeBehind);
        TLane flip = PairMath.Xor(PairMath.Xor(j0, swap), behind);
        TLane span = PairMath.Xor(TLane.Select(swap, a, b) > Zero<TLane>(), flip);
        TLane third = PairMath.Xor(TLane.Select(swap, b, a) > Zero<TLane>(), ~flip);
        rows.Store(pair.Scratch + BoxRows.EdgeAxis, j);
        rows.Store(pair.Scratch + BoxRows.SpanAxis, TLane.Select(swap, axisB, axisA));
        rows.Store(pair.Scratch + BoxRows.SpanSign, PairMath.Sign(~span));
        rows.Store(pair.Scratch + BoxRows.ThirdSign, PairMath.Sign(~third));
    }

    /// <summary>Writes where the incident box is in the face frame, and the sizes of both.</summary>
    public static void Relate<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        TLane axis = rows.Load(at + BoxRows.FaceAxis);
        TLane axis0 = TLane.Same(axis, Zero<TLane>());
        TLane axis1 = TLane.Same(axis, TLane.Const(1));
        TLane second = rows.Load(at + BoxRows.Second);
        Vec3<TLane> sign = Signs<TLane, TRows>(rows, pair, axis0, axis1);
        sign.Store(rows, at + BoxRows.AxisSign);

        // axes of the incident box, one a column
        for (int j = 0; j < 3; j++)
        {
            Vec3<TLane> column = Vec3<TLane>.Select(
                second, Vec3<TLane>.Load(rows, at + BoxRows.Rot + (3 * j)),
                Mat3<TLane>.LoadColumn(rows, at + BoxRows.Rot, j));
            Vec3<TLane> turned = Multiply(sign, Turn(axis0, axis1, column));
            rows.Store(at + BoxRows.Incident + j, turned.X);
            rows.Store(at + BoxRows.Incident + 3 + j, turned.Y);
            rows.Store(at + BoxRows.Incident + 6 + j, turned.Z);
        }

        // sizes, and the center of the incident box over the face
        Vec3<TLane> size1 = Vec3<TLane>.Constant(rows, pair.Size1);
        Vec3<TLane> size2 = Vec3<TLane>.Constant(rows, pair.Size2);
        Vec3<TLane> half = Turn(axis0, axis1, Vec3<TLane>.Select(second, size2, size1));
        half.Store(rows, at + BoxRows.Half);
        Vec3<TLane>.Select(second, size1, size2).Store(rows, at + BoxRows.IncidentHalf);
        Vec3<TLane> between = Vec3<TLane>.Select(
            second, Vec3<TLane>.Load(rows, at + BoxRows.Pos12), Vec3<TLane>.Load(rows, at + BoxRows.Pos21));
        Vec3<TLane> center = Multiply(sign, Turn(axis0, axis1, between));
        new Vec3<TLane>(center.X, center.Y, center.Z - half.Z).Store(rows, at + BoxRows.Center);
    }

    /// <summary>Writes the edge normal in the face frame.</summary>
    public static void Project<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane axis = rows.Load(pair.Scratch + BoxRows.FaceAxis);
        Vec3<TLane> normal = Turn(
            TLane.Same(axis, Zero<TLane>()), TLane.Same(axis, TLane.Const(1)),
            Vec3<TLane>.Load(rows, pair.Scratch + BoxRows.EdgeNormal));
        Multiply(Vec3<TLane>.Load(rows, pair.Scratch + BoxRows.AxisSign), normal)
            .Store(rows, pair.Scratch + BoxRows.Project);
    }

    /// <summary>Writes the axes of the face frame in the world, and the normal of the contact.</summary>
    public static void Place<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        TLane axis = rows.Load(at + BoxRows.FaceAxis);
        TLane axis0 = TLane.Same(axis, Zero<TLane>());
        TLane axis1 = TLane.Same(axis, TLane.Const(1));
        TLane second = rows.Load(at + BoxRows.Second);
        TLane edge = rows.Load(at + BoxRows.IsEdge);
        Vec3<TLane> sign = Vec3<TLane>.Load(rows, at + BoxRows.AxisSign);
        Vec3<TLane> project = Vec3<TLane>.Load(rows, at + BoxRows.Project);
        TLane away = PairMath.Sign(TLane.Select(edge, rows.Load(at + BoxRows.EdgeBehind), second));
        for (int i = 0; i < 3; i++)
        {
            Vec3<TLane> row = Vec3<TLane>.Select(
                second, Vec3<TLane>.Load(rows, pair.Matrix2 + (3 * i)), Vec3<TLane>.Load(rows, pair.Matrix1 + (3 * i)));
            Vec3<TLane> turned = Multiply(sign, Turn(axis0, axis1, row));
            turned.Store(rows, at + BoxRows.World + (3 * i));
            TLane normal = TLane.Select(edge, Vec3<TLane>.Dot(turned, project), turned.Z);
            rows.Store(at + BoxRows.Normal + i, away * normal);
        }
    }

    /// <summary>Signs of the face frame's axes over the reference box's.</summary>
    private static Vec3<TLane> Signs<TLane, TRows>(TRows rows, in CollisionPair pair, TLane axis0, TLane axis1)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // a right-handed frame for each of the six faces
        TLane negative = rows.Load(pair.Scratch + BoxRows.FaceNegative);
        TLane axis2 = ~(axis0 | axis1);
        return new(
            PairMath.Sign((axis0 & ~negative) | (axis2 & negative)), PairMath.Sign(axis1 & ~negative),
            PairMath.Sign(negative));
    }

    /// <summary>Reorders components so that the face's axis becomes z: z y x, x z y or x y z.</summary>
    private static Vec3<TLane> Turn<TLane>(TLane axis0, TLane axis1, Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane> => new(
            TLane.Select(axis0, v.Z, v.X), TLane.Select(axis1, v.Z, v.Y),
            TLane.Select(axis0, v.X, TLane.Select(axis1, v.Y, v.Z)));

    /// <summary>The first, second or third vector.</summary>
    internal static Vec3<TLane> Pick<TLane>(
        TLane is0, TLane is1, Vec3<TLane> v0, Vec3<TLane> v1, Vec3<TLane> v2)
        where TLane : unmanaged, ILane<TLane> =>
        Vec3<TLane>.Select(is0, v0, Vec3<TLane>.Select(is1, v1, v2));

    private static Vec3<TLane> Multiply<TLane>(Vec3<TLane> a, Vec3<TLane> b)
        where TLane : unmanaged, ILane<TLane> => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

    private static TLane Zero<TLane>()
        where TLane : unmanaged, ILane<TLane> => TLane.Const(0);
}

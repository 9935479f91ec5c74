using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// The separating axis test of two boxes (first part of mjc_BoxBox in engine_collision_box.c, mj_collideOBB in
/// engine_collision_driver.c).
/// </summary>
/// <remarks>
/// Double lanes compute every overlap by MuJoCo's operations in MuJoCo's order, so that nearly equal overlaps are told
/// apart the same way. Float lanes differ on purpose: the cross product of nearly parallel edges is mostly rounding
/// error there, so they take by how much the boxes really overlap along it, not by how much they would if it were
/// exact, and overlaps of faces and edges count as equal up to rounding error; those of faces are compared exactly.
/// Boxes that are flush by design overlap by nothing but rounding error; that is no contact.
/// Equal overlaps go to the face, and to the edge where the boxes are apart, as with MuJoCo's relative bound.
/// </remarks>
internal static class BoxAxes
{
    private const double MinValue = 1e-15;

    /// <summary>Writes where the boxes are relative to each other: Rot, Pos21, Pos12.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="between">From the center of box 1 to that of box 2.</param>
    public static void Relate<TLane, TRows>(TRows rows, in CollisionPair pair, Vec3<TLane> between)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < 3; i++)
        {
            Vec3<TLane> axis1 = Mat3<TLane>.LoadColumn(rows, pair.Matrix1, i);
            Vec3<TLane> axis2 = Mat3<TLane>.LoadColumn(rows, pair.Matrix2, i);
            rows.Store(pair.Scratch + BoxRows.Pos21 + i, PairMath.Dot(axis1, between));
            rows.Store(pair.Scratch + BoxRows.Pos12 + i, PairMath.Dot(axis2, -between));
            for (int j = 0; j < 3; j++)
            {
                Vec3<TLane> other = Mat3<TLane>.LoadColumn(rows, pair.Matrix2, j);
                rows.Store(pair.Scratch + BoxRows.Rot + (3 * i) + j, PairMath.Dot(axis1, other));
            }
        }
    }

    /// <summary>Tests the six face normals; writes FaceOverlap and Face.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="pair">The pair, related.</param>
    /// <param name="margin">Distance up to which boxes touch.</param>
    /// <returns>Mask of the worlds in which no face normal separates the boxes.</returns>
    public static TLane Faces<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int rot = pair.Scratch + BoxRows.Rot;
        Vec3<TLane> size1 = Vec3<TLane>.Constant(rows, pair.Size1);
        Vec3<TLane> size2 = Vec3<TLane>.Constant(rows, pair.Size2);
        TLane best1 = TLane.MulAdd(TLane.Const(3), Sum(size1) + Sum(size2), margin);
        TLane best2 = best1;
        TLane face1 = TLane.Const(0);
        TLane face2 = face1;
        TLane least = Rounding<TLane, TRows>(rows, pair.Size1, pair.Size2) - margin;
        TLane gap = TLane.Const(0);
        for (int i = 0; i < 3; i++)
        {
            // reach of each box along axis i of the other
            Vec3<TLane> row = PairMath.Abs(Vec3<TLane>.Load(rows, rot + (3 * i)));
            Vec3<TLane> column = PairMath.Abs(Mat3<TLane>.LoadColumn(rows, rot, i));
            TLane pos21 = rows.Load(pair.Scratch + BoxRows.Pos21 + i);
            TLane pos12 = rows.Load(pair.Scratch + BoxRows.Pos12 + i);
            TLane overlap1 = rows.Constant(pair.Size1 + i) - TLane.Abs(pos21) + PairMath.Dot(row, size2);
            TLane overlap2 = rows.Constant(pair.Size2 + i) - TLane.Abs(pos12) + PairMath.Dot(column, size1);

            // the face that looks at the other box
            TLane zero = TLane.Const(0);
            TLane side1 = TLane.Select(pos21 < zero, TLane.Const(i + 3), TLane.Const(i));
            TLane side2 = TLane.Select(pos12 < zero, TLane.Const(i + 3), TLane.Const(i));
            face1 = TLane.Select(overlap1 < best1, side1, face1);
            face2 = TLane.Select(overlap2 < best2, side2, face2);
            best1 = TLane.Min(overlap1, best1);
            best2 = TLane.Min(overlap2, best2);
            gap |= (overlap1 < least) | (overlap2 < least);
        }

        rows.Store(pair.Scratch + BoxRows.FaceOverlap, best1);
        rows.Store(pair.Scratch + BoxRows.FaceOverlap + 1, best2);
        rows.Store(pair.Scratch + BoxRows.Face, face1);
        rows.Store(pair.Scratch + BoxRows.Face + 1, face2);
        return ~gap;
    }

    /// <summary>Writes Overlap and Axis of the better of the best faces of both boxes.</summary>
    public static void ChooseFace<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane best1 = rows.Load(pair.Scratch + BoxRows.FaceOverlap);
        TLane best2 = rows.Load(pair.Scratch + BoxRows.FaceOverlap + 1);
        TLane face1 = rows.Load(pair.Scratch + BoxRows.Face);
        TLane face2 = rows.Load(pair.Scratch + BoxRows.Face + 1);
        TLane three = TLane.Const(3);
        TLane i = TLane.Select(face1 < three, face1, face1 - three);
        TLane j = TLane.Select(face2 < three, face2, face2 - three);

        // of equal overlaps the one that MuJoCo finds first: axis by axis, box 1 first
        TLane zero = TLane.Const(0);
        TLane excess = TLane.ScalarSize == sizeof(float)
            ? BoxExcess.Faces<TLane, TRows>(rows, pair, i, j)
            : best1 - best2;
        TLane second = (excess > zero) | (TLane.Same(excess, zero) & (j < i));
        rows.Store(pair.Scratch + BoxRows.Overlap, TLane.Select(second, best2, best1));
        rows.Store(pair.Scratch + BoxRows.Axis, TLane.Select(second, face2 + TLane.Const(6), face1));
    }

    /// <summary>
    /// Tests the cross products of edges; writes Overlap, Axis, EdgeNormal and EdgeBehind where one is better.
    /// </summary>
    /// <param name="rows">Memory.</param>
    /// <param name="pair">The pair, its faces tested.</param>
    /// <param name="margin">Distance up to which boxes touch.</param>
    /// <returns>Mask of the worlds in which no cross product separates the boxes.</returns>
    public static TLane Edges<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane rounding = Rounding<TLane, TRows>(rows, pair.Size1, pair.Size2);
        TLane gap = TLane.Const(0);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) gap |= Edge<TLane, TRows>(rows, pair, i, j, margin, rounding);
        }

        return ~gap;
    }

    private static TLane Edge<TLane, TRows>(
        TRows rows, in CollisionPair pair, int i, int j, TLane margin, TLane rounding)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int a = (i + 1) % 3;
        int b = (i + 2) % 3;
        int rot = pair.Scratch + BoxRows.Rot;

        // axis i of box 1 cross axis j of box 2, in the frame of box 1; parallel edges are left to the faces
        TLane alongA = -rows.Load(rot + (3 * b) + j);
        TLane alongB = rows.Load(rot + (3 * a) + j);
        TLane length = TLane.Sqrt((alongA * alongA) + (alongB * alongB));
        TLane good = length >= TLane.Const(TLane.ScalarSize == sizeof(float) ? 1e-6 : MinValue);
        TLane inverse = TLane.Const(1) / TLane.Select(good, length, TLane.Const(1));
        alongA *= inverse;
        alongB *= inverse;

        // overlap: reach of both boxes minus the distance of their centers
        TLane distance = (rows.Load(pair.Scratch + BoxRows.Pos21 + a) * alongA)
            + (rows.Load(pair.Scratch + BoxRows.Pos21 + b) * alongB);
        TLane reach1 = (rows.Constant(pair.Size1 + a) * TLane.Abs(alongA))
            + (rows.Constant(pair.Size1 + b) * TLane.Abs(alongB));
        TLane reach = TLane.ScalarSize == sizeof(float)
            ? reach1 + Reach<TLane, TRows>(rows, pair, a, b, alongA, alongB)
            : AddReach(rows, pair, i, j, reach1, length);
        TLane overlap = reach - TLane.Abs(distance);
        return Keep<TLane, TRows>(rows, pair, i, j, good, overlap, alongA, alongB, distance, margin, rounding);
    }

    /// <summary>Adds the reach of box 2 along the cross product of edges i and j, whose length is given.</summary>
    private static TLane AddReach<TLane, TRows>(
        TRows rows, in CollisionPair pair, int i, int j, TLane reach, TLane length)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int row = pair.Scratch + BoxRows.Rot + (3 * i);
        for (int k = 0; k < 3; k++)
        {
            if (k == j) continue;
            TLane along = TLane.Abs(rows.Load(row + 3 - k - j));
            reach += rows.Constant(pair.Size2 + k) * along / length;
        }

        return reach;
    }

    /// <summary>Reach of box 2 along any direction in the plane of axes a and b of box 1.</summary>
    private static TLane Reach<TLane, TRows>(
        TRows rows, in CollisionPair pair, int a, int b, TLane alongA, TLane alongB)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int rot = pair.Scratch + BoxRows.Rot;
        Vec3<TLane> along = Vec3<TLane>.MulAdd(
            alongB, Vec3<TLane>.Load(rows, rot + (3 * b)), alongA * Vec3<TLane>.Load(rows, rot + (3 * a)));
        return Vec3<TLane>.Dot(Vec3<TLane>.Constant(rows, pair.Size2), PairMath.Abs(along));
    }

    private static TLane Keep<TLane, TRows>(
        TRows rows, in CollisionPair pair, int i, int j, TLane good, TLane overlap, TLane alongA, TLane alongB,
        TLane distance, TLane margin, TLane rounding)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int normal = pair.Scratch + BoxRows.EdgeNormal;
        TLane least = rows.Load(pair.Scratch + BoxRows.Overlap);
        TLane limit = TLane.ScalarSize == sizeof(float)
            ? least - TLane.Select(least < TLane.Const(0), -rounding, rounding)
            : least * TLane.Const(1 - 1e-12);
        TLane better = good & (overlap < limit);
        if (TLane.Any(better))
        {
            int a = (i + 1) % 3;
            int b = (i + 2) % 3;
            int axis = pair.Scratch + BoxRows.Axis;
            int behind = pair.Scratch + BoxRows.EdgeBehind;
            rows.Store(pair.Scratch + BoxRows.Overlap, TLane.Select(better, overlap, least));
            rows.Store(axis, TLane.Select(better, TLane.Const(12 + (3 * i) + j), rows.Load(axis)));
            rows.Store(normal + i, TLane.Select(better, TLane.Const(0), rows.Load(normal + i)));
            rows.Store(normal + a, TLane.Select(better, alongA, rows.Load(normal + a)));
            rows.Store(normal + b, TLane.Select(better, alongB, rows.Load(normal + b)));
            rows.Store(behind, TLane.Select(better, distance < TLane.Const(0), rows.Load(behind)));
        }

        return good & (overlap < rounding - margin);
    }

    /// <summary>
    /// About the rounding error of an overlap in float lanes; 0 in double lanes, which decide as MuJoCo does.
    /// </summary>
    /// <param name="rows">Memory.</param>
    /// <param name="size1">Address of box 1's half sizes.</param>
    /// <param name="size2">Address of box 2's half sizes.</param>
    public static TLane Rounding<TLane, TRows>(TRows rows, int size1, int size2)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (TLane.ScalarSize != sizeof(float)) return TLane.Const(0);
        return TLane.Const(5e-8) * Sum(Vec3<TLane>.Constant(rows, size1) + Vec3<TLane>.Constant(rows, size2));
    }

    private static TLane Sum<TLane>(Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane> => v.X + v.Y + v.Z;
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// The place of the second sphere with which a capsule touches a box (mjraw_CapsuleBox in engine_collision_box.c, from
/// the closest feature on): as far along the capsule as it stays over the face or the edge, up to its other end.
/// </summary>
internal static class CapsuleSecond
{
    /// <summary>Writes Second and HasSecond.</summary>
    public static void Find<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        TLane nearest = rows.Load(at + CapsuleRows.Nearest);
        rows.Store(at + CapsuleRows.HasSecond, TLane.Const(0));
        TLane face = TLane.Same(nearest, TLane.Const(0));
        TLane corner = TLane.Same(nearest, TLane.Const(1));
        TLane edge = TLane.Same(nearest, TLane.Const(2));
        if (TLane.Any(face)) OverFace(rows, pair, face);
        if (TLane.Any(corner)) AtCorner(rows, pair, corner);
        if (TLane.Any(edge)) AtEdge(rows, pair, edge);
    }

    /// <summary>An end is nearest to a face: towards the other end, up to the borders of the face.</summary>
    private static void OverFace<TLane, TRows>(TRows rows, in CollisionPair pair, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // from end -1 upwards, from end 1 downwards
        int at = pair.Scratch;
        TLane zero = TLane.Const(0);
        TLane face = rows.Load(at + CapsuleRows.Feature);
        TLane direction = -rows.Load(at + CapsuleRows.OnCapsule);
        TLane length = TLane.Const(2);
        for (int k = 0; k < 3; k++)
        {
            TLane half = rows.Load(at + CapsuleRows.HalfAxis + k);
            TLane end = PairMath.MulAdd(-direction, half, rows.Load(at + CapsuleRows.Center + k));
            TLane size = rows.Constant(pair.Size2 + k);
            TLane upper = (size - end) / half * direction;
            TLane lower = (-size - end) / half * direction;
            TLane other = ~TLane.Same(face, TLane.Const(k));
            length = TLane.Select(other & (upper > zero) & (upper < length), upper, length);
            length = TLane.Select(other & (lower > zero) & (lower < length), lower, length);
        }

        // an end inside the box has no second sphere
        Write(rows, pair, worlds & (face > TLane.Const(-0.5)), length * direction);
    }

    /// <summary>A corner is nearest: along an edge or a face, unless the capsule points to or away from it.</summary>
    private static void AtCorner<TLane, TRows>(TRows rows, in CollisionPair pair, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // axes along which capsule and corner point to different sides; the odd one out of the three
        int at = pair.Scratch;
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane count = zero;
        for (int k = 0; k < 3; k++)
            count += TLane.Select(Differs<TLane, TRows>(rows, at, k), one, zero);
        TLane single = TLane.Same(count, one);
        TLane two = TLane.Same(count, TLane.Const(2));
        TLane direction = TLane.Select(single, one, -one);

        // how far the capsule may go along the odd axis, and along the other two
        TLane along = zero;
        TLane limitOdd = zero;
        TLane limitOthers = TLane.Const(1e30);
        for (int k = 0; k < 3; k++)
        {
            TLane odd = PairMath.Xor(Differs<TLane, TRows>(rows, at, k), two);
            TLane limit = Limit<TLane, TRows>(rows, pair, k);
            along = TLane.Select(odd, rows.Load(at + CapsuleRows.Axis + k), along);
            limitOdd = TLane.Select(odd, limit, limitOdd);
            limitOthers = TLane.Select(odd, limitOthers, TLane.Min(limit, limitOthers));
        }

        // away from the corner along the edge of the odd axis, or over the face across it
        TLane place = direction * rows.Load(at + CapsuleRows.OnCapsule);
        TLane overEdge = TLane.Min(limitOdd, one - place);
        TLane overFace = TLane.Min(limitOthers, one + place);
        TLane second = TLane.Select(along * along > TLane.Const(0.5), overEdge, -overFace);
        Write(rows, pair, worlds & (single | two), direction * second);
    }

    /// <summary>
    /// The middle of an edge is nearest: over the flatter face, unless capsule and edge are like a T.
    /// </summary>
    private static void AtEdge<TLane, TRows>(TRows rows, in CollisionPair pair, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // of the axes across the edge the one along which the capsule reaches farther
        int at = pair.Scratch;
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane edge = rows.Load(at + CapsuleRows.Feature);
        TLane count = zero;
        TLane far = -one;
        TLane farDiffers = zero;
        TLane farLimit = zero;
        TLane edgeUp = zero;
        TLane edgeSize = zero;
        TLane edgeHalf = one;
        for (int step = 0; step < 3; step++)
        {
            for (int k = 0; k < 3; k++)
            {
                // axes in the order edge, next, next but one
                TLane here = TLane.Same(edge, TLane.Const((k - step + 3) % 3));
                if (!TLane.Any(here & worlds)) continue;
                TLane half = rows.Load(at + CapsuleRows.HalfAxis + k);
                TLane reach = TLane.Abs(rows.Load(at + CapsuleRows.Axis + k));
                if (step == 0)
                {
                    edgeUp = TLane.Select(here, half > zero, edgeUp);
                    edgeSize = TLane.Select(here, rows.Constant(pair.Size2 + k), edgeSize);
                    edgeHalf = TLane.Select(here, TLane.Abs(half), edgeHalf);
                    continue;
                }

                TLane differs = Differs<TLane, TRows>(rows, at, k);
                count = TLane.Select(here & differs, count + one, count);
                TLane farther = here & (step == 1 ? reach > far : reach >= far);
                farDiffers = TLane.Select(farther, differs, farDiffers);
                farLimit = TLane.Select(farther, Limit<TLane, TRows>(rows, pair, k), farLimit);
                far = TLane.Select(farther, reach, far);
            }
        }

        // up to the other border of the face or the end of the edge
        TLane direction = TLane.Select(farDiffers, one, -one);
        TLane length = one - (direction * rows.Load(at + CapsuleRows.OnCapsule));
        length = TLane.Min(farLimit, length);
        TLane onEdge = rows.Load(at + CapsuleRows.OnEdge);
        TLane rest = one + TLane.Select(PairMath.Xor(edgeUp, farDiffers), onEdge, -onEdge);
        length = TLane.Min(edgeSize * rest / edgeHalf, length);
        Write(rows, pair, worlds & TLane.Same(count, one), length * direction);
    }

    /// <summary>Mask: the capsule's axis and the corner point to different sides of the box along axis k.</summary>
    private static TLane Differs<TLane, TRows>(TRows rows, int at, int k)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => PairMath.Xor(
            rows.Load(at + CapsuleRows.HalfAxis + k) > TLane.Const(0), rows.Load(at + CapsuleRows.Corner + k));

    /// <summary>Part of the capsule's half that reaches across the whole box along axis k.</summary>
    private static TLane Limit<TLane, TRows>(TRows rows, in CollisionPair pair, int k)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        TLane.Const(2) * rows.Constant(pair.Size2 + k)
            / TLane.Abs(rows.Load(pair.Scratch + CapsuleRows.HalfAxis + k));

    private static void Write<TLane, TRows>(TRows rows, in CollisionPair pair, TLane worlds, TLane second)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int row = pair.Scratch + CapsuleRows.Second;
        int has = pair.Scratch + CapsuleRows.HasSecond;
        rows.Store(row, TLane.Select(worlds, second, rows.Load(row)));
        rows.Store(has, rows.Load(has) | worlds);
    }
}

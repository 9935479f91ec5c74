using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Points where the incident feature and the reference face overlap, one candidate slot each (fourth part of mjc_BoxBox
/// in engine_collision_box.c): crossings of sides and borders, corners of the reference face, corners of the feature.
/// </summary>
/// <remarks>
/// A slot holds the point in the face frame, midway between the surfaces, and the distance. Face contacts see the
/// feature along the face's normal, edge contacts along the edge normal; what both share is computed once for all
/// worlds. Two slips of MuJoCo 3.3.0 are kept, for they decide its contacts: the distance of a face contact is half the
/// distance of the surfaces; after an edge contact's first corner of the reference face the others are measured with
/// the square of the distance found there in place of the area of the incident face.
/// </remarks>
internal static class BoxClip
{
    /// <summary>First slot of the corners of the reference face, after four slots for each of four sides.</summary>
    public const int FaceCorners = 16;

    /// <summary>First slot of the corners of the incident feature.</summary>
    public const int FeatureCorners = 20;

    private const double MinValue = 1e-15;

    /// <summary>First row of a slot.</summary>
    public static int Slot(in CollisionPair pair, int slot) => pair.Scratch + (slot * Candidate.Stride);

    /// <summary>Crossings of side <paramref name="side"/> (0 to 3) with the borders of the reference face.</summary>
    public static void Crossings<TLane, TRows>(TRows rows, in CollisionPair pair, int side, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane present = active & rows.Load(pair.Scratch + BoxRows.HasSide + (side == 0 ? 0 : 1));
        for (int q = 0; q < 2; q++)
        {
            int slot = Slot(pair, (4 * side) + (2 * q));
            rows.Store(slot + Candidate.Found, TLane.Const(0));
            rows.Store(slot + Candidate.Stride + Candidate.Found, TLane.Const(0));
            if (TLane.Any(present)) Cross<TLane, TRows>(rows, pair, side, q, slot, margin, present);
        }
    }

    private static void Cross<TLane, TRows>(
        TRows rows, in CollisionPair pair, int side, int q, int slot, TLane margin, TLane present)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // sides 0 and 3 go along the first side, 1 and 2 along the second; 2 starts a first side off the corner, 3 a
        // second side
        int along = 3 * (side is 0 or 3 ? 0 : 1);
        int corner = pair.Scratch + BoxRows.Corner;
        int direction = pair.Scratch + BoxRows.Side + along;
        TLane b = rows.Load(direction + q);
        TLane steep = present & (TLane.Abs(b) > TLane.Const(MinValue));
        if (!TLane.Any(steep)) return;
        TLane inverse = TLane.Const(1) / TLane.Select(steep, b, TLane.Const(1));
        TLane a = Start<TLane, TRows>(rows, corner + q, pair.Scratch + BoxRows.Side + q, side);
        TLane c = Start<TLane, TRows>(rows, corner + 1 - q, pair.Scratch + BoxRows.Side + 1 - q, side);
        TLane d = rows.Load(direction + 1 - q);
        TLane border = rows.Load(pair.Scratch + BoxRows.Half + q);
        TLane other = rows.Load(pair.Scratch + BoxRows.Half + 1 - q);
        for (int end = 0; end < 2; end++)
        {
            TLane l = end == 0 ? -border : border;
            TLane t = (l - a) * inverse;
            TLane across = PairMath.MulAdd(d, t, c);
            TLane hit = steep & (t >= TLane.Const(0)) & (t <= TLane.Const(1)) & (TLane.Abs(across) <= other);
            if (TLane.Any(hit))
            {
                int target = slot + (end * Candidate.Stride);
                PutCrossing<TLane, TRows>(rows, pair, side, along, q, target, t, l, across, hit, margin);
            }
        }
    }

    private static void PutCrossing<TLane, TRows>(
        TRows rows, in CollisionPair pair, int side, int along, int q, int slot, TLane t, TLane border, TLane across,
        TLane hit, TLane margin)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int free = pair.Scratch + BoxRows.Free;
        int sides = pair.Scratch + BoxRows.FreeSide;
        int direction = sides + along;
        TLane height = PairMath.MulAdd(
            rows.Load(direction + 2), t, Start<TLane, TRows>(rows, free + 2, sides + 2, side));
        TLane depth = height * rows.Load(pair.Scratch + BoxRows.DepthScale);
        hit &= depth <= margin;

        // edges: midway between the point of the side and its image in the face
        TLane half = TLane.Const(0.5);
        TLane edge = rows.Load(pair.Scratch + BoxRows.IsEdge);
        TLane x = PairMath.MulAdd(rows.Load(direction + q), t, Start<TLane, TRows>(rows, free + q, sides + q, side));
        TLane y = PairMath.MulAdd(
            rows.Load(direction + 1 - q), t, Start<TLane, TRows>(rows, free + 1 - q, sides + 1 - q, side));
        rows.Store(slot + Candidate.Position + q, TLane.Select(edge, half * (x + border), x));
        rows.Store(slot + Candidate.Position + 1 - q, half * (y + across));
        rows.Store(slot + Candidate.Position + 2, half * height);
        rows.Store(slot + Candidate.Distance, TLane.Select(edge, depth, half * depth));
        rows.Store(slot + Candidate.Found, hit);
        Count<TLane, TRows>(rows, pair.Scratch + BoxRows.Crossings, hit);
    }

    /// <summary>One coordinate of the corner at which a side starts.</summary>
    private static TLane Start<TLane, TRows>(TRows rows, int corner, int sides, int side)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane first = rows.Load(corner);
        return side < 2 ? first : first + rows.Load(sides + (side == 2 ? 0 : 3));
    }

    /// <summary>Writes the area that corners of the reference face are measured with.</summary>
    public static void Area<TLane, TRows>(TRows rows, in CollisionPair pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> side1 = Vec3<TLane>.Load(rows, pair.Scratch + BoxRows.Side);
        Vec3<TLane> side2 = Vec3<TLane>.Load(rows, pair.Scratch + BoxRows.Side, 3);
        rows.Store(pair.Scratch + BoxRows.Area, PairMath.Determinant(side1.X, side2.X, side1.Y, side2.Y));
    }

    /// <summary>Corner <paramref name="i"/> (0 to 3) of the reference face, where it lies on the feature.</summary>
    public static void FaceCorner<TLane, TRows>(TRows rows, in CollisionPair pair, int i, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        int slot = Slot(pair, FaceCorners + i);
        rows.Store(slot + Candidate.Found, TLane.Const(0));
        active &= rows.Load(at + BoxRows.HasSide, 1);
        if (!TLane.Any(active)) return;
        Vec3<TLane> side1 = Vec3<TLane>.Load(rows, at + BoxRows.Side);
        Vec3<TLane> side2 = Vec3<TLane>.Load(rows, at + BoxRows.Side, 3);
        Vec3<TLane> corner = Vec3<TLane>.Load(rows, at + BoxRows.Corner);
        TLane x = i < 2 ? -rows.Load(at + BoxRows.Half) : rows.Load(at + BoxRows.Half);
        TLane y = i % 2 == 0 ? -rows.Load(at + BoxRows.Half + 1) : rows.Load(at + BoxRows.Half + 1);

        // corner = feature corner + u side1 + v side2
        TLane inverse = TLane.Const(1) / rows.Load(at + BoxRows.Area);
        TLane u = PairMath.Determinant(x - corner.X, y - corner.Y, side2.X, side2.Y) * inverse;
        TLane v = PairMath.Determinant(y - corner.Y, x - corner.X, side1.Y, side1.X) * inverse;

        TLane one = TLane.Const(1);
        TLane edge = rows.Load(at + BoxRows.IsEdge);
        TLane inside = active & ~edge & (u > TLane.Const(0)) & (v > TLane.Const(0)) & (u < one) & (v < one);
        TLane height = PairMath.MulAdd(v, side2.Z, PairMath.MulAdd(u, side1.Z, corner.Z));
        TLane half = TLane.Const(0.5) * height;
        rows.Store(slot + Candidate.Found, inside & (height <= margin));
        rows.Store(slot + Candidate.Distance, half);
        new Vec3<TLane>(x, y, half).Store(rows, slot + Candidate.Position);
        if (TLane.Any(active & edge))
            FaceCornerOfEdge<TLane, TRows>(rows, pair, slot, new(x, y, TLane.Const(0)), u, v, margin, active & edge);
    }

    private static void FaceCornerOfEdge<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, Vec3<TLane> point, TLane u, TLane v, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // where no side crosses a border, a corner beside the incident face counts too
        int at = pair.Scratch;
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane inU = (u >= zero) & (u <= one);
        TLane inV = (v >= zero) & (v <= one);
        TLane lonely = TLane.Same(rows.Load(at + BoxRows.Crossings), zero);
        TLane found = active & ((inU & inV) | (lonely & (inU | inV)));
        u = TLane.Min(TLane.Max(u, zero), one);
        v = TLane.Min(TLane.Max(v, zero), one);

        // the point of the incident face below or above it
        int free = at + BoxRows.Free;
        Vec3<TLane> image = PairMath.MulAdd(
            v, Vec3<TLane>.Load(rows, free, 6),
            PairMath.MulAdd(u, Vec3<TLane>.Load(rows, free, 3), (one - u - v) * Vec3<TLane>.Load(rows, free)));
        Vec3<TLane> between = point - image;
        TLane square = PairMath.Dot(between, between);
        rows.Store(at + BoxRows.Area, TLane.Select(found, square, rows.Load(at + BoxRows.Area)));
        found &= (image.Z <= zero) | (square <= margin * margin);
        Vec3<TLane> middle = TLane.Const(0.5) * (point + image);
        TLane depth = PairMath.Sign(image.Z < zero) * TLane.Sqrt(square);
        Merge<TLane, TRows>(rows, slot, active, found, depth, middle);
        Count<TLane, TRows>(rows, at + BoxRows.FaceCorners, found);
    }

    /// <summary>Corner <paramref name="i"/> (0 to 3) of the incident feature.</summary>
    public static void FeatureCorner<TLane, TRows>(TRows rows, in CollisionPair pair, int i, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the lowest corner counts wherever it is, the others inside the face
        int at = pair.Scratch;
        int slot = Slot(pair, FeatureCorners + i);
        TLane edge = rows.Load(at + BoxRows.IsEdge);
        Vec3<TLane> corner = Vec3<TLane>.Load(rows, at + BoxRows.Corner + (3 * i));
        TLane found = active & ~edge;
        if (i > 0)
        {
            TLane inside = (TLane.Abs(corner.X) < rows.Load(at + BoxRows.Half))
                & (TLane.Abs(corner.Y) < rows.Load(at + BoxRows.Half, 1));
            found &= inside & rows.Load(at + BoxRows.HasSide + (i == 1 ? 0 : 1));
        }

        TLane half = TLane.Const(0.5) * corner.Z;
        found &= corner.Z <= margin;
        rows.Store(slot + Candidate.Found, found);
        rows.Store(slot + Candidate.Distance, half);
        new Vec3<TLane>(corner.X, corner.Y, half).Store(rows, slot + Candidate.Position);
        if (TLane.Any(active & edge)) FeatureCornerOfEdge<TLane, TRows>(rows, pair, i, slot, margin, active & edge);
    }

    private static void FeatureCornerOfEdge<TLane, TRows>(
        TRows rows, in CollisionPair pair, int i, int slot, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int at = pair.Scratch;
        TLane zero = TLane.Const(0);
        Vec3<TLane> image = Vec3<TLane>.Load(rows, at + BoxRows.Corner + (3 * i));
        Vec3<TLane> free = Vec3<TLane>.Load(rows, at + BoxRows.Free + (3 * i));
        TLane halfX = rows.Load(at + BoxRows.Half);
        TLane halfY = rows.Load(at + BoxRows.Half, 1);

        // inside the face; beside it where no side crosses a border; anywhere where there is no other point at all
        TLane inX = TLane.Abs(image.X) <= halfX;
        TLane inY = TLane.Abs(image.Y) <= halfY;
        TLane lonely = TLane.Same(rows.Load(at + BoxRows.Crossings), zero);
        TLane only = lonely & TLane.Same(rows.Load(at + BoxRows.FaceCorners), zero);
        TLane found = active & ((inX & inY) | (lonely & (inX | inY)) | only);

        // distance along the edge normal, and beside the face
        TLane nearX = TLane.Min(TLane.Max(image.X, -halfX), halfX);
        TLane nearY = TLane.Min(TLane.Max(image.Y, -halfY), halfY);
        TLane offX = image.X - nearX;
        TLane offY = image.Y - nearY;
        TLane height = free.Z * rows.Load(at + BoxRows.DepthScale);
        TLane square = PairMath.MulAdd(height, height, PairMath.MulAdd(offY, offY, offX * offX));
        found &= (free.Z <= zero) | (square <= margin * margin);
        Vec3<TLane> middle = TLane.Const(0.5) * (free + new Vec3<TLane>(nearX, nearY, zero));
        TLane depth = PairMath.Sign(free.Z < zero) * TLane.Sqrt(square);
        Merge<TLane, TRows>(rows, slot, active, found, depth, middle);
    }

    private static void Merge<TLane, TRows>(
        TRows rows, int slot, TLane active, TLane found, TLane depth, Vec3<TLane> point)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(slot + Candidate.Found, TLane.Select(active, found, rows.Load(slot + Candidate.Found)));
        rows.Store(slot + Candidate.Distance, TLane.Select(active, depth, rows.Load(slot + Candidate.Distance)));
        Vec3<TLane> old = Vec3<TLane>.Load(rows, slot, Candidate.Position);
        Vec3<TLane>.Select(active, point, old).Store(rows, slot, Candidate.Position);
    }

    private static void Count<TLane, TRows>(TRows rows, int row, TLane found)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane count = rows.Load(row);
        rows.Store(row, TLane.Select(found, count + TLane.Const(1), count));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// By how much one overlap of two boxes is larger than another, from small numbers alone where the axes are almost
/// parallel: boxes that lie on each other overlap along both of their normals by almost the same amount.
/// </summary>
internal static class BoxExcess
{
    /// <summary>
    /// Overlap along axis i of box 1 minus that along axis j of box 2, axes of each world: with r their dot product,
    /// s sizes, p centers seen from the other box, and the rest of each reach, it is
    /// (1 - |r|) (s1 - s2) + |p12| - |p21| + rest1 - rest2.
    /// </summary>
    public static TLane Faces<TLane, TRows>(TRows rows, in CollisionPair pair, TLane i, TLane j)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane i0 = TLane.Same(i, zero);
        TLane i1 = TLane.Same(i, TLane.Const(1));
        TLane j0 = TLane.Same(j, zero);
        TLane j1 = TLane.Same(j, TLane.Const(1));
        int rot = pair.Scratch + BoxRows.Rot;
        Vec3<TLane> row = BoxFrame.Pick(
            i0, i1, Vec3<TLane>.Load(rows, rot), Vec3<TLane>.Load(rows, rot, 3), Vec3<TLane>.Load(rows, rot, 6));
        Vec3<TLane> column = BoxFrame.Pick(
            j0, j1, Mat3<TLane>.LoadColumn(rows, rot, 0), Mat3<TLane>.LoadColumn(rows, rot, 1),
            Mat3<TLane>.LoadColumn(rows, rot, 2));
        TLane r = Component(j0, j1, row);
        row = Without(j0, j1, row);
        column = Without(i0, i1, column);

        // |p12| - |p21|, where p12 = -(r p21 + the rest)
        Vec3<TLane> center = Vec3<TLane>.Load(rows, pair.Scratch + BoxRows.Pos21);
        TLane distance = Component(i0, i1, center);
        TLane along = r * distance;
        TLane rest = Vec3<TLane>.Dot(column, center);
        TLane loss = Vec3<TLane>.Dot(column, column) / (TLane.Const(1) + TLane.Abs(r));
        TLane near = TLane.NegMulAdd(loss, TLane.Abs(distance), PairMath.Sign(along < zero) * rest);
        TLane far = TLane.Abs(along + rest) - TLane.Abs(distance);
        TLane change = TLane.Select(TLane.Abs(along) > TLane.Abs(rest), near, far);

        Vec3<TLane> size1 = Vec3<TLane>.Constant(rows, pair.Size1);
        Vec3<TLane> size2 = Vec3<TLane>.Constant(rows, pair.Size2);
        TLane reach = Vec3<TLane>.Dot(PairMath.Abs(row), size2) - Vec3<TLane>.Dot(PairMath.Abs(column), size1);
        return TLane.MulAdd(loss, Component(i0, i1, size1) - Component(j0, j1, size2), change + reach);
    }

    private static TLane Component<TLane>(TLane is0, TLane is1, Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane> => TLane.Select(is0, v.X, TLane.Select(is1, v.Y, v.Z));

    private static Vec3<TLane> Without<TLane>(TLane is0, TLane is1, Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        return new(
            TLane.Select(is0, zero, v.X), TLane.Select(is1, zero, v.Y), TLane.Select(is0 | is1, v.Z, zero));
    }
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Faces and vertices of the polytope of EPA.</summary>
internal static class EpaFace
{
    /// <summary>Index of a face that is part of the polytope but no candidate for the closest.</summary>
    public const int NoCandidate = -1;

    /// <summary>Index of a face that is not part of the polytope any more.</summary>
    public const int Deleted = -2;

    /// <summary>First row of a face by its number.</summary>
    public static int Row(int at, int face) => at + ConvexRows.Faces + (face * ConvexRows.FaceStride);

    /// <summary>Rows of an entry of the simplex.</summary>
    public static int Corner(int at, int entry) => at + ConvexRows.Simplex + (entry * ConvexRows.SimplexStride);

    /// <summary>Splits half-edges: first row of the face, and edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Split<TLane>(TLane half, out TLane edge)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane row = TLane.Truncate(half * TLane.Const(0.25));
        edge = half - (TLane.Const(4) * row);
        return row;
    }

    /// <summary>The edge after another of the same face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane After<TLane>(TLane edge)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.Select(TLane.Same(edge, TLane.Const(2)), TLane.Const(0), edge + TLane.Const(1));

    /// <summary>Direction of a vector of known length; x where it has none (epaSupport).</summary>
    public static void Towards<TLane, TRows>(TRows rows, int at, in Vec3<TLane> v, TLane length)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane one = TLane.Const(1);
        TLane usable = length > TLane.Const(ConvexMath.MinValue);
        TLane divisor = TLane.Select(usable, length, one);
        Vec3<TLane> direction = new(v.X / divisor, v.Y / divisor, v.Z / divisor);
        Vec3<TLane>.Select(usable, direction, new(one, zero, zero)).Store(rows, at, ConvexRows.Direction);
    }

    /// <summary>Sum of three points with the weights of <paramref name="l"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Combine<TLane>(in Vec3<TLane> l, in Vec3<TLane> a, in Vec3<TLane> b, in Vec3<TLane> c)
        where TLane : unmanaged, ILane<TLane> => (l.X * a) + (l.Y * b) + (l.Z * c);
}

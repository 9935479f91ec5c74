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

    /// <summary>First row of a face.</summary>
    public static int Row(int at, int face) => at + ConvexRows.Faces + (face * ConvexRows.FaceStride);

    /// <summary>First row of each world's own face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Row<TLane>(int at, TLane face)
        where TLane : unmanaged, ILane<TLane> =>
        (face * TLane.Const(ConvexRows.FaceStride)) + TLane.Const(at + ConvexRows.Faces);

    /// <summary>First row of a vertex.</summary>
    public static int VertexRow(int at, int vertex) => at + ConvexRows.Vertices + (vertex * ConvexRows.VertexStride);

    /// <summary>First row of each world's own vertex.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane VertexRow<TLane>(int at, TLane vertex)
        where TLane : unmanaged, ILane<TLane> =>
        (vertex * TLane.Const(ConvexRows.VertexStride)) + TLane.Const(at + ConvexRows.Vertices);

    /// <summary>Direction of a vector of known length; x where it has none (epaSupport).</summary>
    public static void Towards<TLane, TRows>(TRows rows, int at, Vec3<TLane> v, TLane length)
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
    public static Vec3<TLane> Combine<TLane>(Vec3<TLane> l, Vec3<TLane> a, Vec3<TLane> b, Vec3<TLane> c)
        where TLane : unmanaged, ILane<TLane> => (l.X * a) + (l.Y * b) + (l.Z * c);
}

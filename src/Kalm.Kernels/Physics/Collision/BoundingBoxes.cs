using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// The test of a pair's bounding boxes along their own axes (mj_collideOBB in engine_collision_driver.c).
/// </summary>
internal static class BoundingBoxes
{
    /// <summary>Mask: no axis of a box separates the boxes by more than the margin.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="boxes">Address of the boxes.</param>
    /// <param name="margin">Distance up to which the geoms touch.</param>
    public static TLane Near<TLane, TRows>(TRows rows, in CollisionPair pair, int boxes, TLane margin)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> center1 = Center<TLane, TRows>(rows, pair.Position1, pair.Matrix1, boxes);
        Vec3<TLane> center2 = Center<TLane, TRows>(rows, pair.Position2, pair.Matrix2, boxes + 6);
        BoxAxes.Relate(rows, pair, center2 - center1);
        return BoxAxes.Faces(rows, pair with { Size1 = boxes + 3, Size2 = boxes + 9 }, margin);
    }

    private static Vec3<TLane> Center<TLane, TRows>(TRows rows, int position, int matrix, int box)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        (Mat3<TLane>.Load(rows, matrix) * Vec3<TLane>.Constant(rows, box)) + Vec3<TLane>.Load(rows, position);
}

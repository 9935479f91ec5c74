using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Contacts of two boxes (mjc_BoxBox in engine_collision_box.c): the axis of the smallest overlap chooses a face of one
/// box, the other box's feature is clipped against it.
/// </summary>
internal static class BoxBox
{
    /// <summary>Writes the candidates of the worlds of a mask whose boxes may touch.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="pair">The boxes.</param>
    /// <param name="margin">Distance up to which they touch.</param>
    /// <param name="active">Mask of the worlds to look at.</param>
    /// <returns>Number of candidates.</returns>
    public static int Collide<TLane, TRows>(TRows rows, in CollisionPair pair, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // axes
        Vec3<TLane> between = Vec3<TLane>.Load(rows, pair.Position2) - Vec3<TLane>.Load(rows, pair.Position1);
        BoxAxes.Relate(rows, pair, between);
        active &= BoxAxes.Faces(rows, pair, margin);
        if (!TLane.Any(active)) return 0;
        BoxAxes.ChooseFace<TLane, TRows>(rows, pair);
        active &= BoxAxes.Edges(rows, pair, margin);
        if (!TLane.Any(active)) return 0;

        // face frame
        BoxFrame.ChooseFace<TLane, TRows>(rows, pair);
        bool edges = TLane.Any(active & rows.Load(pair.Scratch + BoxRows.IsEdge));
        if (edges) BoxFrame.ChooseEdge<TLane, TRows>(rows, pair);
        BoxFrame.Relate<TLane, TRows>(rows, pair);
        if (edges) BoxFrame.Project<TLane, TRows>(rows, pair);

        // feature of the other box
        BoxPatch.Face<TLane, TRows>(rows, pair);
        if (edges) active &= ~BoxPatch.Edge<TLane, TRows>(rows, pair);

        // points
        rows.Store(pair.Scratch + BoxRows.Crossings, TLane.Const(0));
        rows.Store(pair.Scratch + BoxRows.FaceCorners, TLane.Const(0));
        for (int side = 0; side < 4; side++) BoxClip.Crossings(rows, pair, side, margin, active);
        BoxClip.Area<TLane, TRows>(rows, pair);
        for (int i = 0; i < 4; i++) BoxClip.FaceCorner(rows, pair, i, margin, active);
        for (int i = 0; i < 4; i++) BoxClip.FeatureCorner(rows, pair, i, margin, active);

        // contacts
        BoxFrame.Place<TLane, TRows>(rows, pair);
        int count = BoxPoints.Compact(rows, pair, margin, out TLane number);
        BoxPoints.Place(rows, pair, count, number);
        BoxPoints.DropRepeated<TLane, TRows>(rows, pair, count);
        return count;
    }
}

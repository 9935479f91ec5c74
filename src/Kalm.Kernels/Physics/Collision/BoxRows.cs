namespace Kalm.Kernels.Physics.Collision;

/// <summary>Scratch rows of the box-box function, relative to the end of the candidates.</summary>
/// <remarks>
/// The reference box is the one with the reference face, the other one is the incident box. The face frame lies in the
/// center of the reference face with z outwards; its axes are axes of the reference box, up to sign and order.
/// </remarks>
internal static class BoxRows
{
    /// <summary>First row, relative to the pair's scratch.</summary>
    public const int First = Candidate.Capacity * Candidate.Stride;

    /// <summary>Dot products of the axes of box 1 (rows) and box 2 (columns), (9).</summary>
    public const int Rot = First;

    /// <summary>Center of box 2 in the frame of box 1, (3).</summary>
    public const int Pos21 = Rot + 9;

    /// <summary>Center of box 1 in the frame of box 2, (3).</summary>
    public const int Pos12 = Pos21 + 3;

    /// <summary>Smallest overlap along a face normal of box 1, and of box 2, (2), m.</summary>
    public const int FaceOverlap = Pos12 + 3;

    /// <summary>Axis of that normal, plus 3 for the negative face, (2).</summary>
    public const int Face = FaceOverlap + 2;

    /// <summary>Smallest overlap so far, m.</summary>
    public const int Overlap = Face + 2;

    /// <summary>
    /// Axis of the smallest overlap: 0-5 faces +x +y +z -x -y -z of box 1, 6-11 of box 2, 12-20 edges 3 i + j.
    /// </summary>
    public const int Axis = Overlap + 1;

    /// <summary>Unit cross product of the edges of that axis, in the frame of box 1, (3).</summary>
    public const int EdgeNormal = Axis + 1;

    /// <summary>Mask: box 2 lies behind that normal.</summary>
    public const int EdgeBehind = EdgeNormal + 3;

    /// <summary>Mask: two edges touch.</summary>
    public const int IsEdge = EdgeBehind + 1;

    /// <summary>Mask: the reference box is box 2.</summary>
    public const int Second = IsEdge + 1;

    /// <summary>Axis of the reference face, 0 1 2.</summary>
    public const int FaceAxis = Second + 1;

    /// <summary>Mask: the reference face is the negative one.</summary>
    public const int FaceNegative = FaceAxis + 1;

    /// <summary>Edge contacts: axis of box 2 along its edge, 0 1 2.</summary>
    public const int EdgeAxis = FaceNegative + 1;

    /// <summary>Edge contacts: axis of box 2 that spans the incident face with the edge, 0 1 2.</summary>
    public const int SpanAxis = EdgeAxis + 1;

    /// <summary>Edge contacts: side of box 2 on which the edge lies along the span axis, 1 or -1.</summary>
    public const int SpanSign = SpanAxis + 1;

    /// <summary>Edge contacts: side of box 2 on which the edge lies along its third axis, 1 or -1.</summary>
    public const int ThirdSign = SpanSign + 1;

    /// <summary>Signs of the face frame's axes over the reference box's, (3).</summary>
    public const int AxisSign = ThirdSign + 1;

    /// <summary>Axes of the incident box in the face frame: columns, (9).</summary>
    public const int Incident = AxisSign + 3;

    /// <summary>Center of the incident box in the face frame, (3).</summary>
    public const int Center = Incident + 9;

    /// <summary>Half sizes of the reference box along the face frame's axes, (3).</summary>
    public const int Half = Center + 3;

    /// <summary>Half sizes of the incident box, (3).</summary>
    public const int IncidentHalf = Half + 3;

    /// <summary>Edge contacts: the edge normal in the face frame, (3).</summary>
    public const int Project = IncidentHalf + 3;

    /// <summary>Depth per unit of height over the reference face: 1, for edges 1 / (edge normal's z).</summary>
    public const int DepthScale = Project + 3;

    /// <summary>Corners of the incident face, moved along the edge normal into the reference face, (4, 3).</summary>
    public const int Corner = DepthScale + 1;

    /// <summary>Corners of the incident face, where they are, (4, 3).</summary>
    public const int Free = Corner + 12;

    /// <summary>Sides of the incident face from corner 0 to 1 and 2, moved like the corners, (2, 3).</summary>
    public const int Side = Free + 12;

    /// <summary>Sides of the incident face, where they are, (2, 3).</summary>
    public const int FreeSide = Side + 6;

    /// <summary>Masks: the incident feature has a first side, and a second, (2).</summary>
    public const int HasSide = FreeSide + 6;

    /// <summary>Crossings of sides and borders found so far.</summary>
    public const int Crossings = HasSide + 2;

    /// <summary>Edge contacts: corners of the reference face found so far.</summary>
    public const int FaceCorners = Crossings + 1;

    /// <summary>Area spanned by the sides in the reference face; edge contacts put other numbers here.</summary>
    public const int Area = FaceCorners + 1;

    /// <summary>Axes of the face frame in the world: columns, (9).</summary>
    public const int World = Area + 1;

    /// <summary>Normal of the contact in the world, (3).</summary>
    public const int Normal = World + 9;

    /// <summary>
    /// Half sizes outside of which a point is off the first box's surface, inside of which it is, then the second's,
    /// (2, 2, 3).
    /// </summary>
    public const int Bounds = Normal + 3;

    /// <summary>Points in the face frame that are left, compacted, (Candidate.Capacity entries of 4).</summary>
    public const int Points = Bounds + 12;

    /// <summary>Rows of one compacted point: position (3), depth.</summary>
    public const int PointStride = 4;

    /// <summary>End of the scratch rows.</summary>
    public const int End = Points + (Candidate.Capacity * PointStride);
}

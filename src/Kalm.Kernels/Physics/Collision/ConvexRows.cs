namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Rows of the scratch of convex collision, relative to its first row. All pairs share it: nothing survives a call.
/// </summary>
internal static class ConvexRows
{
    /// <summary>Most iterations of GJK and of EPA (mjOption.ccd_iterations).</summary>
    public const int Iterations = 50;

    /// <summary>Center of the first shape, then of the second, (2, 3), m, relative to the origin of the call.</summary>
    public const int Center = 0;

    /// <summary>Half the margin that inflates the first shape, then the second, (2), m.</summary>
    public const int Margin = 6;

    /// <summary>Hull vertex where the search of each shape starts, -1: none yet, (2).</summary>
    public const int Warm = 8;

    /// <summary>Direction in which the next point of the difference is supported, (3).</summary>
    public const int Direction = 10;

    /// <summary>Point of the difference that GJK holds for the closest to the origin, (3).</summary>
    public const int Closest = 13;

    /// <summary>Barycentric coordinates of that point, (4).</summary>
    public const int Lambda = 16;

    /// <summary>Vertices of the simplex, 0: the shapes are apart.</summary>
    public const int Count = 20;

    /// <summary>Iterations of GJK so far.</summary>
    public const int Iteration = 21;

    /// <summary>Distance of the shapes, negative while unknown.</summary>
    public const int Distance = 22;

    /// <summary>Duality gap at which GJK stops.</summary>
    public const int Gap = 23;

    /// <summary>Square of the distance beyond which the distance does not matter.</summary>
    public const int Cutoff2 = 24;

    /// <summary>Barycentric coordinates of a triangle's point, (3).</summary>
    public const int Lambda2 = 25;

    /// <summary>
    /// Simplex of GJK, four entries of <see cref="SimplexStride"/> rows; then the vertices that complete it to a
    /// polytope: three around a segment, two beside a triangle.
    /// </summary>
    public const int Simplex = 28;

    /// <summary>Copy of the simplex that a search for the origin starts from.</summary>
    public const int SimplexCopy = Simplex + (9 * SimplexStride);

    /// <summary>Normals of the faces of a tetrahedron, then their distances from the origin, (4, 3), (4).</summary>
    public const int Normal = SimplexCopy + (4 * SimplexStride);

    /// <summary>Witness points on the first shape and on the second, (2, 3).</summary>
    public const int Witness = Normal + 16;

    /// <summary>Unit vector along which the witness points lie, (3); in float only.</summary>
    public const int Axis = Witness + 6;

    /// <summary>Distance of the witness points, negative.</summary>
    public const int Depth = Axis + 3;

    /// <summary>Face of the polytope closest to the origin (<see cref="FaceIndex"/> is its first row).</summary>
    public const int Best = Depth + 1;

    /// <summary>Upper bound of the penetration depth.</summary>
    public const int Upper = Best + FaceStride;

    /// <summary>Faces that are candidates for the closest.</summary>
    public const int MapCount = Upper + 1;

    /// <summary>Faces attached to the polytope so far, deleted ones included.</summary>
    public const int Attached = Upper + 2;

    /// <summary>Edges of the horizon.</summary>
    public const int EdgeCount = Upper + 3;

    /// <summary>Takes what worlds write that have nothing to write.</summary>
    public const int Dummy = Upper + 4;

    /// <summary>First rows of the candidate faces.</summary>
    public const int Map = Dummy + 1;

    /// <summary>First rows of the faces a vertex sees, in the order of the search.</summary>
    public const int Seen = Map + MaxLive;

    /// <summary>Edges still to cross while the horizon is built.</summary>
    public const int Stack = Seen + MaxLive;

    /// <summary>Half-edges of the horizon, in the order of the search.</summary>
    public const int Horizon = Stack + MaxLive;

    /// <summary>Vertices that GJK found first; those it finds later lie where the faces will be.</summary>
    public const int Vertices = Horizon + MaxLive;

    /// <summary>Room for those of the simplex that lie where the faces will be, (4).</summary>
    public const int Kept = Vertices + (EarlyVertices * VertexStride);

    /// <summary>Vertices that complete the simplex to a polytope, (5).</summary>
    public const int Extra = Kept + (4 * VertexStride);

    /// <summary>Vertices that EPA adds, one per iteration.</summary>
    public const int New = Extra + (5 * VertexStride);

    /// <summary>Faces of the polytope.</summary>
    public const int Faces = New + (Iterations * VertexStride);

    /// <summary>Rows of the scratch.</summary>
    public const int Size = Faces + (MaxFaces * FaceStride);

    /// <summary>Rows of an entry of the simplex: point of the difference, first row of its vertex.</summary>
    public const int SimplexStride = 4;

    /// <summary>Row of an entry of the simplex: first row of its vertex.</summary>
    public const int SimplexVertex = 3;

    /// <summary>Rows of a vertex: point of the difference, of the first shape, of the second.</summary>
    public const int VertexStride = 9;

    /// <summary>Vertices of GJK that EPA finds in their place.</summary>
    public const int EarlyVertices = 16;

    /// <summary>
    /// Most faces a polytope has at once: six at the start, and a vertex that deletes n of them adds at most n + 2.
    /// </summary>
    public const int MaxLive = 8 + (2 * Iterations);

    /// <summary>Places for faces: those that live and those an iteration attaches.</summary>
    public const int MaxFaces = 2 * MaxLive;

    /// <summary>Rows of a face: point of its plane, distance, vertices, neighbors, index, sight.</summary>
    public const int FaceStride = 12;

    /// <summary>Row of a face: its distance from the origin.</summary>
    public const int FaceDistance = 3;

    /// <summary>Row of a face: first rows of its vertices, (3).</summary>
    public const int FaceVertex = 4;

    /// <summary>
    /// Row of a face: for each of its edges the half-edge on the other side, (3): 4 times the first row of the face
    /// there plus its edge.
    /// </summary>
    public const int FaceNeighbor = 7;

    /// <summary>Row of a face: place among the candidates, -1: not a candidate, -2: deleted.</summary>
    public const int FaceIndex = 10;

    /// <summary>Row of a face: 1: the vertex at hand sees it, 0: it does not, -1: deleted.</summary>
    public const int FaceSight = 11;
}

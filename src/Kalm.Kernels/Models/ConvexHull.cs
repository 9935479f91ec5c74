using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>
/// The convex hull of points with single-precision coordinates. Points that are no corner (on a face, on an edge, equal
/// to another point) are left out, without a tolerance.
/// </summary>
/// <param name="Corners">Corners of the hull: indices of points, ascending.</param>
/// <param name="Triangles">Its triangles: indices of points, counter-clockwise seen from outside.</param>
internal sealed record ConvexHull(int[] Corners, int[] Triangles)
{
    /// <summary>The hull of points.</summary>
    /// <param name="points">Coordinates, three per point, finite.</param>
    /// <exception cref="KalmException">The points lie in a plane.</exception>
    public static ConvexHull Of(float[] points)
    {
        QuickHull hull = new(points, [.. Enumerable.Range(0, points.Length / 3)]);
        int[] corners = hull.FindCorners();
        int[] triangles = hull.ListTriangles();

        // points that were corners only for a while divide faces of the hull; a second one does without them
        if (triangles.Length != 6 * (corners.Length - 2)) triangles = new QuickHull(points, corners).ListTriangles();
        return new(corners, triangles);
    }

    /// <summary>The neighbors of every corner along edges, both as positions in <see cref="Corners"/>.</summary>
    public int[][] Neighbors()
    {
        SortedSet<int>[] neighbors = [.. Corners.Select(_ => new SortedSet<int>())];
        for (int i = 0; i < Triangles.Length; i++)
        {
            int next = i % 3 == 2 ? i - 2 : i + 1;
            int from = Array.BinarySearch(Corners, Triangles[i]);
            int to = Array.BinarySearch(Corners, Triangles[next]);
            neighbors[from].Add(to);
            neighbors[to].Add(from);
        }

        return [.. neighbors.Select(set => set.ToArray())];
    }
}

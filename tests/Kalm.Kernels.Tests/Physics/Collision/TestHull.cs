namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>A convex hull: vertices in float precision, and for each the vertices it shares an edge with.</summary>
internal sealed record TestHull(Vector[] Vertices, int[][] Neighbors)
{
    /// <summary>The corners of a box; the diagonals of its sides are edges too, as of a triangulated hull.</summary>
    public static TestHull Box(double x, double y, double z)
    {
        Vector[] vertices = new Vector[8];
        for (int i = 0; i < 8; i++)
            vertices[i] = new((float)(i % 2 == 0 ? -x : x), (float)(i / 2 % 2 == 0 ? -y : y), (float)(i < 4 ? -z : z));
        int[][] neighbors = [.. vertices.Select((_, i) => new[] { i ^ 1, i ^ 2, i ^ 4, i ^ 3, i ^ 5, i ^ 6 })];
        return new(vertices, neighbors);
    }

    /// <summary>An icosahedron, stretched.</summary>
    public static TestHull Icosahedron()
    {
        List<Vector> vertices = [];
        foreach ((int s, int t) in ((int S, int T)[])[(1, 1), (1, -1), (-1, 1), (-1, -1)])
        {
            vertices.Add(new(0, (float)(s * 0.01577), (float)(t * 0.03403)));
            vertices.Add(new((float)(s * 0.01051), (float)(t * 0.02552), 0));
            vertices.Add(new((float)(t * 0.01701), 0, (float)(s * 0.02103)));
        }

        return Hull([.. vertices]);
    }

    /// <summary>Random points of an ellipsoid, all of them on the hull.</summary>
    public static TestHull Random(Random random, int count, double x, double y, double z)
    {
        Vector[] vertices = new Vector[count];
        for (int i = 0; i < count; i++)
        {
            Vector u = ConvexPoses.Direction(random);
            vertices[i] = new((float)(x * u.X), (float)(y * u.Y), (float)(z * u.Z));
        }

        return Hull(vertices);
    }

    /// <summary>Points that are all corners of their hull.</summary>
    private static TestHull Hull(Vector[] vertices)
    {
        int count = vertices.Length;

        // three points are a face if all others lie on one side of them
        SortedSet<int>[] neighbors = [.. vertices.Select(_ => new SortedSet<int>())];
        for (int a = 0; a < count; a++)
        {
            for (int b = a + 1; b < count; b++)
            {
                for (int c = b + 1; c < count; c++)
                {
                    Vector normal = Vector.Cross(vertices[b] - vertices[a], vertices[c] - vertices[a]);
                    double[] sides = [.. vertices.Where((_, i) => i != a && i != b && i != c)
                        .Select(v => Vector.Dot(normal, v - vertices[a]))];
                    if (sides.Any(side => side > 0) && sides.Any(side => side < 0)) continue;
                    neighbors[a].UnionWith([b, c]);
                    neighbors[b].UnionWith([a, c]);
                    neighbors[c].UnionWith([a, b]);
                }
            }
        }

        return new(vertices, [.. neighbors.Select(set => set.ToArray())]);
    }
}

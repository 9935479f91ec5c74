namespace Kalm.App.Pipeline;

/// <summary>Thins the vertices of a mesh to those that its convex hull needs to look right.</summary>
internal static class Outline
{
    // directions in which the hull is exact; the rest of it lies a little inside
    private const int Directions = 160;
    private const double GoldenAngle = 2.399963229728653;

    /// <summary>The vertices that lie farthest in one of many directions, evenly spread over the sphere.</summary>
    /// <param name="vertices">Three numbers each.</param>
    /// <returns>Three numbers each, in the order of the input.</returns>
    public static double[] Of(ReadOnlySpan<float> vertices)
    {
        SortedSet<int> kept = [];
        for (int k = 0; k < Directions; k++)
        {
            double z = 1 - ((2.0 * k + 1) / Directions);
            double radius = Math.Sqrt(1 - (z * z));
            kept.Add(Farthest(vertices, radius * Math.Cos(GoldenAngle * k), radius * Math.Sin(GoldenAngle * k), z));
        }

        List<double> points = [];
        foreach (int vertex in kept)
        {
            for (int i = 0; i < 3; i++) points.Add(vertices[vertex + i]);
        }

        return [.. points];
    }

    private static int Farthest(ReadOnlySpan<float> vertices, double x, double y, double z)
    {
        int best = 0;
        double most = double.NegativeInfinity;
        for (int vertex = 0; vertex < vertices.Length; vertex += 3)
        {
            double along = (x * vertices[vertex]) + (y * vertices[vertex + 1]) + (z * vertices[vertex + 2]);
            if (along <= most) continue;
            most = along;
            best = vertex;
        }

        return best;
    }
}

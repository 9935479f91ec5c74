using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Tests.Models;

[Trait("Isa", "once")]
public class ConvexHullTests
{
    [Fact]
    public void Box_full_of_points_has_eight_corners()
    {
        // a grid of 5 x 4 x 3 points, each twice: points inside, on faces and on edges are no corners
        List<float> points = [];
        for (int copy = 0; copy < 2; copy++)
        {
            for (int i = 0; i < 60; i++) points.AddRange([0.1f * (i % 5), 0.3f * (i / 5 % 4), 0.7f * (i / 20)]);
        }

        ConvexHull hull = ConvexHull.Of([.. points]);
        Assert.Equal([0, 4, 15, 19, 40, 44, 55, 59], hull.Corners);
        AssertIsHull([.. points], hull);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1e-20f)]
    [InlineData(1e20f)]
    public void Points_on_a_sphere_are_all_corners(float radius)
    {
        float[] points = Sphere(new(3), 500, radius);
        ConvexHull hull = ConvexHull.Of(points);
        Assert.Equal(500, hull.Corners.Length);
        AssertIsHull(points, hull);
    }

    [Fact]
    public void Almost_flat_cloud_has_a_hull()
    {
        // a disk whose thickness is the last bit of its coordinates
        Random random = new(5);
        float[] points = new float[3 * 2000];
        for (int i = 0; i < points.Length; i += 3)
        {
            (points[i], points[i + 1]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
            points[i + 2] = random.Next(2) == 0 ? 1 : MathF.BitIncrement(1);
        }

        AssertIsHull(points, ConvexHull.Of(points));
    }

    [Fact]
    public void Coordinates_of_all_magnitudes_are_decided_exactly()
    {
        // differences overflow 53 bits, so that the integers are needed
        Random random = new(7);
        float Any() => MathF.ScaleB(random.Next(-2, 3), random.Next(-60, 60));
        float[] points = [.. Enumerable.Range(0, 300).Select(_ => Any())];
        AssertIsHull(points, ConvexHull.Of(points));
    }

    [Fact]
    public void Hill_climbing_along_edges_finds_the_furthest_corner()
    {
        float[] points = Sphere(new(11), 300, 2);
        ConvexHull hull = ConvexHull.Of(points);
        int[][] neighbors = hull.Neighbors();
        Random random = new(13);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] direction = Sphere(random, 1, 1);
            double Along(int corner) => Dot(points, hull.Corners[corner], direction);
            int at = random.Next(hull.Corners.Length);
            for (int next = at; ; at = next)
            {
                next = neighbors[at].MaxBy(Along);
                if (Along(next) <= Along(at)) break;
            }

            Assert.Equal(Enumerable.Range(0, hull.Corners.Length).Max(Along), Along(at));
        }
    }

    [Theory]
    [InlineData("0 0 0 1 0 0 0 1 0")]
    [InlineData("0 0 0 1 0 0 0 1 0 1 1 0 .5 .5 0")]
    [InlineData("0 0 0 1 1 1 2 2 2 3 3 3")]
    [InlineData("1 2 3 1 2 3 1 2 3 1 2 3")]
    public void Flat_points_are_refused(string numbers)
    {
        float[] points = [.. numbers.Split(' ').Select(n => float.Parse(n, provider: null))];
        Assert.Contains(
            "lie in a plane", Assert.Throws<KalmException>(() => ConvexHull.Of(points)).Message,
            StringComparison.Ordinal);
    }

    // closed, oriented, with Euler's number of triangles, nothing outside, every corner needed
    private static void AssertIsHull(float[] points, ConvexHull hull)
    {
        ExactSide side = new(points);
        int[] t = hull.Triangles;
        Assert.Equal(2 * (hull.Corners.Length - 2), t.Length / 3);
        Assert.Equal(hull.Corners, t.Distinct().Order());
        HashSet<(int, int)> edges = [];
        for (int i = 0; i < t.Length; i += 3)
        {
            for (int k = 0; k < 3; k++) Assert.True(edges.Add((t[i + k], t[i + ((k + 1) % 3)])));
            for (int p = 0; p < points.Length / 3; p++)
                Assert.True(side.Of(t[i], t[i + 1], t[i + 2], p) <= 0, $"point {p} lies outside triangle {i / 3}");
        }

        Assert.All(edges, edge => Assert.Contains((edge.Item2, edge.Item1), edges));
        Assert.All(hull.Neighbors(), neighbors => Assert.True(neighbors.Length >= 3));
    }

    private static float[] Sphere(Random random, int count, float radius)
    {
        float[] points = new float[3 * count];
        for (int i = 0; i < points.Length; i += 3)
        {
            double z = (2 * random.NextDouble()) - 1, angle = 2 * Math.PI * random.NextDouble();
            double r = Math.Sqrt(1 - (z * z));
            points[i] = (float)(r * Math.Cos(angle)) * radius;
            points[i + 1] = (float)(r * Math.Sin(angle)) * radius;
            points[i + 2] = (float)z * radius;
        }

        return points;
    }

    private static double Dot(float[] points, int p, float[] d) =>
        ((double)points[3 * p] * d[0]) + ((double)points[(3 * p) + 1] * d[1]) + ((double)points[(3 * p) + 2] * d[2]);
}

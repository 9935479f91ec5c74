using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>
/// A triangulated convex hull, grown point by point (Barber, Dobkin, Huhdanpaa, "The quickhull algorithm for convex
/// hulls", 1996).
/// </summary>
/// <remarks>
/// Exact predicates instead of thick facets: a facet in one plane with a point stays, so flat faces become fans of
/// triangles, none of them degenerate.
/// </remarks>
internal sealed class QuickHull
{
    // tests of a point against a facet; real meshes need thousands to a few millions
    private const long MaxTests = 100_000_000;

    private readonly ExactSide _side;
    private readonly List<Facet> _facets = [];
    private readonly Stack<Facet> _open = [];
    private readonly float[] _points;
    private long _tests;

    /// <summary>Builds the hull.</summary>
    /// <param name="points">Coordinates, three per point.</param>
    /// <param name="candidates">The points that count.</param>
    /// <exception cref="KalmException">The points lie in a plane.</exception>
    public QuickHull(float[] points, IReadOnlyList<int> candidates)
    {
        _points = points;
        _side = new(points);
        Start(candidates);
        while (_open.TryPop(out Facet? facet))
        {
            if (!facet.Dead) AddFurthest(facet);
        }

        _facets.RemoveAll(facet => facet.Dead);
    }

    /// <summary>Corners, ascending: the points where at least three planes meet.</summary>
    public int[] FindCorners()
    {
        SortedDictionary<int, (Facet Facet, int At)> some = [];
        foreach (Facet facet in _facets)
        {
            for (int at = 0; at < 3; at++) some[facet.Points[at]] = (facet, at);
        }

        List<int> corners = [];
        foreach ((int point, (Facet first, int start)) in some)
        {
            // walk around the point and count the edges that bend
            (Facet facet, int at, int bends) = (first, start, 0);
            do
            {
                int apex = facet.Points[(at + 1) % 3];
                facet = facet.Beyond[(at + 2) % 3]!;
                at = Array.IndexOf(facet.Points, point);
                if (_side.Of(facet.Points[0], facet.Points[1], facet.Points[2], apex) != 0) bends++;
            }
            while (facet != first);
            if (bends >= 3) corners.Add(point);
        }

        return [.. corners];
    }

    /// <summary>The triangles.</summary>
    public int[] ListTriangles() => [.. _facets.SelectMany(facet => facet.Points)];

    // a tetrahedron of far-apart points
    private void Start(IReadOnlyList<int> candidates)
    {
        KalmException flat = new("its vertices lie in a plane, so it has no convex hull");
        if (candidates.Count < 4) throw flat;
        int a = candidates.MinBy(p => _points[3 * p]);
        int b = candidates.MaxBy(p => Square(Difference(p, a)));
        double[] along = Difference(b, a);
        int c = candidates.MaxBy(p => Square(Rotation.Cross(Difference(p, a), along)));
        double[] normal = Rotation.Cross(along, Difference(c, a));
        int d = candidates.MaxBy(p => Math.Abs(Rotation.Dot(Difference(p, a), normal)));
        int side = _side.Of(a, b, c, d);
        if (side == 0) throw flat;
        if (side > 0) (b, c) = (c, b);

        // d lies below a, b, c; the other three facets turn around it
        Facet[] facets = [new(a, b, c), new(b, a, d), new(c, b, d), new(a, c, d)];
        Link(facets);
        Assign(candidates.Where(p => p != a && p != b && p != c && p != d), facets);
    }

    // takes the point furthest above a facet into the hull
    private void AddFurthest(Facet facet)
    {
        int point = facet.Outside.MaxBy(p => Height(facet, p));
        List<Facet> visible = [facet];
        facet.Dead = true;
        List<(int From, int To, Facet Beyond)> horizon = [];
        for (int i = 0; i < visible.Count; i++)
        {
            for (int edge = 0; edge < 3; edge++)
            {
                Facet beyond = visible[i].Beyond[edge]!;
                if (beyond.Dead) continue;
                beyond.Dead = IsAbove(beyond, point);
                if (beyond.Dead) visible.Add(beyond);
                else horizon.Add((visible[i].Points[edge], visible[i].Points[(edge + 1) % 3], beyond));
            }
        }

        // the horizon is a closed line; a facet stands on each of its edges
        Facet[] fan = new Facet[horizon.Count];
        Dictionary<int, Facet> byStart = [];
        for (int i = 0; i < fan.Length; i++)
        {
            (int from, int to, Facet beyond) = horizon[i];
            fan[i] = new(from, to, point);
            fan[i].Beyond[0] = beyond;
            beyond.Beyond[Array.IndexOf(beyond.Points, to)] = fan[i];
            byStart.Add(from, fan[i]);
        }

        foreach (Facet part in fan)
        {
            Facet next = byStart[part.Points[1]];
            part.Beyond[1] = next;
            next.Beyond[2] = part;
        }

        Assign(visible.SelectMany(f => f.Outside).Where(p => p != point), fan);
    }

    // gives each point to the first new facet it lies above; points above none are inside
    private void Assign(IEnumerable<int> points, Facet[] facets)
    {
        foreach (int point in points)
        {
            foreach (Facet facet in facets)
            {
                if (!IsAbove(facet, point)) continue;
                facet.Outside.Add(point);
                break;
            }
        }

        foreach (Facet facet in facets)
        {
            _facets.Add(facet);
            if (facet.Outside.Count == 0) continue;
            facet.Normal = Rotation.Cross(
                Difference(facet.Points[1], facet.Points[0]), Difference(facet.Points[2], facet.Points[0]));
            _open.Push(facet);
        }
    }

    private bool IsAbove(Facet facet, int point)
    {
        if (++_tests > MaxTests) throw new KalmException("its convex hull takes too long; a simpler mesh is needed");
        return _side.Of(facet.Points[0], facet.Points[1], facet.Points[2], point) > 0;
    }

    // in multiples of the normal's length, for comparisons only
    private double Height(Facet facet, int point)
    {
        int p = 3 * point, q = 3 * facet.Points[0];
        return (facet.Normal[0] * ((double)_points[p] - _points[q]))
            + (facet.Normal[1] * ((double)_points[p + 1] - _points[q + 1]))
            + (facet.Normal[2] * ((double)_points[p + 2] - _points[q + 2]));
    }

    private double[] Difference(int p, int q) =>
    [
        (double)_points[3 * p] - _points[3 * q],
        (double)_points[(3 * p) + 1] - _points[(3 * q) + 1],
        (double)_points[(3 * p) + 2] - _points[(3 * q) + 2],
    ];

    private static double Square(double[] v) => Rotation.Dot(v, v);

    // links the facets of a closed surface along their common edges
    private static void Link(Facet[] facets)
    {
        Dictionary<(int From, int To), Facet> byEdge = [];
        foreach (Facet facet in facets)
        {
            for (int edge = 0; edge < 3; edge++) byEdge.Add((facet.Points[edge], facet.Points[(edge + 1) % 3]), facet);
        }

        foreach (((int from, int to), Facet facet) in byEdge)
            facet.Beyond[Array.IndexOf(facet.Points, from)] = byEdge[(to, from)];
    }

    // a triangle, the facets beyond its edges 01, 12, 20, and the points above it that wait to be added
    private sealed class Facet(int a, int b, int c)
    {
        public int[] Points { get; } = [a, b, c];

        public Facet?[] Beyond { get; } = new Facet[3];

        public List<int> Outside { get; } = [];

        public double[] Normal { get; set; } = [];

        public bool Dead { get; set; }
    }
}

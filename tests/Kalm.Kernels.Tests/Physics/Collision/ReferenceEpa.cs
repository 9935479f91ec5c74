namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>
/// EPA in scalar double code (polytope2, polytope3, polytope4, epa, horizon in engine_collision_gjk.c), with faces
/// that know their neighbors and vertices.
/// </summary>
internal sealed class ReferenceEpa(ReferenceShape shape1, ReferenceShape shape2)
{
    private const double Tolerance = 1e-6;
    private const int MaxFaces = 1000;
    private readonly List<Face> _candidates = [];
    private readonly List<(Face Face, int Edge)> _horizon = [];
    private int _attached;

    public double Depth { get; private set; }

    public Vector Witness1 { get; private set; }

    public Vector Witness2 { get; private set; }

    public int Iterations { get; private set; }

    /// <summary>Builds the polytope from a simplex of two to four vertices.</summary>
    public bool Start(ReferencePoint[] simplex) => simplex.Length switch
    {
        2 => FromSegment(simplex),
        3 => FromTriangle(simplex),
        _ => FromTetrahedron(simplex),
    };

    public bool Run()
    {
        double upper = float.MaxValue;
        Face? face = null;
        for (; Iterations < ReferenceGjk.MaxIterations; Iterations++)
        {
            Face? last = face;
            double lower = float.MaxValue;
            foreach (Face candidate in _candidates)
            {
                if (!(candidate.Distance < lower)) continue;
                face = candidate;
                lower = candidate.Distance;
            }

            if (face == null || lower > upper)
            {
                face = last;
                break;
            }

            if (face.Distance <= 0) break;
            ReferencePoint w = Support(face.V, face.Distance);
            upper = Math.Min(upper, Vector.Dot(face.V, w.Difference) / face.Distance);
            if (upper - face.Distance < Tolerance) break;
            _horizon.Clear();
            BuildHorizon(face, w.Difference);
            if (_horizon.Count < 3) return false;
            if (_horizon.Count > MaxFaces - _attached) break;
            if (!Grow(w, face.Distance, upper)) return false;
            if (_candidates.Count == 0) break;
        }

        if (face == null) return false;
        SetWitness(face);
        return true;
    }

    private void SetWitness(Face face)
    {
        (double whole, double[] parts) = ReferenceSimplex.Areas(
            face.Points[0].Difference, face.Points[1].Difference, face.Points[2].Difference, face.V);
        double[] l = [.. parts.Select(part => part / whole)];
        Witness1 = (l[0] * face.Points[0].Point1) + (l[1] * face.Points[1].Point1) + (l[2] * face.Points[2].Point1);
        Witness2 = (l[0] * face.Points[0].Point2) + (l[1] * face.Points[1].Point2) + (l[2] * face.Points[2].Point2);
        Depth = -face.Distance;
    }

    private bool Grow(ReferencePoint w, double lower, double upper)
    {
        Face[] faces = new Face[_horizon.Count];
        for (int i = 0; i < faces.Length; i++)
        {
            (Face beyond, int edge) = _horizon[i];
            faces[i] = new Face([w, beyond.Points[(edge + 1) % 3], beyond.Points[edge]]);
            _attached++;
            if (!faces[i].Valid || faces[i].Distance == 0) return false;
            if (faces[i].Distance >= lower && faces[i].Distance <= upper) _candidates.Add(faces[i]);
        }

        for (int i = 0; i < faces.Length; i++)
        {
            (Face beyond, int edge) = _horizon[i];
            faces[i].Across[0] = (faces[(i + faces.Length - 1) % faces.Length], 2);
            faces[i].Across[1] = (beyond, edge);
            faces[i].Across[2] = (faces[(i + 1) % faces.Length], 0);
            beyond.Across[edge] = (faces[i], 1);
        }

        return true;
    }

    private void BuildHorizon(Face face, Vector w)
    {
        Delete(face);
        for (int i = 0; i < 3; i++) Visit(face, i, w);
    }

    private void Visit(Face face, int edge, Vector w)
    {
        (Face next, int back) = face.Across[edge];
        if (next.IsDeleted) return;
        if (!(Vector.Dot(next.V, w) >= next.Distance * next.Distance))
        {
            _horizon.Add((next, back));
            return;
        }

        Delete(next);
        Visit(next, (back + 1) % 3, w);
        Visit(next, (back + 2) % 3, w);
    }

    private void Delete(Face face)
    {
        face.IsDeleted = true;
        int index = _candidates.IndexOf(face);
        if (index < 0) return;
        _candidates[index] = _candidates[^1];
        _candidates.RemoveAt(_candidates.Count - 1);
    }

    private ReferencePoint Support(Vector v, double length)
    {
        Vector direction = length > ReferenceGjk.MinValue
            ? new(v.X / length, v.Y / length, v.Z / length)
            : Vector.UnitX;
        return new(shape1.Support(direction), shape2.Support(-direction));
    }

    private bool FromSegment(ReferencePoint[] s)
    {
        Vector along = s[1].Difference - s[0].Difference;
        int axis = 0;
        for (int i = 1; i < 3; i++)
            if (Math.Abs(along[i]) < Math.Abs(along[axis])) axis = i;
        Vector d1 = Vector.Cross(new(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0), along);
        Vector d2 = Turn(along, d1);
        Vector d3 = Turn(along, d2);
        ReferencePoint v3 = Support(d1, d1.Length);
        ReferencePoint v4 = Support(d2, d2.Length);
        ReferencePoint v5 = Support(d3, d3.Length);
        ReferencePoint[][] faces =
            [[s[0], v3, v4], [s[0], v5, v3], [s[0], v4, v5], [s[1], v4, v3], [s[1], v3, v5], [s[1], v5, v4]];
        return Attach(faces, out ReferencePoint[]? flat)
            ? Connect("12 31 20", "22 41 00", "02 51 10", "52 01 40", "32 11 50", "42 21 30")
            : FromTriangle(flat!);
    }

    private static Vector Turn(Vector axis, Vector v)
    {
        const double Sin = 0.86602540378;
        const double Cos = -0.5;
        double x = axis.X / axis.Length;
        double y = axis.Y / axis.Length;
        double z = axis.Z / axis.Length;
        return new(
            Vector.Dot(new(Cos + (x * x * 1.5), (x * y * 1.5) - (z * Sin), (x * z * 1.5) + (y * Sin)), v),
            Vector.Dot(new((y * x * 1.5) + (z * Sin), Cos + (y * y * 1.5), (y * z * 1.5) - (x * Sin)), v),
            Vector.Dot(new((x * z * 1.5) - (y * Sin), (y * z * 1.5) + (x * Sin), Cos + (z * z * 1.5)), v));
    }

    private bool FromTriangle(ReferencePoint[] s)
    {
        Vector v1 = s[0].Difference;
        Vector n = Vector.Cross(s[1].Difference - v1, s[2].Difference - v1);
        if (n.Length < ReferenceGjk.MinValue) return false;
        ReferencePoint v5 = Support(-n, n.Length);
        ReferencePoint v4 = Support(n, n.Length);
        if (OnTriangle(s, v4.Difference) || OnTriangle(s, v5.Difference)) return false;
        return Attach(
            [
                [v4, s[0], s[1]], [v4, s[2], s[0]], [v4, s[1], s[2]], [v5, s[1], s[0]], [v5, s[0], s[2]],
                [v5, s[2], s[1]],
            ],
            out _) && Connect("12 31 20", "22 41 00", "02 51 10", "52 01 40", "32 11 50", "42 21 30");
    }

    private static bool OnTriangle(ReferencePoint[] s, Vector p)
    {
        Vector[] v = [.. s.Select(point => point.Difference)];
        (double whole, double[] parts) = ReferenceSimplex.Areas(v[0], v[1], v[2], p);
        double[] l = [.. parts.Select(part => part / whole)];
        if (l.Any(x => x < 0)) return false;
        return ((l[0] * v[0]) + (l[1] * v[1]) + (l[2] * v[2]) - p).Length < ReferenceGjk.MinValue;
    }

    private bool FromTetrahedron(ReferencePoint[] s)
    {
        if (!Attach([[s[0], s[1], s[2]], [s[0], s[3], s[1]], [s[0], s[2], s[3]], [s[3], s[2], s[1]]], out var flat))
            return FromTriangle(flat!);
        Vector[] v = [.. s.Select(point => point.Difference)];
        for (int i = 0; i < 4; i++)
            if (!SameSide(v[i], v[(i + 1) & 3], v[(i + 2) & 3], v[(i + 3) & 3])) return false;
        return Connect("12 31 20", "22 32 00", "02 30 10", "21 01 11");
    }

    private static bool SameSide(Vector p0, Vector p1, Vector p2, Vector p3)
    {
        Vector n = Vector.Cross(p1 - p0, p2 - p0);
        double inner = Vector.Dot(n, p3 - p0);
        double origin = Vector.Dot(n, -p0);
        return (inner > 0 && origin > 0) || (inner < 0 && origin < 0);
    }

    /// <summary>Makes all faces candidates, or names the first that holds the origin.</summary>
    private bool Attach(ReferencePoint[][] faces, out ReferencePoint[]? flat)
    {
        _candidates.Clear();
        _attached = faces.Length;
        flat = null;
        foreach (ReferencePoint[] points in faces)
        {
            Face face = new(points);
            if (!face.Valid || face.Distance < ReferenceGjk.MinValue)
            {
                flat = points;
                return false;
            }

            _candidates.Add(face);
        }

        return true;
    }

    /// <summary>Sets what lies across each edge: face and edge, as digits.</summary>
    private bool Connect(params string[] across)
    {
        for (int i = 0; i < across.Length; i++)
        {
            string[] edges = across[i].Split(' ');
            for (int j = 0; j < 3; j++) _candidates[i].Across[j] = (_candidates[edges[j][0] - '0'], edges[j][1] - '0');
        }

        return true;
    }

    private sealed class Face
    {
        public Face(ReferencePoint[] points)
        {
            Points = points;
            Vector? v = ReferenceSimplex.ProjectPlane(
                points[2].Difference, points[1].Difference, points[0].Difference);
            Valid = v != null;
            V = v ?? default;
            Distance = V.Length;
        }

        public ReferencePoint[] Points { get; }

        public (Face Face, int Edge)[] Across { get; } = new (Face Face, int Edge)[3];

        public Vector V { get; }

        public double Distance { get; }

        public bool Valid { get; }

        public bool IsDeleted { get; set; }
    }
}

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>GJK in scalar double code (gjk, gjkIntersect in engine_collision_gjk.c).</summary>
internal sealed class ReferenceGjk(ReferenceShape shape1, ReferenceShape shape2, double cutoff)
{
    public const int MaxIterations = 50;
    public const double MinValue = 1e-15;
    public const double MaxValue = 1e10;
    private const double Tolerance = 1e-6;
    private readonly ReferencePoint[] _simplex = new ReferencePoint[4];
    private double[] _lambda = [1, 0, 0, 0];
    private int _count;

    public double Distance { get; private set; }

    public int Iterations { get; private set; }

    public ReferencePoint[] Simplex => _simplex[.._count];

    public Vector Witness1 => Sum(point => point.Point1);

    public Vector Witness2 => Sum(point => point.Point2);

    public void Run()
    {
        bool intersect = cutoff <= 0;
        double epsilon = shape1.Discrete && shape2.Discrete ? 0 : Tolerance * Tolerance;
        Vector x = shape1.Position - shape2.Position;
        for (; Iterations < MaxIterations; Iterations++)
        {
            Vector s = (_simplex[_count] = Support(x)).Difference;
            if (2 * Vector.Dot(x, x - s) < epsilon)
            {
                if (Iterations == 0) _count = 1;
                break;
            }

            double xs = Vector.Dot(x, s);
            if (xs > 0 && (cutoff <= 0 || xs * xs / Vector.Dot(x, x) >= cutoff * cutoff))
            {
                SetApart();
                return;
            }

            if (_count == 3 && intersect)
            {
                if (Intersect()) return;
                intersect = false;
            }

            _lambda = ReferenceSimplex.Closest([.. _simplex[..(_count + 1)].Select(point => point.Difference)]);
            Compact();
            Vector next = Sum(point => point.Difference);
            Vector moved = next - x;
            if (Math.Abs(moved.X) < MinValue && Math.Abs(moved.Y) < MinValue && Math.Abs(moved.Z) < MinValue) break;
            x = next;
            if (_count == 4) break;
        }

        Distance = x.Length;
    }

    private ReferencePoint Support(Vector x)
    {
        double square = Vector.Dot(x, x);
        Vector back = square > MinValue * MinValue ? (1 / Math.Sqrt(square)) * x : Vector.UnitX;
        return new(shape1.Support(-back), shape2.Support(back));
    }

    private void SetApart()
    {
        _count = 0;
        Distance = MaxValue;
    }

    /// <summary>Whether the tetrahedron decides it.</summary>
    private bool Intersect()
    {
        ReferencePoint[] corners = [.. _simplex];
        for (; Iterations < MaxIterations; Iterations++)
        {
            double[] distances = new double[4];
            Vector[] normals = new Vector[4];
            int[][] faces = [[2, 1, 3], [0, 2, 3], [1, 0, 3], [0, 1, 2]];
            for (int face = 0; face < 4; face++)
            {
                distances[face] = SignedDistance(
                    corners[faces[face][0]].Difference, corners[faces[face][1]].Difference,
                    corners[faces[face][2]].Difference, out normals[face]);
            }

            if (distances.Contains(0)) return false;
            int low = distances[0] < distances[1] ? 0 : 1;
            int high = distances[2] < distances[3] ? 2 : 3;
            int index = distances[low] < distances[high] ? low : high;
            if (distances[index] > 0)
            {
                corners.CopyTo(_simplex, 0);
                _count = 4;
                Distance = 0;
                return true;
            }

            corners[index] = new(shape1.Support(normals[index]), shape2.Support(-normals[index]));
            if (Vector.Dot(normals[index], corners[index].Difference) < 0)
            {
                SetApart();
                return true;
            }

            int i = (index + 1) & 3;
            int j = (index + 2) & 3;
            (corners[i], corners[j]) = (corners[j], corners[i]);
        }

        return false;
    }

    private static double SignedDistance(Vector v1, Vector v2, Vector v3, out Vector normal)
    {
        normal = Vector.Cross(v3 - v1, v2 - v1);
        double square = Vector.Dot(normal, normal);
        if (!(square > MinValue * MinValue && square < MaxValue * MaxValue)) return MaxValue;
        normal = (1 / Math.Sqrt(square)) * normal;
        return Vector.Dot(normal, v1);
    }

    private void Compact()
    {
        _count = 0;
        for (int i = 0; i < 4; i++)
        {
            if (_lambda[i] == 0) continue;
            _simplex[_count] = _simplex[i];
            _lambda[_count++] = _lambda[i];
        }
    }

    private Vector Sum(Func<ReferencePoint, Vector> part)
    {
        Vector sum = _lambda[0] * part(_simplex[0]);
        for (int i = 1; i < _count; i++) sum += _lambda[i] * part(_simplex[i]);
        return sum;
    }
}

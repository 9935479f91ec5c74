namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>
/// Closest points of simplices in scalar double code (S1D, S2D, S3D, triAffineCoord and projectOriginPlane in
/// engine_collision_gjk.c).
/// </summary>
internal static class ReferenceSimplex
{
    /// <summary>Barycentric coordinates, four of them, of the point closest to the origin.</summary>
    public static double[] Closest(Vector[] simplex)
    {
        double[] lambda = simplex.Length switch
        {
            1 => [1],
            2 => Segment(simplex[0], simplex[1]),
            3 => Triangle(simplex),
            _ => Tetrahedron(simplex),
        };
        Array.Resize(ref lambda, 4);
        return lambda;
    }

    /// <summary>The origin in the plane of three points; null: there is no plane.</summary>
    public static Vector? ProjectPlane(Vector v1, Vector v2, Vector v3)
    {
        (Vector A, Vector B, Vector At)[] corners =
            [(v3 - v2, v2 - v1, v2), (v2 - v1, v3 - v1, v1), (v3 - v1, v3 - v2, v3)];
        for (int i = 0; ; i++)
        {
            Vector n = Vector.Cross(corners[i].A, corners[i].B);
            double nv = Vector.Dot(n, corners[i].At);
            double nn = Vector.Dot(n, n);
            if (i < 2 && nn == 0) return null;
            if (i == 2 || (nv != 0 && nn > ReferenceGjk.MinValue)) return (nv / nn) * n;
        }
    }

    /// <summary>
    /// Area of a triangle and of the parts opposite to its corners, in the plane of its largest shadow.
    /// </summary>
    public static (double Whole, double[] Parts) Areas(Vector s1, Vector s2, Vector s3, Vector p)
    {
        double m1 = Minor(s1, s2, s3, 1, 2);
        double m2 = Minor(s1, s2, s3, 0, 2);
        double m3 = Minor(s1, s2, s3, 0, 1);
        (double whole, int x, int y) = Math.Abs(m1) >= Math.Abs(m2) && Math.Abs(m1) >= Math.Abs(m3) ? (m1, 1, 2)
            : Math.Abs(m2) >= Math.Abs(m3) ? (m2, 0, 2) : (m3, 0, 1);
        return (whole, [Part(p, s2, s3, x, y), Part(p, s3, s1, x, y), Part(p, s1, s2, x, y)]);
    }

    private static double Minor(Vector s1, Vector s2, Vector s3, int x, int y) =>
        (s2[x] * s3[y]) - (s2[y] * s3[x]) - (s1[x] * s3[y]) + (s1[y] * s3[x]) + (s1[x] * s2[y]) - (s1[y] * s2[x]);

    private static double Part(Vector p, Vector a, Vector b, int x, int y) =>
        (p[x] * a[y]) + (p[y] * b[x]) + (a[x] * b[y]) - (p[x] * b[y]) - (p[y] * a[x]) - (b[x] * a[y]);

    private static bool SameSign(double a, double b) => (a > 0 && b > 0) || (a < 0 && b < 0);

    private static double[] Segment(Vector s1, Vector s2)
    {
        Vector diff = s2 - s1;
        Vector origin = s2 + (-(Vector.Dot(s2, diff) / Vector.Dot(diff, diff)) * diff);
        int axis = 0;
        double whole = 0;
        for (int i = 0; i < 3; i++)
        {
            if (Math.Abs(s1[i] - s2[i]) < Math.Abs(whole)) continue;
            whole = s1[i] - s2[i];
            axis = i;
        }

        double part1 = origin[axis] - s2[axis];
        double part2 = s1[axis] - origin[axis];
        return SameSign(whole, part1) && SameSign(whole, part2) ? [part1 / whole, part2 / whole] : [0, 1];
    }

    private static double[] Triangle(Vector[] s)
    {
        if (ProjectPlane(s[0], s[1], s[2]) is not Vector origin) return [.. Segment(s[0], s[1]), 0];
        (double whole, double[] parts) = Areas(s[0], s[1], s[2], origin);
        if (parts.All(part => SameSign(whole, part))) return [.. parts.Select(part => part / whole)];
        return NearestFace(s, whole, parts, edge => Segment(edge[0], edge[1]));
    }

    private static double[] Tetrahedron(Vector[] s)
    {
        double[] parts =
        [
            -Determinant(s[1], s[2], s[3]), Determinant(s[0], s[2], s[3]), -Determinant(s[0], s[1], s[3]),
            Determinant(s[0], s[1], s[2]),
        ];
        double whole = parts[0] + parts[1] + parts[2] + parts[3];
        if (parts.All(part => SameSign(whole, part))) return [.. parts.Select(part => part / whole)];
        return NearestFace(s, whole, parts, Triangle);
    }

    private static double[] NearestFace(Vector[] s, double whole, double[] parts, Func<Vector[], double[]> closest)
    {
        double[] lambda = new double[s.Length];
        double min = ReferenceGjk.MaxValue;
        for (int i = 0; i < s.Length; i++)
        {
            if (SameSign(whole, parts[i])) continue;
            Vector[] face = [.. s[..i], .. s[(i + 1)..]];
            double[] l = closest(face);
            Vector x = l[0] * face[0];
            for (int j = 1; j < face.Length; j++) x += l[j] * face[j];
            double square = Vector.Dot(x, x);
            if (i > 0 && !(square < min)) continue;
            min = square;
            lambda = [.. l[..i], 0, .. l[i..]];
        }

        return lambda;
    }

    private static double Determinant(Vector a, Vector b, Vector c) =>
        (a.X * ((b.Y * c.Z) - (b.Z * c.Y))) + (a.Y * ((b.Z * c.X) - (b.X * c.Z)))
        + (a.Z * ((b.X * c.Y) - (b.Y * c.X)));
}

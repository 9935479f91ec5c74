namespace Kalm.Kernels.Tests.Physics;

/// <summary>Vectors and the slow reference solver, in plain arithmetic.</summary>
internal static class Plain
{
    /// <summary>Dot product.</summary>
    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>Cross product.</summary>
    public static double[] Cross(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];

    /// <summary>Sum.</summary>
    public static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    /// <summary>Square row-major matrix times vector.</summary>
    public static double[] Multiply(double[] matrix, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Dot(matrix[(i * x.Length)..((i + 1) * x.Length)], x))];

    /// <summary>
    /// The acceleration that minimizes 1/2 (a - smooth)' M (a - smooth) + cost of the constraints: Newton's method with
    /// halving of steps, to the limits of rounding.
    /// </summary>
    public static double[] Solve(double[] inertia, double[] smooth, List<PlainConstraint> constraints)
    {
        int nv = smooth.Length;
        double[] a = [.. smooth];
        for (int iteration = 0; iteration < 500; iteration++)
        {
            (double cost, double[] gradient, double[] hessian) = Evaluate(inertia, smooth, constraints, a);
            double[] step = CholeskySolve(hessian, gradient);
            double alpha = 1;
            double[] next = a;
            for (int halving = 0; halving < 60; halving++)
            {
                next = [.. a.Zip(step, (x, s) => x - (alpha * s))];
                if (Evaluate(inertia, smooth, constraints, next).Cost < cost) break;
                alpha *= 0.5;
                next = a;
            }

            double moved = next.Zip(a, (x, y) => Math.Abs(x - y)).Max();
            a = next;
            if (moved <= 1e-15 * (1 + a.Max(Math.Abs))) break;
        }

        return a;
    }

    private static (double Cost, double[] Gradient, double[] Hessian) Evaluate(
        double[] inertia, double[] smooth, List<PlainConstraint> constraints, double[] a)
    {
        int nv = a.Length;
        double[] distance = [.. a.Zip(smooth, (x, y) => x - y)];
        double[] gradient = Multiply(inertia, distance);
        double cost = 0.5 * Dot(gradient, distance);
        double[] hessian = [.. inertia];
        foreach (PlainConstraint c in constraints)
        {
            double[] jar = [.. c.J.Select((row, i) => Dot(row, a) - c.Aref[i])];
            (double own, double[] slope, double[,] curvature) = c.Evaluate(jar);
            cost += own;
            for (int i = 0; i < nv; i++)
            {
                gradient[i] += c.J.Select((row, k) => row[i] * slope[k]).Sum();
                for (int j = 0; j < nv; j++)
                {
                    for (int k = 0; k < jar.Length; k++)
                    {
                        for (int l = 0; l < jar.Length; l++)
                            hessian[(i * nv) + j] += c.J[k][i] * curvature[k, l] * c.J[l][j];
                    }
                }
            }
        }

        return (cost, gradient, hessian);
    }

    private static double[] CholeskySolve(double[] matrix, double[] right)
    {
        int n = right.Length;
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++) sum -= l[(i * n) + k] * l[(j * n) + k];
                l[(i * n) + j] = i == j ? Math.Sqrt(sum) : sum / l[(j * n) + j];
            }
        }

        double[] x = [.. right];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++) x[i] -= l[(i * n) + k] * x[k];
            x[i] /= l[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) x[i] -= l[(k * n) + i] * x[k];
            x[i] /= l[(i * n) + i];
        }

        return x;
    }
}

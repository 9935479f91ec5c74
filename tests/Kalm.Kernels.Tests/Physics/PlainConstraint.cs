namespace Kalm.Kernels.Tests.Physics;

/// <summary>One constraint of the slow reference, in MuJoCo's own rows and units.</summary>
/// <param name="Kind">What it does outside its rows: equality, limit, cone.</param>
/// <param name="J">Jacobian, one array per row.</param>
/// <param name="D">Inverse regularizer of each row.</param>
/// <param name="Aref">Reference acceleration of each row.</param>
/// <param name="Mu">mu of the regularized cone.</param>
/// <param name="Friction">Friction of each row after the first.</param>
internal sealed record PlainConstraint(
    PlainKind Kind, double[][] J, double[] D, double[] Aref, double Mu, double[] Friction)
{
    /// <summary>
    /// Cost and gradient at a residual, and the matrix of its second derivatives (mj_constraintUpdate).
    /// </summary>
    public (double Cost, double[] Gradient, double[,] Curvature) Evaluate(double[] jar)
    {
        int dim = jar.Length;
        double[,] curvature = new double[dim, dim];
        double[] gradient = new double[dim];
        double normal = jar[0] * Mu;
        double[] tangent = [.. Friction.Select((f, j) => f * jar[j + 1])];
        double length = Math.Sqrt(tangent.Sum(x => x * x));
        bool free = Kind == PlainKind.Limit ? jar[0] >= 0 : Kind == PlainKind.Cone && normal >= Mu * length;
        if (free) return (0, gradient, curvature);

        if (Kind != PlainKind.Cone || (Mu * normal) + length <= 0)
        {
            for (int i = 0; i < dim; i++) (gradient[i], curvature[i, i]) = (D[i] * jar[i], D[i]);
            return (0.5 * jar.Select((x, i) => D[i] * x * x).Sum(), gradient, curvature);
        }

        // 1/2 weight g^2 with g = normal - mu length; the second derivative of the length is (I - t t') / length
        double weight = D[0] / (Mu * Mu * (1 + (Mu * Mu)));
        double excess = normal - (Mu * length);
        double[] slope = [Mu, .. tangent.Select((t, j) => -Mu * t / length * Friction[j])];
        for (int i = 0; i < dim; i++)
        {
            gradient[i] = weight * excess * slope[i];
            for (int j = 0; j < dim; j++)
            {
                curvature[i, j] = weight * slope[i] * slope[j];
                if (i == 0 || j == 0) continue;
                double across = (i == j ? 1 : 0) - (tangent[i - 1] * tangent[j - 1] / (length * length));
                curvature[i, j] -= weight * excess * Mu / length * across * Friction[i - 1] * Friction[j - 1];
            }
        }

        return (0.5 * weight * excess * excess, gradient, curvature);
    }
}

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Random poses of two boxes, of all the kinds that take different ways through the algorithm.</summary>
internal sealed class PoseSource(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>How the boxes lie.</summary>
    public static readonly string[] Kinds = ["tumbled", "aligned", "almost", "tilted", "parallel", "cross", "corner"];

    public double[] Size(double smallest = 0.01, double largest = 0.3) =>
        [Between(smallest, largest), Between(smallest, largest), Between(smallest, largest)];

    /// <summary>Boxes of given half sizes: around touching, by up to the margin and more apart, or deep.</summary>
    public PairPose Boxes(string kind, double[] size1, double[] size2)
    {
        double[] position = [Between(-1, 1), Between(-1, 1), Between(-1, 1)];
        double[] matrix1 = kind is "tumbled" or "parallel" or "cross" ? Matrix(Any()) : Matrix(Near(kind));
        double[] matrix2 = kind switch
        {
            "tumbled" => Matrix(Any()),
            "parallel" => [.. matrix1],
            "cross" => Product(matrix1, Product(Matrix([0.924, 0.383, 0, 0]), Matrix([0.7, 0, 0.7, 0.02 * Normal()]))),
            "corner" => Product(matrix1, Matrix([0.88, 0.28, 0.37, 0.115 + (0.02 * Normal())])),
            _ => Matrix(Near(kind)),
        };
        double[] offset = [Normal(), Normal(), Normal()];
        double reach = (Norm(size1) + Norm(size2)) * Between(0.2, 0.8) / Norm(offset);
        if (kind is "aligned" or "almost" or "tilted")
        {
            // face on face, often centered, by a small gap or depth
            int axis = _random.Next(3);
            bool centered = _random.Next(3) == 0;
            for (int k = 0; k < 3; k++) offset[k] = centered ? 0 : Between(-1, 1) * size1[k];
            offset[axis] = (size1[axis] + size2[axis] + Between(-3e-4, 1e-4)) * ((2 * _random.Next(2)) - 1);
            reach = 1;
        }

        double[] other = [.. position.Zip(offset, (p, o) => p + (reach * o))];
        return new(position, matrix1, other, matrix2);
    }

    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    public double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    public double[] Any() => [Normal(), Normal(), Normal(), Normal()];

    /// <summary>Rotation matrix of a quaternion of any length.</summary>
    public static double[] Matrix(double[] quat)
    {
        double length = Math.Sqrt(quat.Sum(q => q * q));
        double[] q = [.. quat.Select(x => x / length)];
        (double w, double x, double y, double z) = (q[0], q[1], q[2], q[3]);
        return
        [
            (w * w) + (x * x) - (y * y) - (z * z), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), (w * w) - (x * x) + (y * y) - (z * z), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), (w * w) - (x * x) - (y * y) + (z * z),
        ];
    }

    private double[] Near(string kind)
    {
        double noise = kind switch { "aligned" => 0, "almost" => 1e-9, "tilted" => 1e-4, _ => 0.05 };
        return [1, noise * Normal(), noise * Normal(), noise * Normal()];
    }

    private static double[] Product(double[] a, double[] b)
    {
        double[] result = new double[9];
        for (int i = 0; i < 9; i++)
        {
            for (int k = 0; k < 3; k++) result[i] += a[(3 * (i / 3)) + k] * b[(3 * k) + (i % 3)];
        }

        return result;
    }

    private static double Norm(double[] v) => Math.Sqrt(v.Sum(x => x * x));
}

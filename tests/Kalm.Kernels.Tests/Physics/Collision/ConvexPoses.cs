namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Random poses of two shapes, many of them degenerate: parallel, coaxial, concentric, almost so.</summary>
internal static class ConvexPoses
{
    /// <summary>Poses of two shapes whose centers are up to <paramref name="reach"/> apart.</summary>
    public static ConvexPose[] Random(Random random, double reach, int count)
    {
        ConvexPose[] poses = new ConvexPose[count];
        for (int i = 0; i < count; i++)
        {
            int kind = random.Next(5);
            double[] matrix1 = Rotation(random, random.Next(3) == 0 ? 0 : kind);
            double[] matrix2 = Rotation(random, random.Next(3) == 0 ? 0 : kind);
            Vector between = (reach * Math.Pow(random.NextDouble(), 0.6))
                * (random.Next(3) == 0 ? new(0, 0, 1) : Direction(random));
            if (random.Next(20) == 0) between = default;
            Vector center = random.Next(8) == 0
                ? default
                : new(0.3 * Normal(random), 0.6 + (0.3 * Normal(random)), 0.1 * Normal(random));
            double margin = random.Next(3) switch { 0 => 0, 1 => 0.001, _ => 0.01 };
            poses[i] = new(center, matrix1, center + between, matrix2, margin);
        }

        return poses;
    }

    /// <summary>A shape upright on a table of half-height 0.027 at z = 0, pressed in by up to 0.2 mm.</summary>
    public static ConvexPose[] Resting(Random random, double height, int count)
    {
        ConvexPose[] poses = new ConvexPose[count];
        for (int i = 0; i < count; i++)
        {
            double[] matrix = Rotation(random, 2 + (i % 2));
            Vector position = new(
                0.1 * Normal(random), 0.6 + (0.1 * Normal(random)), height - (2e-4 * random.NextDouble()));
            poses[i] = new(position, matrix, new(0, 0.6, -0.027), Rotation(random, 1), 0.001);
        }

        return poses;
    }

    public static Vector Direction(Random random) =>
        new Vector(Normal(random), Normal(random), Normal(random)).Normalized();

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Rotation(Random random, int kind)
    {
        double w = Normal(random);
        double x = Normal(random);
        double y = Normal(random);
        double z = Normal(random);
        return kind switch
        {
            0 => ConvexPose.Rotation(w, x, y, z),
            1 => ConvexPose.Rotation(1, 0, 0, 0),
            2 => ConvexPose.Rotation(w, 0, 0, z),
            3 => ConvexPose.Rotation(w, 1e-4 * x, 1e-4 * y, z),
            _ => ConvexPose.Rotation(1, 1, 0, 0),
        };
    }
}

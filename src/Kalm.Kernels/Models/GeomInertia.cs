namespace Kalm.Kernels.Models;

/// <summary>Volume, mass, inertia and bounds of geoms, and what several of them amount to.</summary>
internal static class GeomInertia
{
    // smallest mass and volume, smallest off-diagonal inertia that count (MuJoCo: mjEPS, kEigEPS, user_util)
    private const double MinVal = 1e-14;
    private const double EigenEpsilon = 1e-12;

    // sine and cosine of a quarter of pi as MuJoCo writes it
    private const double QuarterTurn = 0.707106781186548;

    // what stands for infinity (MuJoCo: mjMAXVAL)
    private const double MaxVal = 1e10;

    /// <summary>Volume of a geom, m^3 (MuJoCo: mjCGeom::GetVolume).</summary>
    public static double Volume(GeomType type, double[] size)
    {
        double r = size[0];
        return type switch
        {
            GeomType.Sphere => 4 * Math.PI * r * r * r / 3,
            GeomType.Capsule => Math.PI * ((r * r * 2 * size[1]) + (4 * r * r * r / 3)),
            GeomType.Cylinder => Math.PI * r * r * 2 * size[1],
            GeomType.Box => size[0] * size[1] * size[2] * 8,
            _ => 0,
        };
    }

    /// <summary>Moments of inertia of a geom about its own axes (MuJoCo: mjCGeom::SetInertia).</summary>
    public static double[] Moments(GeomType type, double[] size, double mass)
    {
        double x = size[0] * size[0], y = size[1] * size[1], z = size[2] * size[2];
        double r = size[0], h = 2 * size[1];
        switch (type)
        {
            case GeomType.Sphere:
                double sphere = 2 * mass * x / 5;
                return [sphere, sphere, sphere];

            case GeomType.Capsule:
                // a cylinder and two half spheres, shifted along the axis
                double ends = mass * 4 * r / ((4 * r) + (3 * h));
                double middle = mass - ends;
                double own = 2 * ends * x / 5;
                double across = (middle * ((3 * x) + (h * h)) / 12) + own + (ends * h * ((3 * r) + (2 * h)) / 8);
                return [across, across, (middle * x / 2) + own];

            case GeomType.Cylinder:
                double side = mass * ((3 * x) + (h * h)) / 12;
                return [side, side, mass * x / 2];

            case GeomType.Box:
                return [mass * (y + z) / 3, mass * (x + z) / 3, mass * (x + y) / 3];

            default:
                return [0, 0, 0];
        }
    }

    /// <summary>Radius of the bounding sphere, 0: unbounded (MuJoCo: mjCGeom::GetRBound).</summary>
    public static double BoundingRadius(GeomType type, double[] size) => type switch
    {
        GeomType.Sphere => size[0],
        GeomType.Capsule => size[0] + size[1],
        GeomType.Cylinder => Math.Sqrt((size[0] * size[0]) + (size[1] * size[1])),
        GeomType.Box or GeomType.Mesh => Math.Sqrt((size[0] * size[0]) + (size[1] * size[1]) + (size[2] * size[2])),
        _ => 0,
    };

    /// <summary>Bounding box in the frame of a geom: center, half sizes (MuJoCo: mjCGeom::ComputeAABB).</summary>
    public static double[] BoundingBox(GeomType type, double[] size) => type switch
    {
        GeomType.Sphere => [0, 0, 0, size[0], size[0], size[0]],
        GeomType.Capsule => [0, 0, 0, size[0], size[0], size[0] + size[1]],
        GeomType.Cylinder => [0, 0, 0, size[0], size[0], size[1]],
        GeomType.Box => [0, 0, 0, size[0], size[1], size[2]],
        _ => [0, 0, -MaxVal / 2, MaxVal, MaxVal, MaxVal / 2],
    };

    /// <summary>Bounding box in the frame of a geom: center, half sizes.</summary>
    public static double[] BoundingBox(SceneGeom geom)
    {
        if (geom.Mesh?.Shape.Bounds is not { } b) return BoundingBox(geom.Type, geom.Size);
        return
        [
            (b[3] + b[0]) / 2, (b[4] + b[1]) / 2, (b[5] + b[2]) / 2,
            (b[3] - b[0]) / 2, (b[4] - b[1]) / 2, (b[5] - b[2]) / 2,
        ];
    }

    /// <summary>Moments of inertia of a geom about its own axes.</summary>
    public static double[] Moments(SceneGeom geom, double mass) =>
        geom.Mesh?.Shape.Moments(mass) ?? Moments(geom.Type, geom.Size, mass);

    /// <summary>Mass of a geom, from its own mass or its density.</summary>
    public static double Mass(SceneGeom geom)
    {
        double volume = geom.Mesh?.Shape.Volume ?? Volume(geom.Type, geom.Size);
        if (geom.Mass is not { } mass) return geom.Density * volume;
        return volume > MinVal ? mass : 0;
    }

    /// <summary>
    /// Mass properties of several geoms of a body together; null: there are none (MuJoCo: mjCBody::GeomFrame).
    /// </summary>
    public static MassProperties? Combine(SceneBody body, IReadOnlyList<SceneGeom> geoms, ModelCompat compat)
    {
        if (geoms.Count == 0) return null;
        if (geoms.Count == 1)
        {
            double single = Mass(geoms[0]);
            return new(single, geoms[0].Pos, geoms[0].Quat, Moments(geoms[0], single));
        }

        double total = 0;
        double[] center = new double[3];
        foreach (SceneGeom geom in geoms)
        {
            double mass = Mass(geom);
            total += mass;
            for (int i = 0; i < 3; i++) center[i] += mass * geom.Pos[i];
        }

        if (total < MinVal) throw body.Element.Error("the mass of its geoms is too small to have a center");
        for (int i = 0; i < 3; i++) center[i] /= total;

        // inertia about the common center: turned moments plus the point mass of each geom
        double[] sum = new double[9];
        foreach (SceneGeom geom in geoms)
        {
            double mass = Mass(geom);
            double[] own = Rotation.Conjugate(Rotation.ToMatrix(geom.Quat), Moments(geom, mass));
            double[] d = [geom.Pos[0] - center[0], geom.Pos[1] - center[1], geom.Pos[2] - center[2]];
            double square = Rotation.Dot(d, d);
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                    sum[(3 * i) + j] += own[(3 * i) + j] + (mass * ((i == j ? square : 0) - (d[i] * d[j])));
            }
        }

        (double[] moments, double[] quat) = PrincipalAxes(sum, compat);
        return new(total, center, quat, moments);
    }

    /// <summary>
    /// Eigenvalues, largest first, and the rotation to the eigenvectors of a symmetric 3 x 3 matrix, by Jacobi
    /// rotations of a quaternion (MuJoCo: mju_eig3, engine_util_solve.c; the same choice among equivalent axes).
    /// </summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="compat">MuJoCo generation: 3 leaves almost equal values in their order.</param>
    public static (double[] Values, double[] Quat) PrincipalAxes(double[] matrix, ModelCompat compat)
    {
        double same = compat == ModelCompat.Mj3 ? EigenEpsilon : 0;
        double[] quat = [1, 0, 0, 0];
        double[] values = new double[3];
        for (int iteration = 0; iteration < 500; iteration++)
        {
            double[] d = InFrame(matrix, Rotation.ToMatrix(quat));
            values = [d[0], d[4], d[8]];

            // largest off-diagonal element
            (int row, int column) = Math.Abs(d[1]) > Math.Abs(d[2]) && Math.Abs(d[1]) > Math.Abs(d[5])
                ? (0, 1)
                : Math.Abs(d[2]) > Math.Abs(d[5]) ? (0, 2) : (1, 2);
            double off = d[(3 * row) + column];
            if (Math.Abs(off) < EigenEpsilon) break;

            // the angle that makes it zero
            double tau = (d[4 * column] - d[4 * row]) / (2 * off);
            double t = tau >= 0 ? 1 / (tau + Math.Sqrt(1 + (tau * tau))) : -1 / (-tau + Math.Sqrt(1 + (tau * tau)));
            double cos = 1 / Math.Sqrt(1 + (t * t));
            if (cos > 1 - EigenEpsilon) break;
            double[] turn = new double[4];
            int axis = 3 - row - column;
            double half = Math.Sqrt(0.5 - (0.5 * cos));
            turn[axis + 1] = (tau >= 0) != (axis == 1) ? -half : half;
            turn[0] = Math.Sqrt(1 - (half * half));
            Rotation.Normalize(turn);
            quat = Rotation.Multiply(quat, turn);
            Rotation.Normalize(quat);
        }

        // three neighbor swaps sort three values; a quarter turn goes with each
        foreach (int lead in (int[])[0, 1, 0])
        {
            if (values[lead] + same >= values[lead + 1]) continue;
            (values[lead], values[lead + 1]) = (values[lead + 1], values[lead]);
            double[] turn = [QuarterTurn, 0, 0, 0];
            turn[((lead + 2) % 3) + 1] = turn[0];
            quat = Rotation.Multiply(quat, turn);
            Rotation.Normalize(quat);
        }

        return (values, quat);
    }

    // R' M R, the left product first
    private static double[] InFrame(double[] m, double[] r)
    {
        double[] result = new double[9];
        for (int i = 0; i < 3; i++)
        {
            double[] axis = [r[i], r[3 + i], r[6 + i]];
            double[] row = new double[3];
            for (int j = 0; j < 3; j++) row[j] = Rotation.Dot(axis, [m[j], m[3 + j], m[6 + j]]);
            for (int j = 0; j < 3; j++) result[(3 * i) + j] = Rotation.Dot(row, [r[j], r[3 + j], r[6 + j]]);
        }

        return result;
    }
}

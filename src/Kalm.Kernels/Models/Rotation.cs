namespace Kalm.Kernels.Models;

/// <summary>Rotations of the model compiler: quaternions w, x, y, z and row-major 3 x 3 matrices.</summary>
internal static class Rotation
{
    // below this a vector has no direction (MuJoCo: mjEPS, user_util.h)
    private const double Tiny = 1e-14;

    /// <summary>
    /// Scales a vector to unit length, unless it already has that; false where it has no direction (MuJoCo:
    /// mjuu_normvec).
    /// </summary>
    public static bool Normalize(double[] vector)
    {
        double square = 0;
        foreach (double x in vector) square += x * x;
        if (square < Tiny) return false;
        double norm = Math.Sqrt(square);
        if (Math.Abs(norm - 1) <= Tiny) return true;
        for (int i = 0; i < vector.Length; i++) vector[i] /= norm;
        return true;
    }

    /// <summary>Product of two quaternions: first b, then a.</summary>
    public static double[] Multiply(double[] a, double[] b) =>
    [
        (a[0] * b[0]) - (a[1] * b[1]) - (a[2] * b[2]) - (a[3] * b[3]),
        (a[0] * b[1]) + (a[1] * b[0]) + (a[2] * b[3]) - (a[3] * b[2]),
        (a[0] * b[2]) - (a[1] * b[3]) + (a[2] * b[0]) + (a[3] * b[1]),
        (a[0] * b[3]) + (a[1] * b[2]) - (a[2] * b[1]) + (a[3] * b[0]),
    ];

    /// <summary>Rotation about a unit axis.</summary>
    public static double[] FromAxisAngle(double[] axis, double angle)
    {
        double sin = Math.Sin(angle / 2);
        return [Math.Cos(angle / 2), sin * axis[0], sin * axis[1], sin * axis[2]];
    }

    /// <summary>Rotations about three axes; lower-case letters move along, upper-case ones stay fixed.</summary>
    public static double[] FromEuler(double[] angles, string sequence)
    {
        double[] result = [1, 0, 0, 0];
        for (int i = 0; i < 3; i++)
        {
            double[] axis = [0, 0, 0];
            axis[char.ToLowerInvariant(sequence[i]) - 'x'] = 1;
            double[] turn = FromAxisAngle(axis, angles[i]);
            result = char.IsLower(sequence[i]) ? Multiply(result, turn) : Multiply(turn, result);
        }

        Normalize(result);
        return result;
    }

    /// <summary>The smallest rotation that turns z into a unit vector.</summary>
    public static double[] FromZ(double[] z)
    {
        double[] axis = [-z[1], z[0], 0];
        double sin = Math.Sqrt((axis[0] * axis[0]) + (axis[1] * axis[1]));

        // no axis: half a turn about x serves for z pointing down
        if (sin < 1e-10) axis = [1, 0, 0];
        else Normalize(axis);
        return FromAxisAngle(axis, Math.Atan2(sin, z[2]));
    }

    /// <summary>The frame with x along the first half and y towards the second; null: degenerate.</summary>
    public static double[]? FromAxes(double[] axes)
    {
        double[] x = axes[..3];
        double[] y = axes[3..];
        if (!Normalize(x)) return null;
        double along = Dot(x, y);
        for (int i = 0; i < 3; i++) y[i] -= x[i] * along;
        if (!Normalize(y)) return null;
        double[] z = Cross(x, y);
        return FromMatrix([x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]]);
    }

    /// <summary>Quaternion of a rotation matrix.</summary>
    public static double[] FromMatrix(double[] m)
    {
        double[] quat = new double[4];
        double trace = m[0] + m[4] + m[8];
        if (trace > 0)
        {
            quat[0] = 0.5 * Math.Sqrt(1 + trace);
            quat[1] = 0.25 * (m[7] - m[5]) / quat[0];
            quat[2] = 0.25 * (m[2] - m[6]) / quat[0];
            quat[3] = 0.25 * (m[3] - m[1]) / quat[0];
        }
        else
        {
            // the largest diagonal element gives the best conditioned component
            int i = m[0] > m[4] && m[0] > m[8] ? 0 : m[4] > m[8] ? 1 : 2;
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            double largest = 0.5 * Math.Sqrt(1 + m[4 * i] - m[4 * j] - m[4 * k]);
            quat[1 + i] = largest;
            quat[1 + j] = 0.25 * (m[(3 * i) + j] + m[(3 * j) + i]) / largest;
            quat[1 + k] = 0.25 * (m[(3 * i) + k] + m[(3 * k) + i]) / largest;
            quat[0] = 0.25 * (m[(3 * k) + j] - m[(3 * j) + k]) / largest;
        }

        Normalize(quat);
        return quat;
    }

    /// <summary>Matrix of a unit quaternion.</summary>
    public static double[] ToMatrix(ReadOnlySpan<double> q)
    {
        double ww = q[0] * q[0], xx = q[1] * q[1], yy = q[2] * q[2], zz = q[3] * q[3];
        double wx = q[0] * q[1], wy = q[0] * q[2], wz = q[0] * q[3];
        double xy = q[1] * q[2], xz = q[1] * q[3], yz = q[2] * q[3];
        return
        [
            ww + xx - yy - zz, 2 * (xy - wz), 2 * (xz + wy),
            2 * (xy + wz), ww - xx + yy - zz, 2 * (yz - wx),
            2 * (xz - wy), 2 * (yz + wx), ww - xx - yy + zz,
        ];
    }

    /// <summary>A vector turned by a matrix.</summary>
    public static double[] Apply(double[] m, ReadOnlySpan<double> v) =>
    [
        (m[0] * v[0]) + (m[1] * v[1]) + (m[2] * v[2]),
        (m[3] * v[0]) + (m[4] * v[1]) + (m[5] * v[2]),
        (m[6] * v[0]) + (m[7] * v[1]) + (m[8] * v[2]),
    ];

    /// <summary>Cross product.</summary>
    public static double[] Cross(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];

    /// <summary>Scalar product.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    /// <summary>The symmetric matrix R diag(d) R'.</summary>
    public static double[] Conjugate(double[] r, ReadOnlySpan<double> d)
    {
        double[] result = new double[9];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                for (int k = 0; k < 3; k++) result[(3 * i) + j] += r[(3 * i) + k] * d[k] * r[(3 * j) + k];
            }
        }

        return result;
    }
}

namespace Kalm.Kernels.Models;

/// <summary>
/// The constants that follow from the others at the reference pose: subtree masses, diagonal of the inertia matrix,
/// inverse weights (MuJoCo: mj_setConst, engine_setconst.c).
/// </summary>
internal sealed class ModelConstants
{
    private const double MinVal = 1e-15;
    private readonly Model _model;
    private readonly double[][] _pos;
    private readonly double[][] _quat;
    private readonly double[][] _mat;

    // Jacobian of each body's center of mass: 6 rows (translation, rotation) of nv, null for the world
    private readonly double[]?[] _jacobian;

    private ModelConstants(Model model)
    {
        _model = model;
        _pos = new double[model.nbody][];
        _quat = new double[model.nbody][];
        _mat = new double[model.nbody][];
        _jacobian = new double[model.nbody][];
    }

    /// <summary>Fills in the constants of an otherwise complete model.</summary>
    public static void Set(Model model, IReadOnlyList<SceneBody> bodies)
    {
        model.body_subtreemass = [.. model.body_mass];
        for (int body = model.nbody - 1; body > 0; body--)
            model.body_subtreemass[model.body_parentid[body]] += model.body_subtreemass[body];
        ModelConstants constants = new(model);
        constants.Pose();
        constants.SetEqualities();
        for (int body = 1; body < model.nbody; body++) constants._jacobian[body] = constants.Jacobian(body);
        double[] inertia = constants.Inertia();
        int nv = model.nv;
        model.dof_M0 = [.. Enumerable.Range(0, nv).Select(dof => inertia[(dof * nv) + dof])];
        if (nv > 0) model.meaninertia = model.dof_M0.Average();
        double[] inverse = constants.Invert(inertia, bodies);
        constants.SetBodyWeights(inverse);
        constants.SetDofWeights(inverse);
    }

    // frames of all bodies at qpos0: joints are at rest, a free joint repeats the body's own frame
    private void Pose()
    {
        for (int body = 0; body < _model.nbody; body++)
        {
            double[] pos = _model.body_pos[(3 * body)..((3 * body) + 3)];
            double[] own = _model.body_quat[(4 * body)..((4 * body) + 4)];
            if (body > 0)
            {
                int parent = _model.body_parentid[body];
                double[] offset = Rotation.Apply(_mat[parent], pos);
                pos = [.. offset.Zip(_pos[parent], (a, b) => a + b)];
                own = Rotation.Multiply(_quat[parent], own);
            }

            Rotation.Normalize(own);
            (_pos[body], _quat[body], _mat[body]) = (pos, own, Rotation.ToMatrix(own));
        }
    }

    // relative poses of welds that name none (MuJoCo: set0)
    private void SetEqualities()
    {
        for (int i = 0; i < _model.neq; i++)
        {
            Span<double> data = _model.eq_data.AsSpan(11 * i, 11);
            (int body1, int body2) = (_model.eq_obj1id[i], _model.eq_obj2id[i]);
            double[] turn = data[6..10].ToArray();
            if (turn.Any(x => x != 0))
            {
                if (Rotation.Normalize(turn)) turn.CopyTo(data[6..]);
                continue;
            }

            // the anchor lies in the second body, the pose is seen from the first
            double[] anchor = Rotation.Apply(_mat[body2], data[..3]);
            double[] offset = [.. anchor.Zip(_pos[body2], (a, b) => a + b).Zip(_pos[body1], (a, b) => a - b)];
            double[] m = _mat[body1];
            Rotation.Apply([m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]], offset).CopyTo(data[3..]);
            double[] q = _quat[body1];
            Rotation.Multiply([q[0], -q[1], -q[2], -q[3]], _quat[body2]).CopyTo(data[6..]);
        }
    }

    private double[] Jacobian(int body)
    {
        int nv = _model.nv;
        double[] jacobian = new double[6 * nv];
        double[] offset = Rotation.Apply(_mat[body], _model.body_ipos.AsSpan(3 * body, 3));
        double[] center = [.. offset.Zip(_pos[body], (a, b) => a + b)];
        for (int mover = body; mover > 0; mover = _model.body_parentid[mover])
        {
            for (int k = 0; k < _model.body_dofnum[mover]; k++)
            {
                int dof = _model.body_dofadr[mover] + k;
                (double[] linear, double[] angular) = Motion(dof, mover, center);
                for (int i = 0; i < 3; i++)
                {
                    jacobian[(i * nv) + dof] = linear[i];
                    jacobian[((i + 3) * nv) + dof] = angular[i];
                }
            }
        }

        return jacobian;
    }

    // velocity of a point per unit of a dof, and angular velocity
    private (double[] Linear, double[] Angular) Motion(int dof, int body, double[] point)
    {
        int joint = _model.dof_jntid[dof];
        double[] mat = _mat[body];
        double[] axis = Rotation.Apply(mat, _model.jnt_axis.AsSpan(3 * joint, 3));
        double[] anchor = Rotation.Apply(mat, _model.jnt_pos.AsSpan(3 * joint, 3));
        switch ((JointType)_model.jnt_type[joint])
        {
            case JointType.Slide:
                return (axis, [0, 0, 0]);

            case JointType.Free when dof - _model.jnt_dofadr[joint] < 3:
                double[] unit = [0, 0, 0];
                unit[dof - _model.jnt_dofadr[joint]] = 1;
                return (unit, [0, 0, 0]);

            case JointType.Free:
                // rotations of a free joint are about the body's own axes
                int column = dof - _model.jnt_dofadr[joint] - 3;
                axis = [mat[column], mat[3 + column], mat[6 + column]];
                break;
        }

        double[] arm = [.. point.Zip(_pos[body], (a, b) => a - b).Zip(anchor, (a, b) => a - b)];
        return (Rotation.Cross(axis, arm), axis);
    }

    // M = sum over bodies of J' diag(mass, inertia) J, plus armature
    private double[] Inertia()
    {
        int nv = _model.nv;
        double[] inertia = new double[nv * nv];
        for (int body = 1; body < _model.nbody; body++)
        {
            double[] jacobian = _jacobian[body]!;
            double[] frame = Rotation.ToMatrix(_model.body_iquat.AsSpan(4 * body, 4));
            double[] moments = Rotation.Conjugate(Product(_mat[body], frame), _model.body_inertia.AsSpan(3 * body, 3));
            double mass = _model.body_mass[body];
            for (int i = 0; i < nv; i++)
            {
                double[] momentum = Rotation.Apply(moments, Column(jacobian, i, 3));
                double[] linear = Column(jacobian, i, 0);
                for (int j = 0; j < nv; j++)
                {
                    inertia[(i * nv) + j] += (mass * Rotation.Dot(linear, Column(jacobian, j, 0)))
                        + Rotation.Dot(momentum, Column(jacobian, j, 3));
                }
            }
        }

        for (int i = 0; i < nv; i++) inertia[(i * nv) + i] += _model.dof_armature[i];
        return inertia;
    }

    private double[] Column(double[] jacobian, int dof, int row)
    {
        int nv = _model.nv;
        return [jacobian[(row * nv) + dof], jacobian[((row + 1) * nv) + dof], jacobian[((row + 2) * nv) + dof]];
    }

    // inverse of a symmetric positive definite matrix through its Cholesky factor
    private double[] Invert(double[] matrix, IReadOnlyList<SceneBody> bodies)
    {
        int n = _model.nv;
        double[] factor = [.. matrix];
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = factor[(i * n) + j];
                for (int k = 0; k < j; k++) sum -= factor[(i * n) + k] * factor[(j * n) + k];
                if (i == j && sum < MinVal)
                    throw bodies[_model.dof_bodyid[j]].Element.Error("the inertia of this body's joints is singular");
                factor[(i * n) + j] = i == j ? Math.Sqrt(sum) : sum / factor[(j * n) + j];
            }
        }

        double[] inverse = new double[n * n];
        for (int c = 0; c < n; c++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = i == c ? 1 : 0;
                for (int k = 0; k < i; k++) sum -= factor[(i * n) + k] * inverse[(k * n) + c];
                inverse[(i * n) + c] = sum / factor[(i * n) + i];
            }

            for (int i = n - 1; i >= 0; i--)
            {
                double sum = inverse[(i * n) + c];
                for (int k = i + 1; k < n; k++) sum -= factor[(k * n) + i] * inverse[(k * n) + c];
                inverse[(i * n) + c] = sum / factor[(i * n) + i];
            }
        }

        return inverse;
    }

    private void SetBodyWeights(double[] inverse)
    {
        int nv = _model.nv;
        _model.body_invweight0 = new double[2 * _model.nbody];
        for (int body = 1; body < _model.nbody; body++)
        {
            // MuJoCo 3 takes the bare mass of a body that only slides along its axes
            if (_model.body_simple[body] == 2)
            {
                _model.body_invweight0[2 * body] = 1 / _model.body_mass[body];
                continue;
            }

            for (int row = 0; row < 6; row++)
            {
                ReadOnlySpan<double> j = _jacobian[body].AsSpan(row * nv, nv);
                double weight = 0;
                for (int i = 0; i < nv; i++)
                {
                    for (int k = 0; k < nv; k++) weight += j[i] * inverse[(i * nv) + k] * j[k];
                }

                _model.body_invweight0[(2 * body) + (row / 3)] += weight / 3;
            }
        }
    }

    private void SetDofWeights(double[] inverse)
    {
        int nv = _model.nv;
        _model.dof_invweight0 = new double[nv];
        for (int dof = 0; dof < nv; dof++)
        {
            int joint = _model.dof_jntid[dof];
            int first = _model.jnt_dofadr[joint];
            if (_model.body_simple[_model.dof_bodyid[dof]] == 2)
            {
                _model.dof_invweight0[dof] = 1 / _model.body_mass[_model.dof_bodyid[dof]];
            }
            else if (_model.jnt_type[joint] == (int)JointType.Free)
            {
                // translations and rotations of a free joint share their mean
                int half = first + ((dof - first) / 3 * 3);
                for (int k = half; k < half + 3; k++) _model.dof_invweight0[dof] += inverse[(k * nv) + k] / 3;
            }
            else
            {
                _model.dof_invweight0[dof] = inverse[(dof * nv) + dof];
            }
        }
    }

    private static double[] Product(double[] a, double[] b)
    {
        double[] result = new double[9];
        for (int j = 0; j < 3; j++)
        {
            double[] column = Rotation.Apply(a, [b[j], b[3 + j], b[6 + j]]);
            for (int i = 0; i < 3; i++) result[(3 * i) + j] = column[i];
        }

        return result;
    }
}

using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>
/// The constraints of one world from its frames and contacts, dense and in plain arithmetic (MuJoCo 3.3.0,
/// engine_core_constraint.c): the slow reference for elliptic models.
/// </summary>
internal sealed class PlainAssembly(Simulation simulation, int world)
{
    private readonly Model _model = simulation.Model;
    private readonly DataRows _data = simulation.Layout.DataRows;

    /// <summary>Welds, limits, contacts.</summary>
    public List<PlainConstraint> Constraints()
    {
        List<PlainConstraint> all = [.. Enumerable.Range(0, _model.neq).Select(Weld)];
        for (int joint = 0; joint < _model.njnt; joint++)
        {
            if (_model.jnt_limited[joint] == 1) all.AddRange(Limits(joint));
        }

        int contacts = (int)Value(_data.contact_count);
        for (int i = 0; i < contacts; i++)
        {
            int contact = _data.contact + (i * ContactList.Stride);

            // a true mask is all ones, which is not a number
            if (!double.IsNaN(Value(contact + ContactList.Touching))) continue;
            int pair = simulation.Layout.Integers[_data.group_pair + (2 * (int)Value(contact + ContactList.Pair))];
            double margin = _model.pair_margin[pair] - _model.pair_gap[pair];
            if (Value(contact + ContactList.Distance) < margin) all.Add(Contact(contact, pair, margin));
        }

        return all;
    }

    /// <summary>Constraint rows as (J, D, aref).</summary>
    public static List<double[]> Rows(IEnumerable<PlainConstraint> constraints) => ConstraintRows.Sorted([.. constraints
        .SelectMany(c => c.J.Select((row, i) => (double[])[.. row, c.D[i], c.Aref[i]]))]);

    /// <summary>The inertia matrix of a world, (nv, nv).</summary>
    public static double[] Inertia(Simulation simulation, int world)
    {
        Model model = simulation.Model;
        DataRows data = simulation.Layout.DataRows;
        int nv = model.nv;
        double[] full = new double[nv * nv];
        for (int tree = 0; tree < model.ntree; tree++)
        {
            int first = model.tree_dofadr[tree];
            int count = model.tree_dofnum[tree];
            int block = data.qM + simulation.Layout.Integers[data.tree_Madr + tree];
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double element = simulation.Worlds[world, block + (i * count) + j];
                    full[((first + i) * nv) + first + j] = element;
                    full[((first + j) * nv) + first + i] = element;
                }
            }
        }

        return full;
    }

    private double Value(int row) => simulation.Worlds[world, row];

    private double[] Values(int row, int count) => [.. Enumerable.Range(row, count).Select(Value)];

    private PlainConstraint Weld(int weld)
    {
        int body1 = _model.eq_obj1id[weld];
        int body2 = _model.eq_obj2id[weld];
        double[] eqData = _model.eq_data[(11 * weld)..(11 * (weld + 1))];
        double[] point1 = Plain.Add(Position(body1), Plain.Multiply(Orientation(body1), eqData[3..6]));
        double[] point2 = Plain.Add(Position(body2), Plain.Multiply(Orientation(body2), eqData[..3]));
        double[] back = Values(_data.xquat + (4 * body2), 4);
        back = [back[0], -back[1], -back[2], -back[3]];
        double[] forth = Rotation.Multiply(Values(_data.xquat + (4 * body1), 4), eqData[6..10]);
        double[] rotation = Rotation.Multiply(back, forth)[1..];
        double[] error =
            [.. point1.Zip(point2, (a, b) => a - b), .. rotation.Select(x => eqData[10] * x)];

        double[][] jacobian = [.. Enumerable.Range(0, 6).Select(_ => new double[_model.nv])];
        for (int dof = 0; dof < _model.nv; dof++)
        {
            (double[] lin1, double[] rot1) = Motion(dof, body1, point1);
            (double[] lin2, double[] rot2) = Motion(dof, body2, point2);
            double[] turn = [0, .. rot1.Zip(rot2, (a, b) => a - b)];
            double[] rate = Rotation.Multiply(Rotation.Multiply(back, turn), forth);
            for (int k = 0; k < 3; k++)
            {
                jacobian[k][dof] = lin1[k] - lin2[k];
                jacobian[3 + k][dof] = 0.5 * eqData[10] * rate[1 + k];
            }
        }

        double[] weight = _model.body_invweight0;
        double[] diagonal = [.. Enumerable.Range(0, 6).Select(k =>
            weight[(2 * body1) + (k / 3)] + weight[(2 * body2) + (k / 3)])];
        double depth = Math.Sqrt(error.Sum(x => x * x));
        return Make(
            PlainKind.Equality, jacobian, diagonal, error, depth, _model.eq_solref[(2 * weld)..],
            _model.eq_solimp[(5 * weld)..]);
    }

    private IEnumerable<PlainConstraint> Limits(int joint)
    {
        int dof = _model.jnt_dofadr[joint];
        double value = Value(_data.qpos + _model.jnt_qposadr[joint]);
        for (int side = -1; side <= 1; side += 2)
        {
            double bound = _model.jnt_range[(2 * joint) + ((side + 1) / 2)];
            double depth = (side * (bound - value)) - _model.jnt_margin[joint];
            if (depth >= 0) continue;
            double[] jacobian = new double[_model.nv];
            jacobian[dof] = -side;
            yield return Make(
                PlainKind.Limit, [jacobian], [_model.dof_invweight0[dof]], [depth], depth,
                _model.jnt_solref[(2 * joint)..], _model.jnt_solimp[(5 * joint)..]);
        }
    }

    private PlainConstraint Contact(int contact, int pair, double margin)
    {
        int body1 = _model.geom_bodyid[_model.pair_geom1[pair]];
        int body2 = _model.geom_bodyid[_model.pair_geom2[pair]];
        int dim = _model.pair_dim[pair];
        double[] point = Values(contact + ContactList.Position, 3);
        double[] normal = Values(contact + ContactList.Normal, 3);
        double[] start = Math.Abs(normal[1]) < 0.5 ? [0, 1, 0] : [0, 0, 1];
        double along = Plain.Dot(start, normal);
        double[] tangent = [.. start.Zip(normal, (s, n) => s - (along * n))];
        double length = Math.Sqrt(Plain.Dot(tangent, tangent));
        tangent = [.. tangent.Select(x => x / length)];
        double[][] frame = [normal, tangent, Plain.Cross(normal, tangent)];

        double[][] jacobian = [.. Enumerable.Range(0, dim).Select(_ => new double[_model.nv])];
        for (int dof = 0; dof < _model.nv; dof++)
        {
            (double[] lin1, double[] rot1) = Motion(dof, body1, point);
            (double[] lin2, double[] rot2) = Motion(dof, body2, point);
            for (int k = 0; k < dim; k++)
            {
                jacobian[k][dof] = k < 3
                    ? Plain.Dot(frame[k], lin2) - Plain.Dot(frame[k], lin1)
                    : Plain.Dot(normal, rot2) - Plain.Dot(normal, rot1);
            }
        }

        double weight = _model.body_invweight0[2 * body1] + _model.body_invweight0[2 * body2];
        double[] friction = [.. _model.pair_friction[(5 * pair)..((5 * pair) + dim - 1)]];
        double[] depths = new double[dim];
        depths[0] = Value(contact + ContactList.Distance) - margin;
        PlainConstraint made = Make(
            dim == 1 ? PlainKind.Limit : PlainKind.Cone, jacobian, [.. Enumerable.Repeat(weight, dim)], depths,
            depths[0], _model.pair_solref[(2 * pair)..], _model.pair_solimp[(5 * pair)..]);
        if (dim == 1) return made;

        // R of tangent 1 is that of the normal over impratio, the others go with the square of friction
        double[] regularizers = [.. Enumerable.Range(1, dim - 1).Select(j =>
            1 / made.D[0] / _model.impratio * friction[0] * friction[0] / (friction[j - 1] * friction[j - 1]))];
        return made with
        {
            D = [made.D[0], .. regularizers.Select(r => 1 / r)],
            Mu = friction[0] / Math.Sqrt(_model.impratio),
            Friction = friction,
        };
    }

    /// <summary>D and aref (getsolparam, getimpedance, mj_makeImpedance, mj_referenceConstraint).</summary>
    private PlainConstraint Make(
        PlainKind kind, double[][] jacobian, double[] diagonal, double[] error, double depth, double[] solref,
        double[] solimp)
    {
        double time = Math.Max(solref[0], 2 * _model.timestep);
        double high = Math.Clamp(solimp[1], 0.0001, 0.9999);
        double x = Math.Min(Math.Abs(depth) / solimp[2], 1);
        double y = x <= solimp[3]
            ? Math.Pow(x, solimp[4]) / Math.Pow(solimp[3], solimp[4] - 1)
            : 1 - (Math.Pow(1 - x, solimp[4]) / Math.Pow(1 - solimp[3], solimp[4] - 1));
        double low = Math.Clamp(solimp[0], 0.0001, 0.9999);
        double impedance = low + (y * (high - low));
        double stiffness = 1 / (high * high * time * time * solref[1] * solref[1]);
        double damping = 2 / (high * time);
        double[] qvel = Values(_data.qvel, _model.nv);
        return new(
            kind, jacobian, [.. diagonal.Select(d => impedance / ((1 - impedance) * d))],
            [.. jacobian.Select((row, i) => -(damping * Plain.Dot(row, qvel)) - (stiffness * impedance * error[i]))],
            1, []);
    }

    private double[] Position(int body) => Values(_data.xpos + (3 * body), 3);

    private double[] Orientation(int body) => Values(_data.xmat + (9 * body), 9);

    /// <summary>Velocity of a body's point and angular velocity of the body per unit of a dof.</summary>
    private (double[] Lin, double[] Rot) Motion(int dof, int body, double[] point)
    {
        double[] zero = new double[3];
        int moved = _model.dof_bodyid[dof];
        while (body > 0 && body != moved) body = _model.body_parentid[body];
        if (body == 0) return (zero, zero);

        int joint = _model.dof_jntid[dof];
        int index = dof - _model.jnt_dofadr[joint];
        double[] axis = Values(_data.xaxis + (3 * joint), 3);
        double[] anchor = Values(_data.xanchor + (3 * joint), 3);
        JointType type = (JointType)_model.jnt_type[joint];
        if (type == JointType.Slide) return (axis, zero);
        if (type == JointType.Free)
        {
            if (index < 3) return ([.. Enumerable.Range(0, 3).Select(k => k == index ? 1.0 : 0)], zero);
            double[] matrix = Orientation(moved);
            axis = [matrix[index - 3], matrix[index], matrix[index + 3]];
        }

        return (Plain.Cross(axis, [.. point.Zip(anchor, (p, a) => p - a)]), axis);
    }
}

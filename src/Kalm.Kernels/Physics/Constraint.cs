using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics.Collision;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Makes the constraint blocks from joint limits and contacts (mj_instantiateLimit, mj_instantiateContact,
/// mj_diagApprox, mj_makeImpedance, mj_referenceConstraint in engine_core_constraint.c).
/// </summary>
/// <remarks>
/// Contacts are compacted within the trees they couple: the k-th block of a group holds the k-th contact each world
/// has between these trees, whichever geoms it is between. Blocks with no constraint in a world have D = 0 there.
/// unsupported: equality, friction loss, condim 4 and 6, elliptic cones.
/// </remarks>
public static class Constraint
{
    /// <summary>Writes the constraint blocks, nefc, and overflow where blocks run out.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(data.nefc, TLane.Const(0));
        int count = 0;
        for (int i = 0; i < data.nlimit; i++)
        {
            count = Limit<TLane, TRows>(rows, model, data, i, -1, count);
            count = Limit<TLane, TRows>(rows, model, data, i, 1, count);
        }

        // contacts come sorted by group
        int contacts = rows.Uniform(data.contact_count);
        int group = -1;
        int first = count;
        TLane used = TLane.Const(0);
        for (int i = 0; i < contacts; i++)
        {
            int contact = data.contact + (i * ContactList.Stride);
            int index = rows.Uniform(contact + ContactList.Pair);
            int contactGroup = rows.Integer(data.group_pair + (2 * index) + 1);
            if (contactGroup != group)
            {
                group = contactGroup;
                first = count;
                used = TLane.Const(0);
            }

            TLane margin = Constants<TLane, TRows>(rows, data, index, EfcConstants.Margin);
            TLane active = rows.Load(contact + ContactList.Touching)
                & (rows.Load(contact + ContactList.Distance) < margin);
            if (!TLane.Any(active)) continue;
            Contact<TLane, TRows>(rows, model, data, contact, index, group, active, Block(data, count));
            count = Merge<TLane, TRows>(rows, data, first, count, active, used);
            used = TLane.Select(active, used + TLane.Const(1), used);
            TLane edges =
                TLane.Const(rows.Integer(model.pair_dim + rows.Integer(data.group_pair + (2 * index))) == 1 ? 1 : 4);
            rows.Store(data.nefc, rows.Load(data.nefc) + TLane.Select(active, edges, TLane.Const(0)));
        }

        rows.Store(data.efc_count, TLane.Const(count));
    }

    /// <summary>First row of constraint block <paramref name="index"/>.</summary>
    internal static int Block(in DataRows data, int index) => data.efc + (index * data.efc_stride);

    /// <summary>
    /// The candidate in block <paramref name="count"/> goes to the block each world has free: block first + used. Where
    /// that is an earlier one the candidate is copied there; it stays only if some world needs the new block.
    /// </summary>
    private static int Merge<TLane, TRows>(TRows rows, in DataRows data, int first, int count, TLane active, TLane used)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int candidate = Block(data, count);
        TLane rest = active;
        for (int k = first; k < count; k++)
        {
            TLane here = active & TLane.Same(used, TLane.Const(k - first));
            if (!TLane.Any(here)) continue;
            int target = Block(data, k);
            int table = rows.Uniform(candidate + EfcBlock.Group);
            int columns = rows.Integer(table + GroupTable.Count1) + rows.Integer(table + GroupTable.Count2);
            for (int row = EfcBlock.D; row < EfcBlock.J + (3 * columns); row++)
                rows.Store(target + row, TLane.Select(here, rows.Load(candidate + row), rows.Load(target + row)));
            rest &= ~here;
        }

        if (!TLane.Any(rest)) return count;
        if (count == data.nblock)
        {
            TLane overflow = rows.Load(data.overflow);
            rows.Store(data.overflow, TLane.Select(rest, overflow + TLane.Const(1), overflow));
            return count;
        }

        rows.Store(candidate + EfcBlock.D, TLane.Select(rest, rows.Load(candidate + EfcBlock.D), TLane.Const(0)));
        return count + 1;
    }

    private static void Contact<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int contact, int index, int group, TLane active, int block)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int pair = rows.Integer(data.group_pair + (2 * index));
        int body1 = rows.Integer(model.geom_bodyid + rows.Integer(model.pair_geom1 + pair));
        int body2 = rows.Integer(model.geom_bodyid + rows.Integer(model.pair_geom2 + pair));
        int table = data.group_tree + (GroupTable.Stride * group);
        int tree1 = rows.Integer(table + GroupTable.Tree1);
        int columns1 = rows.Integer(table + GroupTable.Count1);
        ClearJacobian<TLane, TRows>(rows, block, columns1 + rows.Integer(table + GroupTable.Count2));

        Vec3<TLane> normal = Vec3<TLane>.Load(rows, contact, ContactList.Normal);
        Primitive.Tangents(normal, out Vec3<TLane> tangent1, out Vec3<TLane> tangent2);
        TLane friction = Constants<TLane, TRows>(rows, data, index, EfcConstants.Friction);
        Mat3<TLane> frame = new(normal, friction * tangent1, friction * tangent2);

        // J of body 2 minus J of body 1, in the columns of their trees
        for (int side = 0; side < 2; side++)
        {
            int body = side == 0 ? body1 : body2;
            int last = rows.Integer(data.body_lastdof + body);
            if (last < 0) continue;
            int tree = rows.Integer(model.dof_treeid + last);
            int column = tree == tree1 ? 0 : columns1;
            int jacobian = block + EfcBlock.J + (3 * (column - rows.Integer(model.tree_dofadr + tree)));
            Mat3<TLane> signed = side == 0 ? new(-frame.Row0, -frame.Row1, -frame.Row2) : frame;
            AddJacobian<TLane, TRows>(rows, model, data, contact, body, last, signed, jacobian);
        }

        TLane distance = rows.Load(contact + ContactList.Distance);
        rows.Store(block + EfcBlock.Group, TLane.Const(table));
        Reference<TLane, TRows>(rows, data, index, distance, active, block);
    }

    private static void ClearJacobian<TLane, TRows>(TRows rows, int block, int columns)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < 3 * columns; i++) rows.Store(block + EfcBlock.J + i, TLane.Const(0));
    }

    /// <summary>
    /// Adds the velocity of a body's point per unit of each dof, along normal and scaled tangents (mj_jac): with r from
    /// the tree's center of mass to the point, n . (lin + rot x r) = n . lin + rot . (r x n).
    /// </summary>
    private static void AddJacobian<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int contact, int body, int last, Mat3<TLane> frame,
        int jacobian)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int root = rows.Integer(model.body_rootid + body);
        Vec3<TLane> r = Vec3<TLane>.Load(rows, contact + ContactList.Position)
            - Vec3<TLane>.Load(rows, rows.Integer(data.subtree + root));
        Spatial<TLane> alongNormal = new(Vec3<TLane>.Cross(r, frame.Row0), frame.Row0);
        Spatial<TLane> along1 = new(Vec3<TLane>.Cross(r, frame.Row1), frame.Row1);
        Spatial<TLane> along2 = new(Vec3<TLane>.Cross(r, frame.Row2), frame.Row2);
        for (int dof = last; dof >= 0; dof = rows.Integer(model.dof_parentid + dof))
        {
            // a translation along a world axis picks that component of the three directions
            int row = jacobian + (3 * dof);
            int translation = rows.Integer(data.dof_axis + dof);
            if (translation >= 0)
            {
                bool x = translation == 0;
                bool y = translation == 1;
                rows.Store(row, rows.Load(row) + (x ? frame.Row0.X : y ? frame.Row0.Y : frame.Row0.Z));
                rows.Store(row, 1, rows.Load(row, 1) + (x ? frame.Row1.X : y ? frame.Row1.Y : frame.Row1.Z));
                rows.Store(row, 2, rows.Load(row, 2) + (x ? frame.Row2.X : y ? frame.Row2.Y : frame.Row2.Z));
                continue;
            }

            Spatial<TLane> axis = Spatial<TLane>.Load(rows, data.cdof + (6 * dof));
            rows.Store(row, rows.Load(row) + Spatial<TLane>.Dot(axis, alongNormal));
            rows.Store(row, 1, rows.Load(row, 1) + Spatial<TLane>.Dot(axis, along1));
            rows.Store(row, 2, rows.Load(row, 2) + Spatial<TLane>.Dot(axis, along2));
        }
    }

    /// <summary>One side of a joint limit (mj_instantiateLimit): side -1 the lower, 1 the upper.</summary>
    private static int Limit<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int i, int side, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int joint = rows.Integer(data.limit + (2 * i));
        int group = rows.Integer(data.limit + (2 * i) + 1);
        int index = data.npair + i;
        int bound = EfcConstants.Size + (side < 0 ? 0 : 1);
        TLane value = rows.Load(data.qpos + rows.Integer(model.jnt_qposadr + joint));
        TLane distance = TLane.Const(side) * (Constants<TLane, TRows>(rows, data, index, bound) - value);
        TLane active = distance < Constants<TLane, TRows>(rows, data, index, EfcConstants.Margin);
        if (!TLane.Any(active)) return count;

        int block = Block(data, count);
        int table = data.group_tree + (GroupTable.Stride * group);
        int column = rows.Integer(model.jnt_dofadr + joint) - rows.Integer(table + GroupTable.Dof1);
        ClearJacobian<TLane, TRows>(rows, block, rows.Integer(table + GroupTable.Count1));
        rows.Store(block + EfcBlock.J + (3 * column), TLane.Const(-side));
        rows.Store(block + EfcBlock.Group, TLane.Const(table));
        Reference<TLane, TRows>(rows, data, index, distance, active, block);
        TLane nefc = rows.Load(data.nefc);
        rows.Store(data.nefc, TLane.Select(active, nefc + TLane.Const(1), nefc));
        return count + 1;
    }

    /// <summary>Writes D and aref of a block (mj_makeImpedance, mj_referenceConstraint).</summary>
    private static void Reference<TLane, TRows>(
        TRows rows, in DataRows data, int index, TLane distance, TLane active, int block)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane depth = distance - Constants<TLane, TRows>(rows, data, index, EfcConstants.Margin);
        TLane impedance = Impedance<TLane, TRows>(rows, data, index, depth);

        // R = (1 - impedance) / impedance * diagApprox for the normal, scaled to the edges; D = 1 / R
        TLane diagonal = Constants<TLane, TRows>(rows, data, index, EfcConstants.DiagApprox);
        TLane regularizer = TLane.Max((TLane.Const(1) - impedance) * diagonal / impedance, TLane.Const(1e-15));
        TLane edge = regularizer * Constants<TLane, TRows>(rows, data, index, EfcConstants.EdgeScale);
        rows.Store(block + EfcBlock.D, TLane.Select(active, TLane.Const(1) / edge, TLane.Const(0)));

        // aref = - B velocity - K impedance depth
        Vec3<TLane> velocity = JacobianTimes<TLane, TRows>(rows, block, data.qvel);
        TLane damping = -Constants<TLane, TRows>(rows, data, index, EfcConstants.B);
        TLane spring = Constants<TLane, TRows>(rows, data, index, EfcConstants.K) * impedance * depth;
        new Vec3<TLane>(
            TLane.MulAdd(damping, velocity.X, -spring), damping * velocity.Y, damping * velocity.Z)
            .Store(rows, block, EfcBlock.Aref);
    }

    /// <summary>Impedance of a constraint at a depth (getimpedance).</summary>
    private static TLane Impedance<TLane, TRows>(TRows rows, in DataRows data, int index, TLane depth)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane start = Constants<TLane, TRows>(rows, data, index, EfcConstants.Impedance0);
        int power = rows.Integer(data.efc_power + index);
        if (power == 0) return start;

        TLane x = TLane.Abs(depth) * Constants<TLane, TRows>(rows, data, index, EfcConstants.InverseWidth);
        TLane y = TLane.Min(x, TLane.Const(1));
        if (power != 1)
        {
            // x^p / m^(p-1) up to the midpoint m, 1 - (1-x)^p / (1-m)^(p-1) beyond
            TLane beyond = y > Constants<TLane, TRows>(rows, data, index, EfcConstants.Midpoint);
            TLane low = Constants<TLane, TRows>(rows, data, index, EfcConstants.LowScale);
            TLane high = Constants<TLane, TRows>(rows, data, index, EfcConstants.HighScale);
            TLane curve = TLane.Select(beyond, high, low)
                * Power<TLane, TRows>(rows, data, index, power, TLane.Select(beyond, TLane.Const(1) - y, y));
            y = TLane.Select(beyond, TLane.Const(1) - curve, curve);
        }

        return TLane.MulAdd(y, Constants<TLane, TRows>(rows, data, index, EfcConstants.ImpedanceRise), start);
    }

    /// <summary>x to the power of the impedance curve, 0 &lt;= x &lt;= 1.</summary>
    private static TLane Power<TLane, TRows>(TRows rows, in DataRows data, int index, int power, TLane x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (power < 0)
        {
            TLane positive = TLane.Max(x, TLane.Const(1e-30));
            return LaneMath.Exp(
                Constants<TLane, TRows>(rows, data, index, EfcConstants.Power) * LaneMath.Log(positive));
        }

        TLane result = x;
        for (int k = 1; k < power; k++) result *= x;
        return result;
    }

    /// <summary>J x in the three directions of a block: normal and scaled tangents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vec3<TLane> JacobianTimes<TLane, TRows>(TRows rows, int block, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int table = rows.Uniform(block + EfcBlock.Group);
        TLane normal = TLane.Const(0);
        TLane tangent1 = normal;
        TLane tangent2 = normal;
        int column = block;
        int first = x + rows.Integer(table + GroupTable.Dof1);
        int end = first + rows.Integer(table + GroupTable.Count1);
        for (int row = first; row < end; row++)
        {
            TLane v = rows.Load(row);
            normal = TLane.MulAdd(rows.Load(column, EfcBlock.J), v, normal);
            tangent1 = TLane.MulAdd(rows.Load(column, EfcBlock.J + 1), v, tangent1);
            tangent2 = TLane.MulAdd(rows.Load(column, EfcBlock.J + 2), v, tangent2);
            column += 3;
        }

        first = x + rows.Integer(table + GroupTable.Dof2);
        end = first + rows.Integer(table + GroupTable.Count2);
        for (int row = first; row < end; row++)
        {
            TLane v = rows.Load(row);
            normal = TLane.MulAdd(rows.Load(column, EfcBlock.J), v, normal);
            tangent1 = TLane.MulAdd(rows.Load(column, EfcBlock.J + 1), v, tangent1);
            tangent2 = TLane.MulAdd(rows.Load(column, EfcBlock.J + 2), v, tangent2);
            column += 3;
        }

        return new(normal, tangent1, tangent2);
    }

    private static TLane Constants<TLane, TRows>(TRows rows, in DataRows data, int index, int constant)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        rows.Constant(data.efc_constants + (EfcConstants.Stride * index) + constant);
}

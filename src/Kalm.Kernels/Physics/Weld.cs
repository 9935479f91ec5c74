using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Makes the constraint blocks of welds: two bodies keep their relative pose (mj_instantiateEquality in
/// engine_core_constraint.c). They are the first blocks, two for each weld, translation and rotation.
/// </summary>
/// <remarks>
/// Depends on the poses of the two bodies and on velocities: where only a mocap body moved or a velocity changed, this
/// is all of the constraints to be made again. unsupported: connect, switching welds on and off.
/// </remarks>
public static class Weld
{
    /// <summary>Blocks of one weld.</summary>
    public const int Blocks = 2;

    /// <summary>Scalar constraints of one weld.</summary>
    internal const int Rows = 6;

    /// <summary>Writes the blocks of all welds.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < data.nweld; i++) Make<TLane, TRows>(rows, model, data, i);
    }

    private static void Make<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int i)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int weld = rows.Integer(data.weld + (2 * i));
        int table = data.group_tree + (GroupTable.Stride * rows.Integer(data.weld + (2 * i) + 1));
        int constants = model.eq_data + (11 * weld);
        int body1 = rows.Integer(model.eq_obj1id + weld);
        int body2 = rows.Integer(model.eq_obj2id + weld);
        int block = Constraint.Block(data, Blocks * i);

        // anchor points: the first body's is where its own pose puts the second body's anchor
        Vec3<TLane> point1 = Vec3<TLane>.Load(rows, data.xpos + (3 * body1))
            + (Mat3<TLane>.Load(rows, data.xmat + (9 * body1)) * Vec3<TLane>.Constant(rows, constants + 3));
        Vec3<TLane> point2 = Vec3<TLane>.Load(rows, data.xpos + (3 * body2))
            + (Mat3<TLane>.Load(rows, data.xmat + (9 * body2)) * Vec3<TLane>.Constant(rows, constants));

        // rotation error: vector part of conj(q2) q1 relpose, scaled to a length
        Quat<TLane> back = Quat<TLane>.Load(rows, data.xquat + (4 * body2));
        back = new(back.W, -back.X, -back.Y, -back.Z);
        Quat<TLane> forth = Quat<TLane>.Load(rows, data.xquat + (4 * body1))
            * Quat<TLane>.Constant(rows, constants + 6);
        TLane scale = rows.Constant(constants + 10);
        Vec3<TLane> translation = point1 - point2;
        Vec3<TLane> rotation = scale * Vector(back * forth);

        int columns = rows.Integer(table + GroupTable.Count1) + rows.Integer(table + GroupTable.Count2);
        for (int row = block + EfcBlock.J; row < block + EfcBlock.J + (3 * columns); row++)
        {
            rows.Store(row, TLane.Const(0));
            rows.Store(row + data.efc_stride, TLane.Const(0));
        }

        // rate of that error per unit of angular velocity w: 1/2 conj(q2) w q1 relpose
        Mat3<TLane> rate = Rate(back, forth, TLane.Const(0.5) * scale);
        AddColumns<TLane, TRows>(rows, model, data, block, table, body1, point1, rate, 1);
        AddColumns<TLane, TRows>(rows, model, data, block, table, body2, point2, rate, -1);
        Reference<TLane, TRows>(rows, data, i, block, table, translation, rotation);
    }

    private static Vec3<TLane> Vector<TLane>(Quat<TLane> q)
        where TLane : unmanaged, ILane<TLane> => new(q.X, q.Y, q.Z);

    /// <summary>The matrix of w to the vector part of scale a w b.</summary>
    private static Mat3<TLane> Rate<TLane>(Quat<TLane> a, Quat<TLane> b, TLane scale)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> x = Vector(a * new Quat<TLane>(zero, scale, zero, zero) * b);
        Vec3<TLane> y = Vector(a * new Quat<TLane>(zero, zero, scale, zero) * b);
        Vec3<TLane> z = Vector(a * new Quat<TLane>(zero, zero, zero, scale) * b);
        return new(new(x.X, y.X, z.X), new(x.Y, y.Y, z.Y), new(x.Z, y.Z, z.Z));
    }

    /// <summary>Adds the velocity of a body's point and of its rotation per unit of each dof above it.</summary>
    private static void AddColumns<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int block, int table, int body, Vec3<TLane> point,
        in Mat3<TLane> rate, int sign)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int last = rows.Integer(data.body_lastdof + body);
        if (last < 0) return;
        bool second = rows.Integer(model.dof_treeid + last) == rows.Integer(table + GroupTable.Tree2);
        int column = block - (3 * rows.Integer(table + (second ? GroupTable.Dof2 : GroupTable.Dof1)))
            + (second ? 3 * rows.Integer(table + GroupTable.Count1) : 0);
        Vec3<TLane> r = point - Vec3<TLane>.Load(rows, rows.Integer(data.subtree + body));
        TLane direction = TLane.Const(sign);
        for (int dof = last; dof >= 0; dof = rows.Integer(model.dof_parentid + dof))
        {
            Spatial<TLane> axis = Spatial<TLane>.Load(rows, data.cdof + (6 * dof));
            int translation = column + (3 * dof);
            int rotation = translation + data.efc_stride;
            Vec3<TLane>.MulAdd(
                direction, axis.Lin + Vec3<TLane>.Cross(axis.Rot, r),
                Vec3<TLane>.Load(rows, translation, EfcBlock.J)).Store(rows, translation, EfcBlock.J);
            Vec3<TLane>.MulAdd(
                direction, rate * axis.Rot, Vec3<TLane>.Load(rows, rotation, EfcBlock.J))
                .Store(rows, rotation, EfcBlock.J);
        }
    }

    /// <summary>Writes D and aref of both blocks (mj_diagApprox, mj_makeImpedance, mj_referenceConstraint).</summary>
    private static void Reference<TLane, TRows>(
        TRows rows, in DataRows data, int i, int block, int table, Vec3<TLane> translation, Vec3<TLane> rotation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // one impedance, by the length of the whole error
        EfcIndex<TLane> index = EfcIndex<TLane>.Of(data, data.npair + data.nlimit + i);
        TLane length = TLane.Sqrt(Vec3<TLane>.Dot(translation, translation) + Vec3<TLane>.Dot(rotation, rotation));
        TLane impedance = Impedance.At(rows, index, rows.Integer(table + GroupTable.Power), length);
        TLane spring = -(index.Constant(rows, EfcConstants.K) * impedance);
        TLane damping = -index.Constant(rows, EfcConstants.B);
        for (int half = 0; half < Blocks; half++)
        {
            int part = block + (half * data.efc_stride);
            TLane diagonal = index.Constant(rows, half == 0 ? EfcConstants.DiagApprox : EfcConstants.Range);
            Vec3<TLane> error = half == 0 ? translation : rotation;
            rows.Store(part + EfcBlock.Group, TLane.Const(table));
            rows.Store(part + EfcBlock.D, TLane.Const(1) / Constraint.Regularizer(impedance, diagonal));
            EfcVector<TLane, Rank3> velocity = Jacobian.Times<TLane, TRows, Rank3>(rows, part, data.qvel);
            EfcVector<TLane, Rank3> aref = EfcVector<TLane, Rank3>.MulAdd(
                damping, velocity, spring * new EfcVector<TLane, Rank3>(error.X, error.Y, error.Z, default));
            aref.Store(rows, part, EfcBlock.Aref);
        }
    }
}

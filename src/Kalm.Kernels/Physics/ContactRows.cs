using Kalm.Kernels.Lanes;
using Kalm.Kernels.Physics.Collision;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Jacobian, regularizer and reference acceleration of a contact block (mj_instantiateContact, mj_makeImpedance,
/// mj_referenceConstraint in engine_core_constraint.c).
/// </summary>
internal static class ContactRows
{
    /// <summary>Writes everything of a block that holds pair, distance, position and normal of each world.</summary>
    public static void Make<TLane, TRows>(TRows rows, in DataRows data, int block)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int kind = rows.Integer(rows.Uniform(block + EfcBlock.Group) + GroupTable.Kind);
        if (kind == EfcKind.Cone4) Make<TLane, TRows, Rank4>(rows, data, block);
        else Make<TLane, TRows, Rank3>(rows, data, block);
    }

    private static void Make<TLane, TRows, TRank>(TRows rows, in DataRows data, int block)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
    {
        int first = rows.Uniform(block + EfcBlock.Pair);
        TLane pair = rows.Load(block + EfcBlock.Pair);
        bool mixed = TLane.Any(~TLane.Same(pair, TLane.Const(first)));
        EfcIndex<TLane> index = EfcIndex<TLane>.Of(data.efc_constants, EfcConstants.Stride, first, mixed, pair);
        EfcIndex<TLane> sides = EfcIndex<TLane>.Of(data.pair_side, data.efc_columns, first, mixed, pair);

        // the scaled frame: its rows times the relative velocity are the coordinates of the block
        Vec3<TLane> normal = Vec3<TLane>.Load(rows, block, EfcBlock.Normal);
        Primitive.Tangents(normal, out Vec3<TLane> tangent1, out Vec3<TLane> tangent2);
        TLane friction = index.Constant(rows, EfcConstants.Friction);
        Mat3<TLane> frame = new(
            index.Constant(rows, EfcConstants.Mu) * normal, friction * tangent1, friction * tangent2);
        Vec3<TLane> spin = TRank.Rows > 3 ? index.Constant(rows, EfcConstants.Spin) * normal : default;

        // the second tree or the only one moves forward, the first of two backward
        int table = rows.Uniform(block + EfcBlock.Group);
        EfcVector<TLane, TRank> velocity = default;
        if (rows.Integer(table + GroupTable.Count2) == 0)
        {
            Columns(rows, data, block, frame, spin, sides, 0, TLane.Const(1), ref velocity);
        }
        else
        {
            Mat3<TLane> backward = new(-frame.Row0, -frame.Row1, -frame.Row2);
            Columns(rows, data, block, backward, -spin, sides, 0, TLane.Const(-1), ref velocity);
            Columns(rows, data, block, frame, spin, sides, 1, TLane.Const(1), ref velocity);
        }

        Reference(rows, block, index, velocity);
    }

    /// <summary>
    /// Writes the columns of a tree: the velocity of its body's point per unit of each dof, in the frame (mj_jac). With
    /// r from the tree's center of mass to the point, n . (lin + rot x r) = n . lin + rot . (r x n).
    /// </summary>
    private static void Columns<TLane, TRows, TRank>(
        TRows rows, in DataRows data, int block, in Mat3<TLane> frame, Vec3<TLane> spin, in EfcIndex<TLane> sides,
        int second, TLane direction, ref EfcVector<TLane, TRank> velocity)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
    {
        int table = rows.Uniform(block + EfcBlock.Group);
        int skip = second * rows.Integer(table + GroupTable.Count1);
        int first = rows.Integer(table + (second == 0 ? GroupTable.Dof1 : GroupTable.Dof2));
        int count = rows.Integer(table + (second == 0 ? GroupTable.Count1 : GroupTable.Count2));
        int body = rows.Integer(table + (second == 0 ? GroupTable.Body1 : GroupTable.Body2));
        int side = data.group_side + rows.Integer(table + GroupTable.Side) + skip;
        Vec3<TLane> r = Vec3<TLane>.Load(rows, block, EfcBlock.Position)
            - Vec3<TLane>.Load(rows, rows.Integer(data.subtree + body));
        Spatial<TLane> along0 = new(Vec3<TLane>.Cross(r, frame.Row0), frame.Row0);
        Spatial<TLane> along1 = new(Vec3<TLane>.Cross(r, frame.Row1), frame.Row1);
        Spatial<TLane> along2 = new(Vec3<TLane>.Cross(r, frame.Row2), frame.Row2);
        EfcVector<TLane, TRank> sum = velocity;
        int jacobian = block + (TRank.Rows * skip);
        for (int i = 0; i < count; i++)
        {
            int dof = first + i;
            int moves = rows.Integer(side + i);
            EfcVector<TLane, TRank> column = default;
            if (moves > 0)
            {
                int translation = rows.Integer(data.dof_axis + dof);
                if (translation >= 0)
                {
                    // along a world axis: that component of the frame
                    column = new(
                        Component(frame.Row0, translation), Component(frame.Row1, translation),
                        Component(frame.Row2, translation), default);
                }
                else
                {
                    Spatial<TLane> axis = Spatial<TLane>.Load(rows, data.cdof + (6 * dof));
                    column = new(
                        Spatial<TLane>.Dot(axis, along0), Spatial<TLane>.Dot(axis, along1),
                        Spatial<TLane>.Dot(axis, along2), TRank.Rows > 3 ? Vec3<TLane>.Dot(axis.Rot, spin) : default);
                }

                // not every pair moves it
                if (moves > 1) column = direction * sides.Constant(rows, skip + i) * column;
                sum = EfcVector<TLane, TRank>.MulAdd(rows.Load(data.qvel + dof), column, sum);
            }

            column.Store(rows, jacobian, EfcBlock.J);
            jacobian += TRank.Rows;
        }

        velocity = sum;
    }

    private static TLane Component<TLane>(Vec3<TLane> vector, int axis)
        where TLane : unmanaged, ILane<TLane> => axis == 0 ? vector.X : axis == 1 ? vector.Y : vector.Z;

    /// <summary>Writes D, aref and the shape of the cone.</summary>
    private static void Reference<TLane, TRows, TRank>(
        TRows rows, int block, in EfcIndex<TLane> index, in EfcVector<TLane, TRank> velocity)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
    {
        // R = (1 - impedance) / impedance * diagApprox of the normal, scaled to the block's coordinates
        int table = rows.Uniform(block + EfcBlock.Group);
        TLane active = rows.Load(block + EfcBlock.D) > TLane.Const(0);
        TLane depth = rows.Load(block + EfcBlock.Distance) - index.Constant(rows, EfcConstants.Margin);
        TLane impedance = Impedance.At(rows, index, rows.Integer(table + GroupTable.Power), depth);
        TLane regularizer = Constraint.Regularizer(impedance, index.Constant(rows, EfcConstants.DiagApprox));
        TLane edge = regularizer * index.Constant(rows, EfcConstants.EdgeScale);
        TLane mu = index.Constant(rows, EfcConstants.Mu);
        rows.Store(block + EfcBlock.D, active & (TLane.Const(1) / edge));
        rows.Store(block + EfcBlock.Mu, mu);
        rows.Store(block + EfcBlock.Slant, index.Constant(rows, EfcConstants.Slant));

        // aref = - B velocity - K impedance depth; no spring along tangents
        TLane spring = index.Constant(rows, EfcConstants.K) * impedance * depth;
        EfcVector<TLane, TRank> aref = -index.Constant(rows, EfcConstants.B) * velocity;
        new EfcVector<TLane, TRank>(TLane.NegMulAdd(mu, spring, aref.N), aref.A, aref.B, aref.C)
            .Store(rows, block, EfcBlock.Aref);
    }
}

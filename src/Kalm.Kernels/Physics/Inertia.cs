using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Inertia matrix, its factor and products (mj_crb, mj_factorI, mj_solveLD, mj_mulM).</summary>
/// <remarks>
/// The matrix is block diagonal: one dense block per kinematic tree, lower triangle, row-major. Blocks of simple trees
/// are constant diagonals, written once by <see cref="Place"/>.
/// </remarks>
public static class Inertia
{
    /// <summary>Writes the constant blocks of qM and their inverse.</summary>
    public static void Place<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int tree = 0; tree < model.ntree; tree++)
        {
            if (rows.Integer(data.tree_diagonal + tree) == 0) continue;
            int first = rows.Integer(model.tree_dofadr + tree);
            int count = rows.Integer(model.tree_dofnum + tree);
            int block = data.qM + rows.Integer(data.tree_Madr + tree);
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < i; j++) rows.Store(block + (i * count) + j, TLane.Const(0));
                TLane diagonal = rows.Constant(model.dof_M0 + first + i);
                rows.Store(block + (i * count) + i, diagonal);
                rows.Store(data.qLDiagInv + first + i, TLane.Const(1) / diagonal);
            }
        }
    }

    /// <summary>Writes crb qM from cinert and cdof: composite rigid bodies (mj_crb).</summary>
    public static void Crb<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // inertia of each link and everything below it, children first
        for (int i = 0; i < data.nlink; i++)
        {
            if (rows.Integer(data.links + (i * LinkTable.Stride) + LinkTable.Diagonal) == 1) continue;
            for (int k = 0; k < 10; k++)
                rows.Store(data.crb + (10 * i) + k, rows.Load(data.cinert + (10 * i) + k));
        }

        for (int i = data.nlink - 1; i >= 0; i--)
        {
            int link = data.links + (i * LinkTable.Stride);
            int parent = rows.Integer(link + LinkTable.Parent);
            if (parent < 0 || rows.Integer(link + LinkTable.Diagonal) == 1) continue;
            for (int k = 0; k < 10; k++)
            {
                TLane sum = rows.Load(data.crb + (10 * parent) + k) + rows.Load(data.crb + (10 * i) + k);
                rows.Store(data.crb + (10 * parent) + k, sum);
            }
        }

        for (int tree = 0; tree < model.ntree; tree++)
        {
            if (rows.Integer(data.tree_diagonal + tree) == 0) TreeMatrix<TLane, TRows>(rows, model, data, tree);
        }
    }

    /// <summary>Writes qLD qLDiagInv from qM (mj_factorM).</summary>
    public static void Factor<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        FactorDamped<TLane, TRows>(rows, model, data, TLane.Const(0));
    }

    /// <summary>Writes qLD qLDiagInv from qM + scale * damping, for trees without a constant diagonal.</summary>
    public static void FactorDamped<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, TLane scale)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int tree = 0; tree < model.ntree; tree++)
        {
            if (rows.Integer(data.tree_diagonal + tree) == 1) continue;
            int first = rows.Integer(model.tree_dofadr + tree);
            int count = rows.Integer(model.tree_dofnum + tree);
            int offset = rows.Integer(data.tree_Madr + tree);
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < i; j++)
                    rows.Store(data.qLD + offset + (i * count) + j, rows.Load(data.qM + offset + (i * count) + j));
                TLane diagonal = rows.Load(data.qM + offset + (i * count) + i);
                TLane damped = TLane.MulAdd(scale, rows.Constant(model.dof_damping + first + i), diagonal);
                rows.Store(data.qLD + offset + (i * count) + i, damped);
            }

            BlockMatrix.Factor<TLane, TRows>(rows, data.qLD + offset, count, count, data.qLDiagInv + first);
        }
    }

    /// <summary>x = M \ y with the factor at hand (mj_solveM); x may be y.</summary>
    public static void Solve<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int x, int y)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int tree = 0; tree < model.ntree; tree++)
        {
            int first = rows.Integer(model.tree_dofadr + tree);
            int count = rows.Integer(model.tree_dofnum + tree);
            if (rows.Integer(data.tree_diagonal + tree) == 1)
            {
                for (int dof = first; dof < first + count; dof++)
                    rows.Store(x + dof, rows.Load(y + dof) * rows.Load(data.qLDiagInv + dof));
                continue;
            }

            for (int dof = first; dof < first + count; dof++) rows.Store(x + dof, rows.Load(y + dof));
            int block = data.qLD + rows.Integer(data.tree_Madr + tree);
            BlockMatrix.Solve<TLane, TRows>(rows, block, count, count, data.qLDiagInv + first, x + first);
        }
    }

    /// <summary>y = M x (mj_mulM).</summary>
    public static void Multiply<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int y, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int tree = 0; tree < model.ntree; tree++)
        {
            int first = rows.Integer(model.tree_dofadr + tree);
            int count = rows.Integer(model.tree_dofnum + tree);
            int block = data.qM + rows.Integer(data.tree_Madr + tree);
            if (rows.Integer(data.tree_diagonal + tree) == 1)
            {
                for (int dof = first; dof < first + count; dof++)
                    rows.Store(y + dof, rows.Constant(model.dof_M0 + dof) * rows.Load(x + dof));
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                // the row up to the diagonal, then the column below it
                TLane sum = TLane.Const(0);
                int element = block + (i * count);
                int row = x + first;
                for (int end = element + i; element <= end; element++)
                    sum = TLane.MulAdd(rows.Load(element), rows.Load(row++), sum);
                element += count - 1;
                for (; row < x + first + count; element += count)
                    sum = TLane.MulAdd(rows.Load(element), rows.Load(row++), sum);

                rows.Store(y + first + i, sum);
            }
        }
    }

    private static void TreeMatrix<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int tree)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int first = rows.Integer(model.tree_dofadr + tree);
        int count = rows.Integer(model.tree_dofnum + tree);
        int block = data.qM + rows.Integer(data.tree_Madr + tree);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++) rows.Store(block + (i * count) + j, TLane.Const(0));

            // force that moves the subtree along dof i, projected on the dofs above
            int link = rows.Integer(data.dof_link + first + i);
            Spatial<TLane> axis = Spatial<TLane>.Load(rows, data.cdof + (6 * (first + i)));
            Spatial<TLane> force = Spatial<TLane>.MulInertia(rows, data.crb + (10 * link), axis);
            TLane self = rows.Constant(model.dof_armature + first + i) + Spatial<TLane>.Dot(axis, force);
            rows.Store(block + (i * count) + i, self);
            int dof = first + i;
            while ((dof = rows.Integer(model.dof_parentid + dof)) >= 0)
            {
                Spatial<TLane> above = Spatial<TLane>.Load(rows, data.cdof + (6 * dof));
                rows.Store(block + (i * count) + dof - first, Spatial<TLane>.Dot(above, force));
            }
        }
    }
}

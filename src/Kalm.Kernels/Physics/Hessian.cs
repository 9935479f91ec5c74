using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// The Newton direction: H = M + J' W J with the curvature W of each block's cost, factored as L D L' by blocks of
/// kinematic trees (MakeHessian, FactorizeHessian, HessianCone in engine_solver.c). Blocks of trees that no live
/// constraint couples are never touched.
/// </summary>
internal static class Hessian
{
    /// <summary>Writes search = - H \ grad, with H from qM and the live blocks.</summary>
    public static void Direction<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Couple<TLane, TRows>(rows, model, data);
        Clear<TLane, TRows>(rows, model, data);
        HessianSum<TLane> sum = new(data.H, model.nv);
        Blocks.Visit<TLane, TRows, HessianSum<TLane>>(rows, data, ref sum);
        Factor<TLane, TRows>(rows, model, data);
        Solve<TLane, TRows>(rows, model, data);
    }

    /// <summary>
    /// Marks the blocks of H that are not zero: trees a live block touches, pairs it couples, fill-in.
    /// </summary>
    private static void Couple<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int trees = model.ntree;
        int live = rows.Uniform(data.live_end + EfcKind.Count - 1);
        for (int i = 0; i < trees * trees; i++) rows.Store(data.coupled + i, TLane.Const(0));
        for (int i = 0; i < live; i++)
        {
            int table = rows.Uniform(rows.Uniform(data.live + i) + EfcBlock.Group);
            int tree1 = rows.Integer(table + GroupTable.Tree1);
            int tree2 = rows.Integer(table + GroupTable.Tree2);
            Mark<TLane, TRows>(rows, model, data, tree1, tree1);
            if (tree2 < 0) continue;
            Mark<TLane, TRows>(rows, model, data, tree2, tree1);
            Mark<TLane, TRows>(rows, model, data, tree2, tree2);
        }

        // eliminating a tree couples all trees it is coupled to
        for (int j = 0; j < trees; j++)
        {
            for (int k = j + 1; k < trees; k++)
            {
                if (!Coupled<TLane, TRows>(rows, model, data, k, j)) continue;
                for (int i = k + 1; i < trees; i++)
                {
                    if (Coupled<TLane, TRows>(rows, model, data, i, j)) Mark<TLane, TRows>(rows, model, data, i, k);
                }
            }
        }
    }

    private static void Mark<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int i, int j)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => rows.Store(data.coupled + (i * model.ntree) + j, TLane.Const(1));

    private static bool Coupled<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int i, int j)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => rows.Uniform(data.coupled + (i * model.ntree) + j) == 1;

    /// <summary>Whether H has only M's constant diagonal in this tree.</summary>
    private static bool Untouched<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int tree)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        rows.Integer(data.tree_diagonal + tree) == 1 && !Coupled<TLane, TRows>(rows, model, data, tree, tree);

    /// <summary>M in the diagonal blocks, zero in the coupled ones.</summary>
    private static void Clear<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < model.ntree; i++)
        {
            if (Untouched<TLane, TRows>(rows, model, data, i)) continue;
            int first = rows.Integer(model.tree_dofadr + i);
            int count = rows.Integer(model.tree_dofnum + i);
            int matrix = data.qM + rows.Integer(data.tree_Madr + i);
            for (int r = 0; r < count; r++)
            {
                int row = data.H + ((first + r) * model.nv);
                for (int c = 0; c <= r; c++) rows.Store(row + first + c, rows.Load(matrix + (r * count) + c));
            }

            for (int j = 0; j < i; j++)
            {
                if (!Coupled<TLane, TRows>(rows, model, data, i, j)) continue;
                int column = rows.Integer(model.tree_dofadr + j);
                int end = column + rows.Integer(model.tree_dofnum + j);
                for (int r = 0; r < count; r++)
                {
                    int row = data.H + ((first + r) * model.nv);
                    for (int c = column; c < end; c++) rows.Store(row + c, TLane.Const(0));
                }
            }
        }
    }

    /// <summary>Adds J' W J of a block to the lower triangle of a matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddBlock<TLane, TRows, TRank, TWeight>(
        TRows rows, int block, in TWeight weight, int matrix, int pitch)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TWeight : struct, IEfcWeight<TLane, TRank>
    {
        int table = rows.Uniform(block + EfcBlock.Group);
        int dof1 = rows.Integer(table + GroupTable.Dof1);
        int count1 = rows.Integer(table + GroupTable.Count1);
        int dof2 = rows.Integer(table + GroupTable.Dof2);
        int count2 = rows.Integer(table + GroupTable.Count2);

        // the columns of each tree in its own rows, those of the first also in the rows of the second
        int jacobian2 = block + (TRank.Rows * count1);
        int diagonal1 = matrix + (dof1 * pitch) + dof1;
        int below = matrix + (dof2 * pitch) + dof1;
        int diagonal2 = matrix + (dof2 * pitch) + dof2;
        AddColumns<TLane, TRows, TRank, TWeight>(
            rows, weight, block, count1, diagonal1, pitch, jacobian2, count2, below);
        if (count2 == 0) return;
        AddColumns<TLane, TRows, TRank, TWeight>(rows, weight, jacobian2, count2, diagonal2, pitch, jacobian2, 0, 0);
    }

    /// <summary>
    /// Adds the columns of one tree, two at a time: below the diagonal of its own block, and in the block below it. A
    /// method of its own, for the compiler inlines only so much into one.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddColumns<TLane, TRows, TRank, TWeight>(
        TRows rows, in TWeight weight, int jacobian, int count, int diagonal, int pitch, int jacobian2, int count2,
        int below)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TWeight : struct, IEfcWeight<TLane, TRank>
    {
        int c = 0;
        for (; c + 1 < count; c += 2)
        {
            EfcVector<TLane, TRank> first = EfcVector<TLane, TRank>.Load(rows, jacobian, EfcBlock.J);
            EfcVector<TLane, TRank> second = EfcVector<TLane, TRank>.Load(rows, jacobian + TRank.Rows, EfcBlock.J);
            EfcVector<TLane, TRank> a = weight.Times(first);
            EfcVector<TLane, TRank> b = weight.Times(second);
            rows.Store(diagonal, EfcVector<TLane, TRank>.AddDot(first, a, rows.Load(diagonal)));
            Add(rows, diagonal + pitch, second, a, b);
            int element = diagonal + (2 * pitch);
            jacobian += 2 * TRank.Rows;
            int row = jacobian;
            for (int r = c + 2; r < count; r++)
            {
                Add(rows, element, EfcVector<TLane, TRank>.Load(rows, row, EfcBlock.J), a, b);
                element += pitch;
                row += TRank.Rows;
            }

            element = below + c;
            row = jacobian2;
            for (int r = 0; r < count2; r++)
            {
                Add(rows, element, EfcVector<TLane, TRank>.Load(rows, row, EfcBlock.J), a, b);
                element += pitch;
                row += TRank.Rows;
            }

            diagonal += (2 * pitch) + 2;
        }

        if (c == count) return;
        EfcVector<TLane, TRank> last = EfcVector<TLane, TRank>.Load(rows, jacobian, EfcBlock.J);
        EfcVector<TLane, TRank> weighted = weight.Times(last);
        rows.Store(diagonal, EfcVector<TLane, TRank>.AddDot(last, weighted, rows.Load(diagonal)));
        for (int r = 0; r < count2; r++)
        {
            EfcVector<TLane, TRank> j = EfcVector<TLane, TRank>.Load(
                rows, jacobian2 + (r * TRank.Rows), EfcBlock.J);
            int element = below + c + (r * pitch);
            rows.Store(element, EfcVector<TLane, TRank>.AddDot(j, weighted, rows.Load(element)));
        }
    }

    /// <summary>Two neighbors in a row of the matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLane, TRows, TRank>(
        TRows rows, int element, EfcVector<TLane, TRank> j, EfcVector<TLane, TRank> a, EfcVector<TLane, TRank> b)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
    {
        rows.Store(element, EfcVector<TLane, TRank>.AddDot(j, a, rows.Load(element)));
        rows.Store(element, 1, EfcVector<TLane, TRank>.AddDot(j, b, rows.Load(element, 1)));
    }

    private static void Factor<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int nv = model.nv;
        for (int j = 0; j < model.ntree; j++)
        {
            int first = rows.Integer(model.tree_dofadr + j);
            int count = rows.Integer(model.tree_dofnum + j);
            if (Untouched<TLane, TRows>(rows, model, data, j))
            {
                for (int dof = first; dof < first + count; dof++)
                    rows.Store(data.HDiagInv + dof, rows.Load(data.qLDiagInv + dof));
                continue;
            }

            BlockMatrix.Factor<TLane, TRows>(rows, data.H + (first * nv) + first, count, nv, data.HDiagInv + first);
            for (int i = j + 1; i < model.ntree; i++)
            {
                if (!Coupled<TLane, TRows>(rows, model, data, i, j)) continue;
                int rowDof = rows.Integer(model.tree_dofadr + i);
                int rowCount = rows.Integer(model.tree_dofnum + i);
                BlockMatrix.Divide<TLane, TRows>(
                    rows, data.H, nv, first, count, data.HDiagInv + first, rowDof, rowCount);
                for (int k = j + 1; k <= i; k++)
                {
                    if (!Coupled<TLane, TRows>(rows, model, data, k, j)) continue;
                    BlockMatrix.Eliminate<TLane, TRows>(
                        rows, data.H, nv, first, count, rowDof, rowCount, rows.Integer(model.tree_dofadr + k),
                        rows.Integer(model.tree_dofnum + k));
                }
            }
        }
    }

    private static void Solve<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int dof = 0; dof < model.nv; dof++) rows.Store(data.search + dof, -rows.Load(data.grad + dof));

        // forward through the trees, then the diagonal, then backward
        for (int j = 0; j < model.ntree; j++)
        {
            if (Untouched<TLane, TRows>(rows, model, data, j)) continue;
            int first = rows.Integer(model.tree_dofadr + j);
            int count = rows.Integer(model.tree_dofnum + j);
            BlockMatrix.Forward<TLane, TRows>(
                rows, data.H + (first * model.nv) + first, count, model.nv, data.search + first);
            for (int i = j + 1; i < model.ntree; i++)
            {
                if (!Coupled<TLane, TRows>(rows, model, data, i, j)) continue;
                int below = rows.Integer(model.tree_dofadr + i);
                BlockMatrix.MultiplySubtract<TLane, TRows>(
                    rows, data.H + (below * model.nv) + first, model.nv, rows.Integer(model.tree_dofnum + i), count,
                    data.search + below, data.search + first);
            }
        }

        for (int dof = 0; dof < model.nv; dof++)
            rows.Store(data.search + dof, rows.Load(data.search + dof) * rows.Load(data.HDiagInv + dof));

        for (int j = model.ntree - 1; j >= 0; j--)
        {
            if (Untouched<TLane, TRows>(rows, model, data, j)) continue;
            int first = rows.Integer(model.tree_dofadr + j);
            int count = rows.Integer(model.tree_dofnum + j);
            for (int i = j + 1; i < model.ntree; i++)
            {
                if (!Coupled<TLane, TRows>(rows, model, data, i, j)) continue;
                int below = rows.Integer(model.tree_dofadr + i);
                BlockMatrix.TransposeMultiplySubtract<TLane, TRows>(
                    rows, data.H + (below * model.nv) + first, model.nv, rows.Integer(model.tree_dofnum + i), count,
                    data.search + first, data.search + below);
            }

            BlockMatrix.Backward<TLane, TRows>(
                rows, data.H + (first * model.nv) + first, count, model.nv, data.search + first);
        }
    }
}

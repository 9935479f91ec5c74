using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Constrained accelerations: primal Newton on the convex cost 1/2 (a - a0)' M (a - a0) + s(J a - aref) with exact line
/// search (mj_fwdConstraint, mj_solNewton in engine_forward.c, engine_solver.c).
/// </summary>
/// <remarks>
/// Every world iterates until it is done by MuJoCo's criteria; a bundle goes on with the worlds that are not, and
/// leaves out the constraint blocks and trees none of them needs. The Hessian is assembled anew in each iteration
/// instead of updated by rank one. unsupported: elliptic cones, PGS, CG, noslip.
/// </remarks>
public static class Solver
{
    /// <summary>Writes qacc qacc_warmstart qfrc_constraint solver_niter.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(data.solver_niter, TLane.Const(0));
        if (rows.Uniform(data.efc_count) == 0)
        {
            Unconstrained<TLane, TRows>(rows, model, data);
            return;
        }

        TLane constrained = rows.Load(data.nefc) > TLane.Const(0);
        Start<TLane, TRows>(rows, model, data);
        Newton<TLane, TRows>(rows, model, data, constrained);
        Finish<TLane, TRows>(rows, model, data, constrained);
    }

    private static void Unconstrained<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane smooth = rows.Load(data.qacc_smooth + dof) + TLane.Const(0);
            rows.Store(data.qacc + dof, smooth);
            rows.Store(data.qacc_warmstart + dof, smooth);
            rows.Store(data.qfrc_constraint + dof, TLane.Const(0));
        }
    }

    private static void Newton<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, TLane unfinished)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane scale = TLane.Const(1) / (rows.Constant(model.meaninertia) * TLane.Const(Math.Max(1, model.nv)));
        TLane tolerance = rows.Constant(model.tolerance);
        int live = Live<TLane, TRows>(rows, data, unfinished);
        TLane cost = Update<TLane, TRows>(rows, model, data, live, out _, out _);
        Hessian.Direction<TLane, TRows>(rows, model, data, live);
        for (int iteration = 0; iteration < model.iterations; iteration++)
        {
            // no improvement: done
            TLane alpha = LineSearch.Run<TLane, TRows>(rows, model, data, live, unfinished);
            unfinished &= ~TLane.Same(alpha, TLane.Const(0));
            if (!TLane.Any(unfinished)) return;

            Move<TLane, TRows>(rows, model, data, live, unfinished, alpha);
            TLane before = cost;
            cost = Update<TLane, TRows>(rows, model, data, live, out TLane gradient, out TLane force);
            TLane done = rows.Load(data.solver_niter);
            rows.Store(data.solver_niter, TLane.Select(unfinished, done + TLane.Const(1), done));

            // a NaN ends the search; in float so does a gradient that is lost in the rounding of its terms
            unfinished &= (scale * (before - cost) >= tolerance) & (scale * gradient >= tolerance);
            if (TLane.ScalarSize == sizeof(float)) unfinished &= gradient > TLane.Const(4e-6) * force;
            if (!TLane.Any(unfinished)) return;

            live = Live<TLane, TRows>(rows, data, unfinished);
            Hessian.Direction<TLane, TRows>(rows, model, data, live);
        }
    }

    /// <summary>Lists the blocks that constrain an unfinished world.</summary>
    /// <returns>Their number.</returns>
    private static int Live<TLane, TRows>(TRows rows, in DataRows data, TLane unfinished)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int count = 0;
        int blocks = rows.Uniform(data.efc_count);
        for (int i = 0; i < blocks; i++)
        {
            int block = Constraint.Block(data, i);
            if (!TLane.Any(unfinished & (rows.Load(block + EfcBlock.D) > TLane.Const(0)))) continue;
            rows.Store(data.live + count, TLane.Const(i));
            count++;
        }

        return count;
    }

    /// <summary>Starts from the better of qacc_warmstart and qacc_smooth; writes qacc Ma and all Jar (warmstart).</summary>
    private static void Start<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // constraint cost of both; Jar of the smooth start waits in Jv
        TLane warmCost = TLane.Const(0);
        TLane smoothCost = TLane.Const(0);
        int blocks = rows.Uniform(data.efc_count);
        for (int i = 0; i < blocks; i++)
        {
            int block = Constraint.Block(data, i);
            int group = rows.Uniform(block + EfcBlock.Group);
            Constraint.JacobianTimes<TLane, TRows>(rows, model, data, block, group, data.qacc_warmstart, block + EfcBlock.Jar);
            Constraint.JacobianTimes<TLane, TRows>(rows, model, data, block, group, data.qacc_smooth, block + EfcBlock.Jv);
            warmCost += Residual<TLane, TRows>(rows, block, block + EfcBlock.Jar);
            smoothCost += Residual<TLane, TRows>(rows, block, block + EfcBlock.Jv);
        }

        // the warm start's distance from the smooth acceleration
        Inertia.Multiply<TLane, TRows>(rows, model, data, data.Ma, data.qacc_warmstart);
        TLane gauss = TLane.Const(0);
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane force = rows.Load(data.Ma + dof) - rows.Load(data.qfrc_smooth + dof);
            gauss = TLane.MulAdd(force, rows.Load(data.qacc_warmstart + dof) - rows.Load(data.qacc_smooth + dof), gauss);
        }

        TLane smooth = TLane.MulAdd(TLane.Const(0.5), gauss, warmCost) > smoothCost;
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane start = TLane.Select(smooth, rows.Load(data.qacc_smooth + dof), rows.Load(data.qacc_warmstart + dof));
            rows.Store(data.qacc + dof, start);
        }

        for (int i = 0; i < blocks; i++)
        {
            int block = Constraint.Block(data, i);
            for (int k = 0; k < 3; k++)
            {
                TLane start = TLane.Select(smooth, rows.Load(block + EfcBlock.Jv + k), rows.Load(block + EfcBlock.Jar + k));
                rows.Store(block + EfcBlock.Jar + k, start);
            }
        }

        Inertia.Multiply<TLane, TRows>(rows, model, data, data.Ma, data.qacc);
    }

    /// <summary>Subtracts aref from three rows and returns the cost of the block there.</summary>
    private static TLane Residual<TLane, TRows>(TRows rows, int block, int jar)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int k = 0; k < 3; k++) rows.Store(jar + k, rows.Load(jar + k) - rows.Load(block + EfcBlock.Aref + k));
        Edges<TLane> violation = Edges<TLane>.Load(rows, jar).Violation();
        return TLane.Const(0.5) * rows.Load(block + EfcBlock.D) * Edges<TLane>.Dot(violation, violation);
    }

    /// <summary>Steps by alpha along the search direction in the unfinished worlds; writes qacc Ma and live Jar.</summary>
    private static void Move<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int live, TLane unfinished, TLane alpha)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int dof = 0; dof < model.nv; dof++)
        {
            Step<TLane, TRows>(rows, data.qacc + dof, data.search + dof, unfinished, alpha);
            Step<TLane, TRows>(rows, data.Ma + dof, data.Mv + dof, unfinished, alpha);
        }

        for (int i = 0; i < live; i++)
        {
            int block = Constraint.Block(data, rows.Uniform(data.live + i));
            for (int k = 0; k < 3; k++)
                Step<TLane, TRows>(rows, block + EfcBlock.Jar + k, block + EfcBlock.Jv + k, unfinished, alpha);
        }
    }

    private static void Step<TLane, TRows>(TRows rows, int value, int direction, TLane unfinished, TLane alpha)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane old = rows.Load(value);
        rows.Store(value, TLane.Select(unfinished, TLane.MulAdd(alpha, rows.Load(direction), old), old));
    }

    /// <summary>
    /// Writes grad = Ma - qfrc_smooth - J' force from Ma, qacc and live Jar (mj_constraintUpdate, CGupdateGradient).
    /// </summary>
    /// <returns>The cost.</returns>
    private static TLane Update<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int live, out TLane gradientLength, out TLane forceLength)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane gauss = TLane.Const(0);
        TLane forceSquare = gauss;
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane force = rows.Load(data.Ma + dof) - rows.Load(data.qfrc_smooth + dof);
            gauss = TLane.MulAdd(force, rows.Load(data.qacc + dof) - rows.Load(data.qacc_smooth + dof), gauss);
            forceSquare = TLane.MulAdd(force, force, forceSquare);
            rows.Store(data.grad + dof, force);
        }

        TLane cost = TLane.Const(0);
        for (int i = 0; i < live; i++)
        {
            int block = Constraint.Block(data, rows.Uniform(data.live + i));
            cost += Force<TLane, TRows>(rows, model, data, block, data.grad);
        }

        TLane square = TLane.Const(0);
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane gradient = rows.Load(data.grad + dof);
            square = TLane.MulAdd(gradient, gradient, square);
        }

        gradientLength = TLane.Sqrt(square);
        forceLength = TLane.Sqrt(forceSquare);
        return TLane.Const(0.5) * (gauss + cost);
    }

    /// <summary>Subtracts J' force of a block from the rows of <paramref name="x"/>.</summary>
    /// <returns>Twice the cost of the block.</returns>
    private static TLane Force<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int block, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // edge forces are - D violation; minus their sum along normal and tangents
        Edges<TLane> violation = Edges<TLane>.Load(rows, block + EfcBlock.Jar).Violation();
        TLane d = rows.Load(block + EfcBlock.D);
        TLane normal = d * ((violation.A + violation.B) + (violation.C + violation.D));
        TLane tangent1 = d * (violation.A - violation.B);
        TLane tangent2 = d * (violation.C - violation.D);
        int group = rows.Uniform(block + EfcBlock.Group);
        int column = block + EfcBlock.J;
        for (int side = 0; side < 2; side++)
        {
            int tree = rows.Integer(data.group_tree + (2 * group) + side);
            if (tree < 0) break;
            int first = rows.Integer(model.tree_dofadr + tree);
            int end = first + rows.Integer(model.tree_dofnum + tree);
            for (int dof = first; dof < end; dof++)
            {
                TLane sum = TLane.MulAdd(rows.Load(column), normal, rows.Load(x + dof));
                sum = TLane.MulAdd(rows.Load(column + 1), tangent1, sum);
                rows.Store(x + dof, TLane.MulAdd(rows.Load(column + 2), tangent2, sum));
                column += 3;
            }
        }

        return d * Edges<TLane>.Dot(violation, violation);
    }

    private static void Finish<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, TLane constrained)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // minus the constraint force of all blocks
        for (int dof = 0; dof < model.nv; dof++) rows.Store(data.qfrc_constraint + dof, TLane.Const(0));
        int blocks = rows.Uniform(data.efc_count);
        for (int i = 0; i < blocks; i++) Force<TLane, TRows>(rows, model, data, Constraint.Block(data, i), data.qfrc_constraint);

        // a sum with +0 has one sign of zero, whichever blocks other worlds brought in
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane qacc = TLane.Select(constrained, rows.Load(data.qacc + dof), rows.Load(data.qacc_smooth + dof));
            qacc += TLane.Const(0);
            rows.Store(data.qacc + dof, qacc);
            rows.Store(data.qacc_warmstart + dof, qacc);
            rows.Store(data.qfrc_constraint + dof, TLane.Const(0) - rows.Load(data.qfrc_constraint + dof));
        }
    }
}

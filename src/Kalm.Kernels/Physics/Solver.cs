using System.Runtime.CompilerServices;
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
        Evaluate<TLane, TRows>(rows, model, data, live, out TLane cost);
        Hessian.Direction<TLane, TRows>(rows, model, data, live);
        for (int iteration = 0; iteration < model.iterations; iteration++)
        {
            // no improvement: done
            TLane alpha = LineSearch.Run<TLane, TRows>(rows, model, data, live, unfinished, cost);
            unfinished &= ~TLane.Same(alpha, TLane.Const(0));
            if (!TLane.Any(unfinished)) return;

            // other worlds stay where they are
            alpha = TLane.Select(unfinished, alpha, TLane.Const(0));
            TLane before = cost;
            TLane force = Move<TLane, TRows>(rows, model, data, unfinished, alpha);
            TLane gradient = Update<TLane, TRows>(rows, model, data, live, unfinished, alpha, ref cost);
            TLane done = rows.Load(data.solver_niter);
            rows.Store(data.solver_niter, TLane.Select(unfinished, done + TLane.Const(1), done));

            // a NaN ends the search; in float so does a gradient that is lost in the rounding of its terms
            unfinished &= (scale * (before - cost) >= tolerance) & (scale * gradient >= tolerance);
            if (TLane.ScalarSize == sizeof(float)) unfinished &= gradient > TLane.Const(1e-6) * force;
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
        int end = Constraint.Block(data, rows.Uniform(data.efc_count));
        for (int block = data.efc; block < end; block += data.efc_stride)
        {
            if (!TLane.Any(unfinished & (rows.Load(block, EfcBlock.D) > TLane.Const(0)))) continue;
            rows.Store(data.live + count, TLane.Const(block));
            count++;
        }

        return count;
    }

    /// <summary>
    /// Starts from the better of qacc_warmstart and qacc_smooth; writes qacc Ma and all Jar (warmstart).
    /// </summary>
    private static void Start<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // constraint cost of both; the residual of the smooth start waits in Jv
        TLane warmCost = TLane.Const(0);
        TLane smoothCost = TLane.Const(0);
        int end = Constraint.Block(data, rows.Uniform(data.efc_count));
        for (int block = data.efc; block < end; block += data.efc_stride)
        {
            Vec3<TLane> aref = Vec3<TLane>.Load(rows, block, EfcBlock.Aref);
            Vec3<TLane> warm = Constraint.JacobianTimes<TLane, TRows>(rows, block, data.qacc_warmstart) - aref;
            Vec3<TLane> rest = Constraint.JacobianTimes<TLane, TRows>(rows, block, data.qacc_smooth) - aref;
            warm.Store(rows, block, EfcBlock.Jar);
            rest.Store(rows, block, EfcBlock.Jv);
            Edges<TLane> warmEdges = Edges<TLane>.Of(warm).Violation();
            Edges<TLane> restEdges = Edges<TLane>.Of(rest).Violation();
            TLane d = rows.Load(block, EfcBlock.D);
            warmCost = TLane.MulAdd(d, Edges<TLane>.Dot(warmEdges, warmEdges), warmCost);
            smoothCost = TLane.MulAdd(d, Edges<TLane>.Dot(restEdges, restEdges), smoothCost);
        }

        // the warm start's distance from the smooth acceleration
        Inertia.Multiply<TLane, TRows>(rows, model, data, data.Ma, data.qacc_warmstart);
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane force = rows.Load(data.Ma + dof) - rows.Load(data.qfrc_smooth + dof);
            TLane distance = rows.Load(data.qacc_warmstart + dof) - rows.Load(data.qacc_smooth + dof);
            warmCost = TLane.MulAdd(force, distance, warmCost);
        }

        TLane smooth = warmCost > smoothCost;
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane start = TLane.Select(smooth, rows.Load(data.qacc_smooth + dof), rows.Load(data.qacc_warmstart + dof));
            rows.Store(data.qacc + dof, start);
        }

        for (int block = data.efc; block < end; block += data.efc_stride)
        {
            Vec3<TLane> warm = Vec3<TLane>.Load(rows, block, EfcBlock.Jar);
            Vec3<TLane>.Select(
                smooth, Vec3<TLane>.Load(rows, block, EfcBlock.Jv), warm).Store(rows, block, EfcBlock.Jar);
        }

        Inertia.Multiply<TLane, TRows>(rows, model, data, data.Ma, data.qacc);
    }

    /// <summary>Cost and gradient at the start.</summary>
    private static void Evaluate<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int live, out TLane cost)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane nowhere = TLane.Const(0);
        cost = nowhere;
        for (int dof = 0; dof < model.nv; dof++) rows.Store(data.search + dof, nowhere);
        for (int dof = 0; dof < model.nv; dof++) rows.Store(data.Mv + dof, nowhere);
        for (int i = 0; i < live; i++)
            new Vec3<TLane>(nowhere, nowhere, nowhere).Store(rows, rows.Uniform(data.live + i), EfcBlock.Jv);
        TLane everywhere = TLane.Same(nowhere, nowhere);
        Move<TLane, TRows>(rows, model, data, everywhere, nowhere);
        Update<TLane, TRows>(rows, model, data, live, everywhere, nowhere, ref cost);
    }

    /// <summary>Steps by alpha along the search direction; writes qacc, Ma and grad without constraints.</summary>
    /// <returns>Length of that gradient: of the constraint force at the optimum.</returns>
    private static TLane Move<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, TLane unfinished, TLane alpha)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane square = TLane.Const(0);
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane qacc = rows.Load(data.qacc + dof);
            TLane ma = rows.Load(data.Ma + dof);
            qacc = TLane.Select(unfinished, TLane.MulAdd(alpha, rows.Load(data.search + dof), qacc), qacc);
            ma = TLane.Select(unfinished, TLane.MulAdd(alpha, rows.Load(data.Mv + dof), ma), ma);
            TLane force = ma - rows.Load(data.qfrc_smooth + dof);
            rows.Store(data.qacc + dof, qacc);
            rows.Store(data.Ma + dof, ma);
            rows.Store(data.grad + dof, force);
            square = TLane.MulAdd(force, force, square);
        }

        return TLane.Sqrt(square);
    }

    /// <summary>
    /// Steps live Jar by alpha and subtracts the constraint force from grad (mj_constraintUpdate, CGupdateGradient).
    /// </summary>
    /// <returns>Length of the gradient; <paramref name="cost"/> changes where unfinished.</returns>
    private static TLane Update<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int live, TLane unfinished, TLane alpha, ref TLane cost)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane sum = TLane.Const(0);
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane distance = rows.Load(data.qacc + dof) - rows.Load(data.qacc_smooth + dof);
            sum = TLane.MulAdd(rows.Load(data.grad + dof), distance, sum);
        }

        for (int i = 0; i < live; i++)
        {
            int block = rows.Uniform(data.live + i);
            Vec3<TLane> jar = Vec3<TLane>.Load(rows, block, EfcBlock.Jar);
            Vec3<TLane> moved = Vec3<TLane>.MulAdd(alpha, Vec3<TLane>.Load(rows, block, EfcBlock.Jv), jar);
            jar = Vec3<TLane>.Select(unfinished, moved, jar);
            jar.Store(rows, block, EfcBlock.Jar);
            sum += Force<TLane, TRows>(rows, block, jar, data.grad);
        }

        TLane square = TLane.Const(0);
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane gradient = rows.Load(data.grad + dof);
            square = TLane.MulAdd(gradient, gradient, square);
        }

        cost = TLane.Select(unfinished, TLane.Const(0.5) * sum, cost);
        return TLane.Sqrt(square);
    }

    /// <summary>Subtracts J' force of a block from the rows of <paramref name="x"/>.</summary>
    /// <returns>Twice the cost of the block.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Force<TLane, TRows>(TRows rows, int block, Vec3<TLane> jar, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // edge forces are - D violation; minus their sum along normal and tangents
        Edges<TLane> violation = Edges<TLane>.Of(jar).Violation();
        TLane d = rows.Load(block, EfcBlock.D);
        TLane tangent1 = d * (violation.A - violation.B);
        TLane tangent2 = d * (violation.C - violation.D);
        Vec3<TLane> force = new(d * ((violation.A + violation.B) + (violation.C + violation.D)), tangent1, tangent2);
        int table = rows.Uniform(block + EfcBlock.Group);
        int count1 = rows.Integer(table + GroupTable.Count1);
        AddTransposed<TLane, TRows>(rows, block, force, x + rows.Integer(table + GroupTable.Dof1), count1);
        AddTransposed<TLane, TRows>(
            rows, block + (3 * count1), force, x + rows.Integer(
                table + GroupTable.Dof2), rows.Integer(table + GroupTable.Count2));
        return d * Edges<TLane>.Dot(violation, violation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTransposed<TLane, TRows>(TRows rows, int column, Vec3<TLane> force, int first, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int row = first; row < first + count; row++)
        {
            TLane sum = TLane.MulAdd(rows.Load(column, EfcBlock.J), force.X, rows.Load(row));
            sum = TLane.MulAdd(rows.Load(column, EfcBlock.J + 1), force.Y, sum);
            rows.Store(row, TLane.MulAdd(rows.Load(column, EfcBlock.J + 2), force.Z, sum));
            column += 3;
        }
    }

    private static void Finish<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, TLane constrained)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // minus the constraint force of all blocks
        for (int dof = 0; dof < model.nv; dof++) rows.Store(data.qfrc_constraint + dof, TLane.Const(0));
        int end = Constraint.Block(data, rows.Uniform(data.efc_count));
        for (int block = data.efc; block < end; block += data.efc_stride)
            Force<TLane, TRows>(rows, block, Vec3<TLane>.Load(rows, block, EfcBlock.Jar), data.qfrc_constraint);

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

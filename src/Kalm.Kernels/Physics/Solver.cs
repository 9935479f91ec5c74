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
/// instead of updated by rank one. unsupported: PGS, CG, noslip.
/// </remarks>
public static class Solver
{
    // squares of what is left of a float after a sum whose terms cancel, and of what is surely more than that
    private const double Noise = 1e-12;
    private const double Signal = 1e-9;

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
        Blocks.List<TLane, TRows>(rows, data, constrained);
        TLane smooth = Start<TLane, TRows>(rows, model, data);
        Newton<TLane, TRows>(rows, model, data, constrained, smooth);
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

    private static void Newton<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, TLane unfinished, TLane smooth)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane scale = TLane.Const(1) / (rows.Constant(model.meaninertia) * TLane.Const(Math.Max(1, model.nv)));
        TLane tolerance = rows.Constant(model.tolerance);
        TLane cost = TLane.Const(0);
        Gradient(rows, model, data, unfinished, new(smooth, default, true, data.grad), ref cost, out _);
        Hessian.Direction<TLane, TRows>(rows, model, data);
        for (int iteration = 0; iteration < model.iterations; iteration++)
        {
            // no improvement: done
            TLane alpha = LineSearch.Run<TLane, TRows>(
                rows, model, data, unfinished, cost, out TLane slope);
            unfinished &= ~TLane.Same(alpha, TLane.Const(0));
            if (!TLane.Any(unfinished)) return;

            // other worlds stay where they are
            TLane before = cost;
            Move<TLane, TRows>(rows, model, data, unfinished, alpha);
            TLane gradient = Gradient(
                rows, model, data, unfinished, new(unfinished, alpha, false, data.grad), ref cost,
                out TLane worth);
            TLane done = rows.Load(data.solver_niter);
            rows.Store(data.solver_niter, TLane.Select(unfinished, done + TLane.Const(1), done));

            // a NaN ends the search
            TLane going = scale * (before - cost) >= tolerance;
            if (TLane.ScalarSize == sizeof(float)) going = Worthwhile(going, worth, scale * alpha * slope, tolerance);
            unfinished &= going & (scale * gradient >= tolerance);
            if (!TLane.Any(unfinished)) return;

            Blocks.List<TLane, TRows>(rows, data, unfinished);
            Hessian.Direction<TLane, TRows>(rows, model, data);
        }
    }

    /// <summary>
    /// Whether to go on in float, where the difference of two costs may be lost in their size while the gradient is
    /// not: half of the decrease that the slope promised decides.
    /// </summary>
    private static TLane Worthwhile<TLane>(TLane improves, TLane worth, TLane promised, TLane tolerance)
        where TLane : unmanaged, ILane<TLane> =>
        (improves | (worth > TLane.Const(Signal))) & (worth > TLane.Const(Noise))
            & (TLane.Const(-0.5) * promised >= tolerance);

    /// <summary>
    /// Starts from the better of qacc_warmstart and qacc_smooth; writes qacc Ma, and the residuals of both (warmstart).
    /// </summary>
    /// <returns>Mask of the worlds that start from qacc_smooth.</returns>
    private static TLane Start<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        StartCost<TLane> start = new(data.qacc_warmstart, data.qacc_smooth);
        Blocks.Visit<TLane, TRows, StartCost<TLane>>(rows, data, ref start);

        // the warm start's distance from the smooth acceleration
        Inertia.Multiply<TLane, TRows>(rows, model, data, data.Ma, data.qacc_warmstart);
        TLane warmCost = start.Warm;
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane force = rows.Load(data.Ma + dof) - rows.Load(data.qfrc_smooth + dof);
            TLane distance = rows.Load(data.qacc_warmstart + dof) - rows.Load(data.qacc_smooth + dof);
            warmCost = TLane.MulAdd(force, distance, warmCost);
        }

        TLane smooth = warmCost > start.Smooth;
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane qacc = TLane.Select(smooth, rows.Load(data.qacc_smooth + dof), rows.Load(data.qacc_warmstart + dof));
            rows.Store(data.qacc + dof, qacc);
        }

        if (TLane.Any(smooth)) Inertia.Multiply<TLane, TRows>(rows, model, data, data.Ma, data.qacc);
        return smooth;
    }

    /// <summary>Steps by alpha along the search direction; writes qacc and Ma.</summary>
    private static void Move<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, TLane unfinished, TLane alpha)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane qacc = rows.Load(data.qacc + dof);
            TLane ma = rows.Load(data.Ma + dof);
            qacc = TLane.Select(unfinished, TLane.MulAdd(alpha, rows.Load(data.search + dof), qacc), qacc);
            ma = TLane.Select(unfinished, TLane.MulAdd(alpha, rows.Load(data.Mv + dof), ma), ma);
            rows.Store(data.qacc + dof, qacc);
            rows.Store(data.Ma + dof, ma);
        }
    }

    /// <summary>
    /// Moves live residuals; writes grad, and qfrc_constraint where unfinished (mj_constraintUpdate,
    /// CGupdateGradient).
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="model">Addresses of the model.</param>
    /// <param name="data">Addresses of the rows.</param>
    /// <param name="unfinished">Worlds whose cost and constraint force are written.</param>
    /// <param name="sum">How residuals move.</param>
    /// <param name="cost">The cost.</param>
    /// <param name="worth">In float, what the gradient is worth over what its terms are worth.</param>
    /// <returns>Length of the gradient.</returns>
    private static TLane Gradient<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, TLane unfinished, ForceSum<TLane> sum,
        ref TLane cost, out TLane worth)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int dof = 0; dof < model.nv; dof++) rows.Store(data.grad + dof, TLane.Const(0));
        Blocks.Visit<TLane, TRows, ForceSum<TLane>>(rows, data, ref sum);

        // M qacc - qfrc_smooth plus the gradient of the constraints' cost, which is minus their force
        TLane square = TLane.Const(0);
        TLane gauss = square;
        TLane decrement = square;
        TLane noise = square;
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane ma = rows.Load(data.Ma + dof);
            TLane smooth = rows.Load(data.qfrc_smooth + dof);
            TLane inertial = ma - smooth;
            TLane constraint = rows.Load(data.grad + dof);
            TLane gradient = inertial + constraint;
            TLane distance = rows.Load(data.qacc + dof) - rows.Load(data.qacc_smooth + dof);
            gauss = TLane.MulAdd(inertial, distance, gauss);
            square = TLane.MulAdd(gradient, gradient, square);
            if (TLane.ScalarSize == sizeof(float))
            {
                // what it is worth in the last factored Hessian, against what its rounding is worth
                TLane weight = rows.Load(data.HDiagInv + dof);
                TLane terms = TLane.Abs(ma) + TLane.Abs(smooth) + TLane.Abs(constraint);
                decrement = TLane.MulAdd(weight * gradient, gradient, decrement);
                noise = TLane.MulAdd(weight * terms, terms, noise);
            }

            rows.Store(data.grad + dof, gradient);
            TLane old = rows.Load(data.qfrc_constraint + dof);
            rows.Store(data.qfrc_constraint + dof, TLane.Select(unfinished, TLane.Const(0) - constraint, old));
        }

        cost = TLane.Select(unfinished, TLane.Const(0.5) * (gauss + sum.Cost), cost);
        worth = decrement / noise;
        return TLane.Sqrt(square);
    }

    private static void Finish<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, TLane constrained)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // a sum with +0 has one sign of zero, whichever blocks other worlds brought in
        TLane zero = TLane.Const(0);
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane qacc = TLane.Select(constrained, rows.Load(data.qacc + dof), rows.Load(data.qacc_smooth + dof));
            TLane force = TLane.Select(constrained, rows.Load(data.qfrc_constraint + dof), zero);
            qacc += zero;
            rows.Store(data.qacc + dof, qacc);
            rows.Store(data.qacc_warmstart + dof, qacc);
            rows.Store(data.qfrc_constraint + dof, force + zero);
        }
    }
}

using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Exact line search: Newton steps on the derivative, then bracketing (CGsearch in engine_solver.c). The cost along
/// the line is convex: quadratic pieces, and in the middle zone of elliptic cones a smooth one.
/// </summary>
/// <remarks>
/// In float the derivative is a difference of large sums; the search ends where it is lost in their rounding or in that
/// of the step, besides MuJoCo's own criteria.
/// </remarks>
internal static class LineSearch
{
    private const double MinValue = 1e-15;

    /// <summary>Writes Mv and live Jv.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="model">Addresses of the model.</param>
    /// <param name="data">Addresses of the rows.</param>
    /// <param name="unfinished">Worlds whose step is wanted.</param>
    /// <param name="cost">Cost at the start.</param>
    /// <param name="slope">Its derivative along the search direction.</param>
    /// <returns>The step along the search direction, 0: no improvement.</returns>
    public static TLane Run<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, TLane unfinished, TLane cost, out TLane slope)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        LineCost<TLane> line = Inertial<TLane, TRows>(rows, model, data, out TLane length, out slope);
        TLane size = rows.Constant(model.meaninertia) * TLane.Const(Math.Max(1, model.nv));
        TLane tolerance = rows.Constant(model.tolerance) * rows.Constant(model.ls_tolerance) * length * size;
        if (TLane.ScalarSize == sizeof(float))
        {
            TLane terms = TLane.Abs(line.Slope) + TLane.Abs(slope - line.Slope);
            tolerance = TLane.Max(tolerance, TLane.Const(1e-6) * terms);
        }

        // a Newton step on the line from 0 lands at 1: H search = - grad
        LinePoint<TLane> start = new(TLane.Const(0), cost, slope, TLane.Max(-slope, TLane.Const(MinValue)));
        LinePoint<TLane> near = First<TLane, TRows>(rows, data, line);
        near = LinePoint<TLane>.Select(start.Cost < near.Cost, start, near);
        TLane alpha = TLane.Select(length < TLane.Const(MinValue), TLane.Const(0), near.Alpha);
        TLane open = unfinished & ~near.Flat(tolerance) & (length >= TLane.Const(MinValue));
        return TLane.Any(open)
            ? OneSided<TLane, TRows>(rows, model, data, line, start, near, tolerance, open, alpha)
            : alpha;
    }

    /// <summary>Writes Mv; the inertial part of the cost along the line, the line's length and slope.</summary>
    private static LineCost<TLane> Inertial<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, out TLane length, out TLane slope)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Inertia.Multiply<TLane, TRows>(rows, model, data, data.Mv, data.search);
        TLane square = TLane.Const(0);
        TLane inertial = square;
        TLane curvature = square;
        TLane gauss = square;
        slope = square;
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane v = rows.Load(data.search + dof);
            TLane force = rows.Load(data.Ma + dof) - rows.Load(data.qfrc_smooth + dof);
            square = TLane.MulAdd(v, v, square);
            inertial = TLane.MulAdd(v, force, inertial);
            curvature = TLane.MulAdd(v, rows.Load(data.Mv + dof), curvature);
            gauss = TLane.MulAdd(force, rows.Load(data.qacc + dof) - rows.Load(data.qacc_smooth + dof), gauss);
            slope = TLane.MulAdd(v, rows.Load(data.grad + dof), slope);
        }

        length = TLane.Sqrt(square);
        return new(TLane.Const(0.5) * gauss, inertial, curvature);
    }

    /// <summary>Writes live Jv; the cost at step 1.</summary>
    private static LinePoint<TLane> First<TLane, TRows>(TRows rows, in DataRows data, LineCost<TLane> line)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        LineStart<TLane> start = new(data.search);
        Blocks.Visit<TLane, TRows, LineStart<TLane>>(rows, data, ref start);
        return line.Point(TLane.Const(1), start.Sum);
    }

    /// <summary>Newton steps while the derivative keeps its sign.</summary>
    private static TLane OneSided<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, LineCost<TLane> line, LinePoint<TLane> start,
        LinePoint<TLane> near, TLane tolerance, TLane open, TLane alpha)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane direction = TLane.Select(near.Slope < TLane.Const(0), TLane.Const(1), TLane.Const(-1));
        TLane maximum = TLane.Const(model.ls_iterations);
        TLane count = TLane.Const(2);
        TLane bracketed = TLane.Const(0);
        LinePoint<TLane> far = near;
        for (int i = 2; i < model.ls_iterations; i++)
        {
            TLane going = open & (near.Slope * direction <= -tolerance) & (count < maximum);
            if (!TLane.Any(going)) break;
            far = LinePoint<TLane>.Select(going, near, far);
            bracketed |= going;
            near = LinePoint<TLane>.Select(going, line.At(rows, data, near.Newton()), near);
            count = TLane.Select(going, count + TLane.Const(1), count);
            TLane found = going & near.Flat(tolerance);
            alpha = TLane.Select(found, near.Alpha, alpha);
            open &= ~found;
        }

        // out of iterations, or nothing on the other side
        TLane failed = open & ((count >= maximum) | ~bracketed);
        alpha = TLane.Select(failed, near.Alpha, alpha);
        open &= ~failed;
        return TLane.Any(open)
            ? Bracketed<TLane, TRows>(rows, model, data, line, start, near, far, tolerance, open, count, alpha)
            : alpha;
    }

    /// <summary>The minimum lies between two points: narrow them by Newton steps of both and their midpoint.</summary>
    private static TLane Bracketed<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, LineCost<TLane> line, LinePoint<TLane> start,
        LinePoint<TLane> near, LinePoint<TLane> far, TLane tolerance, TLane open, TLane count, TLane alpha)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane one = TLane.Const(1);
        TLane maximum = TLane.Const(model.ls_iterations);
        LinePoint<TLane> farNext = near;
        LinePoint<TLane> nearNext = line.At(rows, data, near.Newton());
        count += one;
        for (int i = 0; i < model.ls_iterations; i++)
        {
            TLane going = open & (count < maximum);
            if (!TLane.Any(going)) break;
            LinePoint<TLane> middle = line.At(rows, data, TLane.Const(0.5) * (near.Alpha + far.Alpha));
            count = TLane.Select(going, count + one, count);

            // the cheapest of the candidates whose derivative is small enough
            TLane found = TLane.Const(0);
            TLane best = TLane.Const(0);
            TLane bestAlpha = alpha;
            Consider(nearNext, tolerance, ref found, ref best, ref bestAlpha);
            Consider(farNext, tolerance, ref found, ref best, ref bestAlpha);
            Consider(middle, tolerance, ref found, ref best, ref bestAlpha);
            found &= going;
            alpha = TLane.Select(found, bestAlpha, alpha);
            open &= ~found;
            going &= ~found;
            if (!TLane.Any(going)) continue;

            TLane nearMoved = Narrow(ref near, nearNext, farNext, middle) & going;
            TLane farMoved = Narrow(ref far, nearNext, farNext, middle) & going;
            if (TLane.Any(nearMoved))
            {
                nearNext = LinePoint<TLane>.Select(nearMoved, line.At(rows, data, near.Newton()), nearNext);
                count = TLane.Select(nearMoved, count + one, count);
            }

            if (TLane.Any(farMoved))
            {
                farNext = LinePoint<TLane>.Select(farMoved, line.At(rows, data, far.Newton()), farNext);
                count = TLane.Select(farMoved, count + one, count);
            }

            // numerical accuracy reached: the midpoint
            TLane stuck = going & ~nearMoved & ~farMoved;
            alpha = TLane.Select(stuck, middle.Alpha, alpha);
            open &= ~stuck;
        }

        // out of iterations: the better end if it is an improvement
        TLane useNear = (near.Cost <= far.Cost) & (near.Cost < start.Cost);
        TLane useFar = (far.Cost <= near.Cost) & (far.Cost < start.Cost);
        TLane end = TLane.Select(useNear, near.Alpha, TLane.Select(useFar, far.Alpha, TLane.Const(0)));
        return TLane.Select(open, end, alpha);
    }

    private static void Consider<TLane>(
        LinePoint<TLane> candidate, TLane tolerance, ref TLane found, ref TLane best, ref TLane bestAlpha)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane better = candidate.Flat(tolerance) & (~found | (candidate.Cost < best));
        best = TLane.Select(better, candidate.Cost, best);
        bestAlpha = TLane.Select(better, candidate.Alpha, bestAlpha);
        found |= better;
    }

    /// <summary>Moves a bracket end to the candidates of the same sign closer to the minimum (updateBracket).</summary>
    private static TLane Narrow<TLane>(
        ref LinePoint<TLane> end, LinePoint<TLane> a, LinePoint<TLane> b, LinePoint<TLane> c)
        where TLane : unmanaged, ILane<TLane> => Closer(ref end, a) | Closer(ref end, b) | Closer(ref end, c);

    private static TLane Closer<TLane>(ref LinePoint<TLane> end, LinePoint<TLane> candidate)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane left = (end.Slope < zero) & (candidate.Slope < zero) & (end.Slope < candidate.Slope);
        TLane right = (end.Slope > zero) & (candidate.Slope > zero) & (end.Slope > candidate.Slope);
        TLane closer = left | right;
        end = LinePoint<TLane>.Select(closer, candidate, end);
        return closer;
    }
}

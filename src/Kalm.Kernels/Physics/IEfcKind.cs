using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>
/// The cost of a constraint block as a function of its residual J qacc - aref, convex (mj_constraintUpdate in
/// engine_core_constraint.c; CGeval, HessianCone in engine_solver.c).
/// </summary>
/// <typeparam name="TRank">Number of coordinates.</typeparam>
internal interface IEfcKind<TRank>
    where TRank : struct, IRank
{
    /// <summary>Gradient of the cost: minus the force.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="block">First row of the block.</param>
    /// <param name="at">The residual.</param>
    /// <param name="cost">Twice the cost.</param>
    static abstract EfcVector<TLane, TRank> Gradient<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, TRank> at, out TLane cost)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>;

    /// <summary>Adds cost and derivatives on a line.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="block">First row of the block.</param>
    /// <param name="at">The residual.</param>
    /// <param name="rate">Its change along the line.</param>
    /// <param name="sum">What is added to.</param>
    static abstract void AddLine<TLane, TRows>(
        TRows rows, int block, EfcVector<TLane, TRank> at, EfcVector<TLane, TRank> rate, ref LineSum<TLane> sum)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>;

    /// <summary>Adds J' W J to a matrix, W the second derivative of the cost at the block's residual.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="block">First row of the block.</param>
    /// <param name="matrix">First row of the matrix; its lower triangle is written.</param>
    /// <param name="pitch">Rows from one row of the matrix to the next.</param>
    static abstract void AddHessian<TLane, TRows>(TRows rows, int block, int matrix, int pitch)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>;
}

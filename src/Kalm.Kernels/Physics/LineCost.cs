using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>The cost along a search direction (CGprepare, CGeval in engine_solver.c).</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="gauss">Cost of the inertial part at the start.</param>
/// <param name="slope">Its first derivative there.</param>
/// <param name="curvature">Its second derivative.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct LineCost<TLane>(TLane gauss, TLane slope, TLane curvature)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>First derivative of the inertial part at the start.</summary>
    public readonly TLane Slope = slope;

    private readonly TLane _gauss = gauss;
    private readonly TLane _curvature = curvature;

    /// <summary>Cost and derivatives at a step; reads Jar and Jv of the live blocks.</summary>
    public LinePoint<TLane> At<TRows>(TRows rows, in DataRows data, TLane alpha)
        where TRows : unmanaged, IRows<TLane>
    {
        LineSum<TLane> sum = new(alpha);
        Blocks.Visit<TLane, TRows, LineSum<TLane>>(rows, data, ref sum);
        return Point(alpha, sum);
    }

    /// <summary>Inertial part at a step plus the sum over the constraint blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LinePoint<TLane> Point(TLane alpha, in LineSum<TLane> sum)
    {
        TLane half = TLane.Const(0.5);
        TLane inertial = TLane.MulAdd(alpha, TLane.MulAdd(alpha, half * _curvature, Slope), _gauss);
        return new(
            alpha,
            TLane.MulAdd(half, sum.Cost, inertial),
            sum.Slope + TLane.MulAdd(alpha, _curvature, Slope),
            TLane.Max(sum.Curvature + _curvature, TLane.Const(1e-15)));
    }
}

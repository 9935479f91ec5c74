using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>The cost along a search direction (CGprepare, CGeval in engine_solver.c).</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="live">Number of live constraint blocks.</param>
/// <param name="gauss">Cost of the inertial part at the start.</param>
/// <param name="slope">Its first derivative there.</param>
/// <param name="curvature">Its second derivative.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct LineCost<TLane>(int live, TLane gauss, TLane slope, TLane curvature)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>First derivative of the inertial part at the start.</summary>
    public readonly TLane Slope = slope;

    private readonly TLane _gauss = gauss;
    private readonly TLane _curvature = curvature;
    private readonly int _live = live;

    /// <summary>Cost and derivatives at a step; reads Jar and Jv of the live blocks.</summary>
    public LinePoint<TLane> At<TRows>(TRows rows, in DataRows data, TLane alpha)
        where TRows : unmanaged, IRows<TLane>
    {
        // sums over the edges that resist there; twice the cost
        TLane cost = TLane.Const(0);
        TLane slope = TLane.Const(0);
        TLane curvature = TLane.Const(0);
        for (int i = 0; i < _live; i++)
        {
            int block = Constraint.Block(data, rows.Uniform(data.live + i));
            TLane normal = rows.Load(block + EfcBlock.Jv);
            TLane tangent1 = rows.Load(block + EfcBlock.Jv + 1);
            TLane tangent2 = rows.Load(block + EfcBlock.Jv + 2);
            TLane d = rows.Load(block + EfcBlock.D);
            Edges<TLane> at = Edges<TLane>.Of(
                TLane.MulAdd(alpha, normal, rows.Load(block + EfcBlock.Jar)),
                TLane.MulAdd(alpha, tangent1, rows.Load(block + EfcBlock.Jar + 1)),
                TLane.MulAdd(alpha, tangent2, rows.Load(block + EfcBlock.Jar + 2)));
            Edges<TLane> violation = at.Violation();
            Edges<TLane> rate = at.Active(Edges<TLane>.Of(normal, tangent1, tangent2));
            cost = TLane.MulAdd(d, Edges<TLane>.Dot(violation, violation), cost);
            slope = TLane.MulAdd(d, Edges<TLane>.Dot(violation, rate), slope);
            curvature = TLane.MulAdd(d, Edges<TLane>.Dot(rate, rate), curvature);
        }

        TLane half = TLane.Const(0.5);
        TLane inertial = TLane.MulAdd(alpha, TLane.MulAdd(alpha, half * _curvature, Slope), _gauss);
        return new(
            alpha,
            TLane.MulAdd(half, cost, inertial),
            slope + TLane.MulAdd(alpha, _curvature, Slope),
            TLane.Max(curvature + _curvature, TLane.Const(1e-15)));
    }
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>A point of a line search: step, cost and its two derivatives (mjCGPnt).</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="alpha">Step along the search direction.</param>
/// <param name="cost">Cost there.</param>
/// <param name="slope">First derivative.</param>
/// <param name="curvature">Second derivative, positive.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct LinePoint<TLane>(TLane alpha, TLane cost, TLane slope, TLane curvature)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Step along the search direction.</summary>
    public readonly TLane Alpha = alpha;

    /// <summary>Cost there.</summary>
    public readonly TLane Cost = cost;

    /// <summary>First derivative.</summary>
    public readonly TLane Slope = slope;

    /// <summary>Second derivative.</summary>
    public readonly TLane Curvature = curvature;

    /// <summary>Where <paramref name="mask"/> is true <paramref name="a"/>, elsewhere <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LinePoint<TLane> Select(TLane mask, LinePoint<TLane> a, LinePoint<TLane> b) => new(
        TLane.Select(mask, a.Alpha, b.Alpha), TLane.Select(mask, a.Cost, b.Cost),
        TLane.Select(mask, a.Slope, b.Slope), TLane.Select(mask, a.Curvature, b.Curvature));

    /// <summary>
    /// Mask: the derivative is small enough; in float also where a Newton step from here would be lost in rounding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Flat(TLane tolerance)
    {
        TLane size = TLane.Abs(Slope);
        TLane flat = size < tolerance;
        return TLane.ScalarSize == sizeof(float) ? flat | (size < TLane.Const(1e-7) * Alpha * Curvature) : flat;
    }

    /// <summary>The step at which a Newton step from here lands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Newton() => Alpha - (Slope / Curvature);
}

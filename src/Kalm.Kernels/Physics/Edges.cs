using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>The four edges of a friction pyramid: normal + and - tangent 1, normal + and - tangent 2.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="a">Normal plus tangent 1.</param>
/// <param name="b">Normal minus tangent 1.</param>
/// <param name="c">Normal plus tangent 2.</param>
/// <param name="d">Normal minus tangent 2.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct Edges<TLane>(TLane a, TLane b, TLane c, TLane d)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Normal plus tangent 1.</summary>
    public readonly TLane A = a;

    /// <summary>Normal minus tangent 1.</summary>
    public readonly TLane B = b;

    /// <summary>Normal plus tangent 2.</summary>
    public readonly TLane C = c;

    /// <summary>Normal minus tangent 2.</summary>
    public readonly TLane D = d;

    /// <summary>Edges of normal and two tangents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Edges<TLane> Of(EfcVector<TLane, Rank3> x) => new(x.N + x.A, x.N - x.A, x.N + x.B, x.N - x.B);

    /// <summary>Sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Dot(Edges<TLane> x, Edges<TLane> y) =>
        TLane.MulAdd(x.A, y.A, x.B * y.B) + TLane.MulAdd(x.C, y.C, x.D * y.D);

    /// <summary>min(edge, 0): an edge resists only where it is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Edges<TLane> Violation()
    {
        TLane zero = TLane.Const(0);
        return new(TLane.Min(A, zero), TLane.Min(B, zero), TLane.Min(C, zero), TLane.Min(D, zero));
    }

    /// <summary>The given edges where these are negative, zero elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Edges<TLane> Active(Edges<TLane> value)
    {
        TLane zero = TLane.Const(0);
        return new((A < zero) & value.A, (B < zero) & value.B, (C < zero) & value.C, (D < zero) & value.D);
    }
}

using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>What pair functions need besides lanes and vectors.</summary>
/// <remarks>
/// Products that decide between nearly equal cases are not fused in double lanes, so that these decide as MuJoCo does,
/// bit by bit; float lanes cannot, and take the faster instruction.
/// </remarks>
internal static class PairMath
{
    /// <summary>Mask: exactly one of the two is true.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Xor<TLane>(TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane> => (a | b) & ~(a & b);

    /// <summary>-1 where the mask is true, else 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Sign<TLane>(TLane negative)
        where TLane : unmanaged, ILane<TLane> => TLane.Select(negative, TLane.Const(-1), TLane.Const(1));

    /// <summary>a b + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane MulAdd<TLane>(TLane a, TLane b, TLane c)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.ScalarSize == sizeof(float) ? TLane.MulAdd(a, b, c) : (a * b) + c;

    /// <summary>s a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> MulAdd<TLane>(TLane s, Vec3<TLane> a, Vec3<TLane> b)
        where TLane : unmanaged, ILane<TLane> => new(MulAdd(s, a.X, b.X), MulAdd(s, a.Y, b.Y), MulAdd(s, a.Z, b.Z));

    /// <summary>Dot product, from the first component on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Dot<TLane>(Vec3<TLane> a, Vec3<TLane> b)
        where TLane : unmanaged, ILane<TLane> => MulAdd(a.Z, b.Z, MulAdd(a.Y, b.Y, a.X * b.X));

    /// <summary>a d - b c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Determinant<TLane>(TLane a, TLane b, TLane c, TLane d)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.ScalarSize == sizeof(float) ? TLane.NegMulAdd(b, c, a * d) : (a * d) - (b * c);

    /// <summary>Absolute values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Abs<TLane>(Vec3<TLane> v)
        where TLane : unmanaged, ILane<TLane> => new(TLane.Abs(v.X), TLane.Abs(v.Y), TLane.Abs(v.Z));
}

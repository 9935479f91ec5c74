using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Twice the cost of constraint blocks at a step, and the derivatives of the cost: a running sum.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
internal struct LineSum<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Twice the cost.</summary>
    public TLane Cost;

    /// <summary>First derivative of the cost.</summary>
    public TLane Slope;

    /// <summary>Second derivative of the cost.</summary>
    public TLane Curvature;

    /// <summary>Adds a block: the edges that resist at step <paramref name="alpha"/> from Jar along Jv.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TRows>(TRows rows, int block, TLane alpha, Vec3<TLane> jv)
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d = rows.Load(block, EfcBlock.D);
        Edges<TLane> at = Edges<TLane>.Of(Vec3<TLane>.MulAdd(alpha, jv, Vec3<TLane>.Load(rows, block, EfcBlock.Jar)));
        Edges<TLane> violation = at.Violation();
        Edges<TLane> rate = at.Active(Edges<TLane>.Of(jv));
        Cost = TLane.MulAdd(d, Edges<TLane>.Dot(violation, violation), Cost);
        Slope = TLane.MulAdd(d, Edges<TLane>.Dot(violation, rate), Slope);
        Curvature = TLane.MulAdd(d, Edges<TLane>.Dot(rate, rate), Curvature);
    }
}

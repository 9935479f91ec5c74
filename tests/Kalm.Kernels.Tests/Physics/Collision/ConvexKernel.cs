using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Physics;
using Kalm.Kernels.Physics.Collision;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Collides two geoms in every world.</summary>
internal readonly struct ConvexKernel(DataRows data, int margin, int result) : IKernel
{
    /// <summary>First row of the result: 1 for a contact, then distance, position, normal.</summary>
    public int Result => result;

    /// <summary>First row of the scratch.</summary>
    public int Scratch => data.convex;

    public void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        for (int i = 0; i < ConvexScene.ResultLength; i++) rows.Store(result + i, zero);
        TLane contact = Convex.Collide(
            rows, data, 0, 1, rows.Load(margin), TLane.Same(zero, zero), result + 1);
        rows.Store(result, TLane.Select(contact, TLane.Const(1), zero));
    }
}

using Kalm.Kernels.Lanes;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// Whether both pads press on the main object: the normal forces of their contacts with it are positive
/// (touching_object in metaworld/sawyer_xyz_env.py).
/// </summary>
internal static class PadContact
{
    /// <summary>Mask of the worlds in which both pads press on the main object.</summary>
    public static TLane Touching<TLane, TRows>(TRows rows, in DataRows data, in StepRows at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (at.LeftPadPair < 0 || at.RightPadPair < 0) return TLane.Const(0);
        TLane left = ContactForce.Normal<TLane, TRows>(rows, data, at.LeftPadPair);
        TLane right = ContactForce.Normal<TLane, TRows>(rows, data, at.RightPadPair);
        return (left > TLane.Const(0)) & (right > TLane.Const(0));
    }
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Action of a scripted expert.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="delta">Displacement of the hand in units of 1 cm.</param>
/// <param name="grip">Gripper effort, positive: close.</param>
public readonly struct PolicyAction<TLane>(Vec3<TLane> delta, TLane grip)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Displacement of the hand in units of 1 cm.</summary>
    public readonly Vec3<TLane> Delta = delta;

    /// <summary>Gripper effort, positive: close.</summary>
    public readonly TLane Grip = grip;
}

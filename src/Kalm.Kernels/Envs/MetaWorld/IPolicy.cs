using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>The scripted expert of a task: a function of the 39 observed numbers (metaworld/policies).</summary>
public interface IPolicy
{
    /// <summary>The action for an observation, not clipped.</summary>
    static abstract PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>;
}

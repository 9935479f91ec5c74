using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>What evaluate_state returns, one number per world; flags are masks.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
public struct Evaluation<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Reward version 2, 0 … 10; also info["unscaled_reward"].</summary>
    public TLane Reward;

    /// <summary>Mask: the goal is reached.</summary>
    public TLane Success;

    /// <summary>info["near_object"], a number: most tasks give 0 or 1.</summary>
    public TLane NearObject;

    /// <summary>info["grasp_success"] as a number.</summary>
    public TLane GraspSuccess;

    /// <summary>info["grasp_reward"].</summary>
    public TLane GraspReward;

    /// <summary>info["in_place_reward"].</summary>
    public TLane InPlaceReward;

    /// <summary>info["obj_to_target"], m in most tasks.</summary>
    public TLane ObjToTarget;
}

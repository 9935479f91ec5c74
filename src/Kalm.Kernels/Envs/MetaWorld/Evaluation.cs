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

    /// <summary>One evaluation where the mask is true, another elsewhere.</summary>
    public static Evaluation<TLane> Select(TLane mask, in Evaluation<TLane> a, in Evaluation<TLane> b) => new()
    {
        Reward = TLane.Select(mask, a.Reward, b.Reward),
        Success = TLane.Select(mask, a.Success, b.Success),
        NearObject = TLane.Select(mask, a.NearObject, b.NearObject),
        GraspSuccess = TLane.Select(mask, a.GraspSuccess, b.GraspSuccess),
        GraspReward = TLane.Select(mask, a.GraspReward, b.GraspReward),
        InPlaceReward = TLane.Select(mask, a.InPlaceReward, b.InPlaceReward),
        ObjToTarget = TLane.Select(mask, a.ObjToTarget, b.ObjToTarget),
    };
}

using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// One Meta-World task: what its reset places, what is observed, and how a state is judged. The counterpart of one
/// file of metaworld/envs (Farama Metaworld v3.1.1).
/// </summary>
public interface ITask
{
    /// <summary>Names, boxes and handles of the task.</summary>
    static abstract TaskSpec Spec { get; }

    /// <summary>
    /// The task's own part of reset_model, after the hand was reset: places the objects of one world and stores what
    /// the rewards remember. Runs on the host, in the order of the original, once per goal.
    /// </summary>
    static abstract void Reset(ResetScene scene);

    /// <summary>
    /// Positions and orientations of the task's objects for the observation: up to two, written with
    /// SetObject of the view (_get_pos_objects, _get_quat_objects).
    /// </summary>
    static abstract void Observe<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>;

    /// <summary>Reward (version 2) and info values of a state (evaluate_state).</summary>
    static abstract Evaluation<TLane> Evaluate<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>;

    /// <summary>Reward version 1 of a state; may change the task's memory.</summary>
    static abstract TLane EvaluateV1<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>;
}

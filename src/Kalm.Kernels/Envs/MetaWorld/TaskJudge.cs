using Kalm.Kernels.Lanes;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// What a step does once the simulation ran: observe, clip, evaluate, pay (_get_obs, step and evaluate_state in
/// metaworld/sawyer_xyz_env.py).
/// </summary>
/// <typeparam name="TTask">The task.</typeparam>
internal static class TaskJudge<TTask>
    where TTask : struct, ITask
{
    // greatest distance of the claws, m: the gripper's opening is 1 there
    private const double WidestClaws = 0.1;

    /// <summary>Writes observation, reward, success and info values of the current state.</summary>
    public static void Run<TLane, TRows>(TRows rows, in DataRows data, in StepRows at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int env = at.Scene.Env;
        int observation = env + SceneRows.Observation;
        for (int i = 0; i < SceneRows.FrameSize; i++)
            rows.Store(observation + SceneRows.FrameSize + i, rows.Load(observation + i));
        Observe<TLane, TRows>(rows, at.Scene);

        // rewards see the clipped observation
        int low = at.Boxes + 6;
        int high = low + SceneRows.ObservationSize;
        for (int i = 0; i < SceneRows.ObservationSize; i++)
        {
            TLane value = TLane.Max(rows.Load(observation + i), rows.Constant(low + i));
            rows.Store(observation + i, TLane.Min(value, rows.Constant(high + i)));
        }

        TLane touching = PadContact.Touching<TLane, TRows>(rows, data, at);
        rows.Store(env + SceneRows.Touching, RewardTools.Flag(touching));

        // a task of two stages may move its goal here
        var view = new TaskView<TLane, TRows>(rows, at.Scene);
        TLane first = default;
        if (at.Version == (int)RewardVersion.V1) first = TTask.EvaluateV1<TLane, TRows>(view);
        Evaluation<TLane> result = TTask.Evaluate<TLane, TRows>(view);
        TLane reward = result.Reward;
        if (at.Version == (int)RewardVersion.V1) reward = first;
        if (at.Version == (int)RewardVersion.Kalm)
        {
            TLane previous = rows.Load(env + SceneRows.PreviousReward);
            reward = TLane.Select(result.Success, TLane.Const(10), result.Reward - previous);
        }

        rows.Store(env + SceneRows.Reward, reward);
        rows.Store(env + SceneRows.PreviousReward, result.Reward);
        rows.Store(env + SceneRows.Success, RewardTools.Flag(result.Success));
        rows.Store(env + SceneRows.Info, result.NearObject);
        rows.Store(env + SceneRows.Info + 1, result.GraspSuccess);
        rows.Store(env + SceneRows.Info + 2, result.GraspReward);
        rows.Store(env + SceneRows.Info + 3, result.InPlaceReward);
        rows.Store(env + SceneRows.Info + 4, result.ObjToTarget);
        rows.Store(env + SceneRows.Info + 5, result.Reward);
    }

    /// <summary>Writes the current frame and the goal of the observation.</summary>
    public static void Observe<TLane, TRows>(TRows rows, in SceneRows at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int observation = at.Env + SceneRows.Observation;
        var view = new TaskView<TLane, TRows>(rows, at);
        view.Hand.Store(rows, observation);
        rows.Store(observation + 3, RewardTools.Clip(view.ClawDistance / TLane.Const(WidestClaws), 0, 1));
        for (int i = 4; i < SceneRows.FrameSize; i++) rows.Store(observation + i, TLane.Const(0));
        TTask.Observe<TLane, TRows>(view);
        view.Target.Store(rows, observation + SceneRows.GoalOffset);
    }
}

using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Writes the observation a reset returns: both frames are the current one, nothing is clipped.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <param name="at">Rows of the environment.</param>
internal readonly struct ObserveKernel<TTask>(StepRows at) : IKernel
    where TTask : struct, ITask
{
    /// <inheritdoc/>
    public void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TaskJudge<TTask>.Observe<TLane, TRows>(rows, at.Scene);
        int observation = at.Scene.Env + SceneRows.Observation;
        for (int i = 0; i < SceneRows.FrameSize; i++)
            rows.Store(observation + SceneRows.FrameSize + i, rows.Load(observation + i));
    }
}

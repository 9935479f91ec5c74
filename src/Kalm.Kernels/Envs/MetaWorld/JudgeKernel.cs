using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Observes and judges the state as it is set: what a step does after the simulation ran.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <param name="model">Addresses of the model.</param>
/// <param name="data">Rows of the simulation.</param>
/// <param name="at">Rows of the environment.</param>
internal readonly struct JudgeKernel<TTask>(ModelRows model, DataRows data, StepRows at) : IKernel
    where TTask : struct, ITask
{
    /// <inheritdoc/>
    public void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Forward.Place<TLane, TRows>(rows, model, data);
        Forward.Run<TLane, TRows>(rows, model, data);
        TaskJudge<TTask>.Run<TLane, TRows>(rows, data, at);
    }
}

using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// One step of a task: the hand's target moves, the simulation runs, the state is judged. One launch does all of it, so
/// that a bundle stays in the caches. Source: SawyerXYZEnv.step in metaworld/sawyer_xyz_env.py.
/// </summary>
/// <remarks>
/// The original runs mj_forward after the last mj_step. Its positional part is the first one of the next step here; a
/// bundle with a world that was set from outside computes it again, which changes no bit of the other worlds.
/// </remarks>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TClock">Takes the time of the stages, or does nothing.</typeparam>
/// <param name="model">Addresses of the model.</param>
/// <param name="data">Rows of the simulation.</param>
/// <param name="at">Rows of the environment.</param>
internal readonly struct MetaWorldStep<TTask, TClock>(ModelRows model, DataRows data, StepRows at) : IKernel
    where TTask : struct, ITask
    where TClock : struct, IStageClock
{
    /// <inheritdoc/>
    public void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane active = rows.Load(at.Scene.Env + SceneRows.Active) > TLane.Const(0);
        if (!TLane.Any(active)) return;
        bool someRest = TLane.Any(~active);
        if (someRest) WorldState.Save<TLane, TRows>(rows, at);

        // positions of worlds that were set from outside
        if (TLane.Any(rows.Load(at.Dirty) > TLane.Const(0)))
        {
            Forward.Place<TLane, TRows>(rows, model, data);
            Forward.Positional<TLane, TRows>(rows, model, data);
            rows.Store(at.Dirty, TLane.Const(0));
        }

        HandAction.Apply<TLane, TRows>(rows, data, at);
        for (int i = 0; i < StepRows.Substeps; i++) Forward.StepAhead<TLane, TRows, TClock>(rows, model, data);
        TClock.Start();
        Forward.Control<TLane, TRows, TClock>(rows, model, data);
        TaskJudge<TTask>.Run<TLane, TRows>(rows, data, at);

        if (!someRest) return;
        WorldState.Restore<TLane, TRows>(rows, at, active);
        rows.Store(at.Dirty, RewardTools.Flag(~active));
    }
}

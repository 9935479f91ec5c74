using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Lets the scripted expert act in every world: observation rows to action rows.</summary>
/// <typeparam name="TPolicy">The expert.</typeparam>
/// <param name="at">Rows of the environment.</param>
internal readonly struct PolicyKernel<TPolicy>(StepRows at) : IKernel
    where TPolicy : struct, IPolicy
{
    /// <inheritdoc/>
    public void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int env = at.Scene.Env;
        var observation = new ObservationView<TLane, TRows>(rows, env + SceneRows.Observation);
        PolicyAction<TLane> action = TPolicy.Act<TLane, TRows>(observation);

        // the original's actions are floats
        rows.Store(env + SceneRows.Action, HandAction.Single(action.Delta.X));
        rows.Store(env + SceneRows.Action + 1, HandAction.Single(action.Delta.Y));
        rows.Store(env + SceneRows.Action + 2, HandAction.Single(action.Delta.Z));
        rows.Store(env + SceneRows.Action + 3, HandAction.Single(action.Grip));
    }
}

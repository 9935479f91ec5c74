using Kalm.Kernels.Envs.MetaWorld;

namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>Runs a task and its expert on given states, without a simulation.</summary>
internal interface ITaskProbe
{
    TaskSpec Spec { get; }

    void Reset(ResetScene scene);

    /// <summary>Results of every state on lanes of one world (double).</summary>
    TaskResult[] RunNarrow(GoldenTask golden);

    /// <summary>Results of every state on lanes of four worlds (double).</summary>
    TaskResult[] RunWide(GoldenTask golden);

    /// <summary>Results of every state on lanes of eight worlds (float).</summary>
    TaskResult[] RunFloat(GoldenTask golden);
}

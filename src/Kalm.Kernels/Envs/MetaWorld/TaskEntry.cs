using Kalm.Kernels.Launch;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// A task with its scripted expert, as the environment uses them: one line of <see cref="TaskTable"/>.
/// </summary>
public abstract class TaskEntry
{
    /// <summary>Names, boxes and handles of the task.</summary>
    public abstract TaskSpec Spec { get; }

    /// <summary>Runs the task's own part of reset_model.</summary>
    internal abstract void Reset(ResetScene scene);

    /// <summary>Runs one step of the environment.</summary>
    internal abstract void Step<TClock>(Simulation simulation, in StepRows at)
        where TClock : struct, IStageClock;

    /// <summary>Writes the observation a reset returns.</summary>
    internal abstract void Observe(Simulation simulation, in StepRows at);

    /// <summary>Judges the current state without a step; for tests on recorded states.</summary>
    internal abstract void Judge(Simulation simulation, in StepRows at);

    /// <summary>Writes the expert's actions.</summary>
    internal abstract void Act(Simulation simulation, in StepRows at);
}

/// <summary>A task with its scripted expert.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TPolicy">Its expert.</typeparam>
internal sealed class TaskEntry<TTask, TPolicy> : TaskEntry
    where TTask : struct, ITask
    where TPolicy : struct, IPolicy
{
    /// <inheritdoc/>
    public override TaskSpec Spec => TTask.Spec;

    /// <inheritdoc/>
    internal override void Reset(ResetScene scene) => TTask.Reset(scene);

    /// <inheritdoc/>
    internal override void Step<TClock>(Simulation simulation, in StepRows at)
    {
        SimulationLayout layout = simulation.Layout;
        simulation.Launch(new MetaWorldStep<TTask, TClock>(layout.ModelRows, layout.DataRows, at));
    }

    /// <inheritdoc/>
    internal override void Observe(Simulation simulation, in StepRows at) =>
        simulation.Launch(new ObserveKernel<TTask>(at));

    /// <inheritdoc/>
    internal override void Judge(Simulation simulation, in StepRows at)
    {
        SimulationLayout layout = simulation.Layout;
        simulation.Launch(new JudgeKernel<TTask>(layout.ModelRows, layout.DataRows, at));
    }

    /// <inheritdoc/>
    internal override void Act(Simulation simulation, in StepRows at) =>
        simulation.Launch(new PolicyKernel<TPolicy>(at));
}

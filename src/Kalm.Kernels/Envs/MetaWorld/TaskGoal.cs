namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>A goal of a task: what Meta-World calls a task and pickles.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Vector">The random vector its reset places things by (rand_vec).</param>
public sealed record TaskGoal(string Task, IReadOnlyList<double> Vector);

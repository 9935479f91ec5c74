namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>A benchmark of Meta-World: tasks to train on, tasks to test on, and whether they show their goal.</summary>
public sealed record TaskSet
{
    /// <summary>Name, such as MT10.</summary>
    public required string Name { get; init; }

    /// <summary>Tasks to train on, in the order their goals are drawn.</summary>
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>Tasks to test on; empty for the multi-task sets.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>Whether the goal is part of the observation: multi-task yes, meta-learning no.</summary>
    public required bool GoalObservable { get; init; }

    /// <summary>What is added to the seed for the goals to test on.</summary>
    public uint TestSeedOffset { get; init; }

    /// <summary>50 goals of every task to train on.</summary>
    public IReadOnlyList<TaskGoal> TrainGoals(uint seed) => TaskGoals.Draw(Train, seed);

    /// <summary>50 goals of every task to test on.</summary>
    public IReadOnlyList<TaskGoal> TestGoals(uint seed) => TaskGoals.Draw(Test, seed + TestSeedOffset);
}

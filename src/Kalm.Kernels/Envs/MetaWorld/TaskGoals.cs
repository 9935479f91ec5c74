namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Draws the goals of tasks as Meta-World does (_make_tasks in metaworld/__init__.py).</summary>
public static class TaskGoals
{
    /// <summary>Goals of a task in every set (_N_GOALS).</summary>
    public const int PerTask = 50;

    /// <summary>
    /// The goals of tasks one after the other from one stream of random numbers: the same as those of
    /// <c>metaworld.MT1("push-v3", seed)</c> for one task, of <c>metaworld.MT10(seed)</c> for its ten.
    /// </summary>
    /// <param name="tasks">Names of the tasks in the order of the set.</param>
    /// <param name="seed">Seed as numpy.random.seed takes it.</param>
    /// <param name="count">Goals per task.</param>
    public static IReadOnlyList<TaskGoal> Draw(IEnumerable<string> tasks, uint seed, int count = PerTask)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        MersenneTwister random = new(seed);
        List<TaskGoal> goals = [];
        foreach (string task in tasks)
        {
            TaskEntry entry = TaskTable.Get(task);
            for (int i = 0; i < count; i++) goals.Add(new(task, Draw(entry, random).Second));
        }

        return goals;
    }

    /// <summary>
    /// The vectors of one reset, which runs reset_model twice: the second is the goal, the first left its traces.
    /// </summary>
    internal static (double[] First, double[] Second) Draw(TaskEntry entry, MersenneTwister random)
    {
        DrawScene scene = new(entry.Spec, random);
        entry.Reset(scene);
        double[] first = scene.Last;
        entry.Reset(scene);
        return (first, scene.Last);
    }
}

using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>The goals of a task's worlds, and the states their resets leave behind.</summary>
internal sealed class GoalBook
{
    private readonly TaskEntry _task;
    private readonly ResetLab _lab;
    private readonly ulong _seed;
    private readonly GoalChoice _choice;
    private readonly IReadOnlyList<TaskGoal> _goals;
    private readonly double[]?[] _states;

    /// <summary>The goals of a seed.</summary>
    /// <param name="task">The task.</param>
    /// <param name="lab">Finds the states.</param>
    /// <param name="seed">Key of all draws; its lower half is what Meta-World is seeded with.</param>
    /// <param name="choice">Where goals come from.</param>
    public GoalBook(TaskEntry task, ResetLab lab, ulong seed, GoalChoice choice)
    {
        _task = task;
        _lab = lab;
        _seed = seed;
        _choice = choice;
        _goals = TaskGoals.Draw([task.Spec.Name], (uint)seed);
        _states = new double[_goals.Count][];
    }

    /// <summary>The goals of the seed.</summary>
    public IReadOnlyList<TaskGoal> Goals => _goals;

    /// <summary>Number of the goal of an episode, -1: one of its own.</summary>
    /// <param name="world">Number of the world among all worlds of a job.</param>
    /// <param name="episode">Number of the world's episode.</param>
    public int Choose(long world, uint episode) => _choice switch
    {
        GoalChoice.Fresh => -1,
        GoalChoice.InOrder => (int)((world + episode) % _goals.Count),
        _ => Philox.Below(Philox.Draw(_seed, Stream(world, episode), 0).X0, _goals.Count),
    };

    /// <summary>The state after a reset with random vectors of an episode of its own.</summary>
    public double[] Fresh(long world, uint episode) => _lab.Prepare(
        TaskGoals.Draw(_task, new MersenneTwister(Philox.Draw(_seed, Stream(world, episode), 1).X0)));

    /// <summary>Finds the states of several goals at once, as far as they are not known.</summary>
    public void Prepare(IEnumerable<int> goals)
    {
        int[] unknown = [.. goals.Where(goal => goal >= 0 && _states[goal] == null).Distinct().Order()];
        double[][] states = _lab.Prepare([.. unknown.Select(goal => Frozen(_goals[goal].Vector))]);
        for (int i = 0; i < unknown.Length; i++) _states[unknown[i]] = states[i];
    }

    /// <summary>The state after a reset to a goal.</summary>
    public double[] State(int goal)
    {
        if (_states[goal] == null) Prepare([goal]);
        return _states[goal]!;
    }

    /// <summary>The state after a reset to a goal of its own.</summary>
    public double[] State(IReadOnlyList<double> vector) => _lab.Prepare(Frozen(vector));

    /// <summary>The stream of random numbers of an episode.</summary>
    public static ulong Stream(long world, uint episode) => ((ulong)world << 32) | episode;

    private static (double[] First, double[] Second) Frozen(IReadOnlyList<double> vector)
    {
        double[] numbers = [.. vector];
        return (numbers, numbers);
    }
}

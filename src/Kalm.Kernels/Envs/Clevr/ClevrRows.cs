namespace Kalm.Kernels.Envs.Clevr;

/// <summary>Row numbers of what judges and rewards read.</summary>
public readonly struct ClevrRows
{
    /// <summary>First row of the ball positions before the step: x0, y0, …, x4, y4.</summary>
    public readonly int Previous;

    /// <summary>First row of the ball positions after the step.</summary>
    public readonly int Current;

    /// <summary>First row of the goal code, <see cref="ClevrGoal.Size"/> rows.</summary>
    public readonly int Goal;

    /// <summary>Row of the action number.</summary>
    public readonly int Action;

    /// <summary>Names the rows.</summary>
    public ClevrRows(int previous, int current, int goal, int action)
    {
        Previous = previous;
        Current = current;
        Goal = goal;
        Action = action;
    }
}

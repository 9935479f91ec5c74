namespace Kalm.Kernels.Envs.Clevr;

/// <summary>Rows the environment appends to the simulation's.</summary>
internal struct ClevrEnvRows
{
    /// <summary>Rows of a world.</summary>
    public const int Count = (2 * ClevrRules.ObservationSize) + ClevrGoal.Size + 4;

    /// <summary>Action number, (1). Written by the host.</summary>
    public int Action;

    /// <summary>1 where the world takes part in the step, (1). Written by the host.</summary>
    public int Active;

    /// <summary>Goal code, (10). Written by the host.</summary>
    public int Goal;

    /// <summary>Ball positions before the step, (10), m.</summary>
    public int Previous;

    /// <summary>Ball positions after the step, (10), m.</summary>
    public int Current;

    /// <summary>Reward of the step, (1).</summary>
    public int Reward;

    /// <summary>1 where the step reached the goal, (1).</summary>
    public int Success;

    /// <summary>Positions and velocities before the step, (nq + nv), to put resting worlds back.</summary>
    public int Saved;

    /// <summary>Names the rows from <paramref name="first"/> on; <see cref="Saved"/> comes last.</summary>
    public ClevrEnvRows(int first)
    {
        Action = first;
        Active = first + 1;
        Reward = first + 2;
        Success = first + 3;
        Goal = first + 4;
        Previous = Goal + ClevrGoal.Size;
        Current = Previous + ClevrRules.ObservationSize;
        Saved = Current + ClevrRules.ObservationSize;
    }
}

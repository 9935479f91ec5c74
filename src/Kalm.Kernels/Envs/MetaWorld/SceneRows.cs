namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Where a task finds its numbers: the table of handles and the rows of the environment.</summary>
/// <param name="handles">Address of the handle table: <see cref="HandleStride"/> integers per handle.</param>
/// <param name="env">First row of the environment's rows.</param>
public readonly struct SceneRows(int handles, int env)
{
    /// <summary>Integers of a handle: rows of position (joint: coordinate), matrix (joint: velocity), quaternion.</summary>
    public const int HandleStride = 3;

    /// <summary>Action as given, (4).</summary>
    public const int Action = 0;

    /// <summary>Observation: 18 current, 18 previous, 3 of the goal, (39). Clipped once the step is done.</summary>
    public const int Observation = 4;

    /// <summary>Goal position (_target_pos), (3), m.</summary>
    public const int Target = 43;

    /// <summary>Initial position of the object (obj_init_pos), (3), m.</summary>
    public const int ObjectInit = 46;

    /// <summary>Point between the finger tips after the hand's reset (init_tcp), (3), m.</summary>
    public const int TcpInit = 49;

    /// <summary>What else the task remembers from its reset (or from step to step), (<see cref="MemorySize"/>).</summary>
    public const int Memory = 52;

    /// <summary>Numbers a task can remember.</summary>
    public const int MemorySize = 24;

    /// <summary>1 where both pads touch the main object, (1).</summary>
    public const int Touching = Memory + MemorySize;

    /// <summary>Reward, (1).</summary>
    public const int Reward = Touching + 1;

    /// <summary>1 where the goal is reached, (1).</summary>
    public const int Success = Reward + 1;

    /// <summary>
    /// Info values near_object, grasp_success, grasp_reward, in_place_reward, obj_to_target, unscaled_reward, (6).
    /// </summary>
    public const int Info = Success + 1;

    /// <summary>1 where the world takes part in a step, (1).</summary>
    public const int Active = Info + 6;

    /// <summary>Number of these rows.</summary>
    public const int Count = Active + 1;

    /// <summary>Address of the handle table.</summary>
    public readonly int Handles = handles;

    /// <summary>First row of the environment's rows.</summary>
    public readonly int Env = env;
}

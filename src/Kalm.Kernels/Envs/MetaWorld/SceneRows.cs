namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Where a task finds its numbers: the table of handles and the rows of the environment.</summary>
/// <param name="handles">Address of the handle table: <see cref="HandleStride"/> integers per handle.</param>
/// <param name="env">First row of the environment's rows.</param>
public readonly struct SceneRows(int handles, int env)
{
    /// <summary>
    /// Integers of a handle: rows of position (joint: coordinate), matrix (joint: velocity), quaternion.
    /// </summary>
    public const int HandleStride = 3;

    /// <summary>Action as given, (4).</summary>
    public const int Action = 0;

    /// <summary>
    /// Observation: 18 current, 18 previous, 3 of the goal, (39). Clipped once the step is done. The goal is always
    /// here;
    /// an environment that hides it does so when it hands out observations.
    /// </summary>
    public const int Observation = 4;

    /// <summary>Goal position (_target_pos), (3), m.</summary>
    public const int Target = 43;

    /// <summary>Initial position of the object (obj_init_pos), (3), m.</summary>
    public const int ObjectInit = 46;

    /// <summary>Point between the finger tips after the hand's reset (init_tcp), (3), m.</summary>
    public const int TcpInit = 49;

    /// <summary>
    /// What else the task remembers from its reset (or from step to step), (<see cref="MemorySize"/>).
    /// </summary>
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
    public const int Active = Info + InfoSize;

    /// <summary>1 where the action held a number that is not finite and was taken as 0, (1).</summary>
    public const int BadAction = Active + 1;

    /// <summary>unscaled_reward of the step before, 0 after a reset, (1).</summary>
    public const int PreviousReward = BadAction + 1;

    /// <summary>Number of these rows.</summary>
    public const int Count = PreviousReward + 1;

    /// <summary>Numbers of an observation.</summary>
    public const int ObservationSize = 39;

    /// <summary>Numbers of the current, and of the previous part of an observation.</summary>
    public const int FrameSize = 18;

    /// <summary>Place of the goal in an observation.</summary>
    public const int GoalOffset = 36;

    /// <summary>Number of info values.</summary>
    public const int InfoSize = 6;

    /// <summary>Address of the handle table.</summary>
    public readonly int Handles = handles;

    /// <summary>First row of the environment's rows.</summary>
    public readonly int Env = env;
}

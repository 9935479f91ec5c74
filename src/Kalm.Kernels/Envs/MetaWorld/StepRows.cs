namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Where the kernels of the environment find what tasks do not see. Passed by value into kernels.</summary>
internal readonly struct StepRows
{
    /// <summary>
    /// Displacement of the hand for an action of 1 (action_scale), m, as the original has it: a float.
    /// </summary>
    public const double ActionScale = 0.01f;

    /// <summary>Simulation steps of an action (frame_skip).</summary>
    public const int Substeps = 5;

    /// <summary>What tasks see.</summary>
    public SceneRows Scene { get; init; }

    /// <summary>
    /// 1 where the state was set from outside, so that what follows from positions must be computed again, (1).
    /// </summary>
    public int Dirty { get; init; }

    /// <summary>Copy of the state of worlds that rest, as long as all ranges together.</summary>
    public int Saved { get; init; }

    /// <summary>
    /// Address of the ranges of rows that make up a world's state: first row, number (2 integers each).
    /// </summary>
    public int Ranges { get; init; }

    /// <summary>Number of ranges.</summary>
    public int RangeCount { get; init; }

    /// <summary>
    /// Address of the corners of boxes: mocap low, high (3 each), lowest and greatest observation (39 each).
    /// </summary>
    public int Boxes { get; init; }

    /// <summary>Geom pair of the left pad and the main object, -1: the task never asks for its contacts.</summary>
    public int LeftPadPair { get; init; }

    /// <summary>Geom pair of the right pad and the main object, -1: the task never asks for its contacts.</summary>
    public int RightPadPair { get; init; }

    /// <summary>A <see cref="RewardVersion"/>.</summary>
    public int Version { get; init; }
}

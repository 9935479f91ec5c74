namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>How a Meta-World environment writes observations.</summary>
public enum ObservationForm
{
    /// <summary>39 numbers: hand, gripper and two object slots now and one step ago, goal.</summary>
    Native,

    /// <summary>91 numbers: hand, gripper, goal, one slot for each of twelve kinds of things.</summary>
    Kalm,
}

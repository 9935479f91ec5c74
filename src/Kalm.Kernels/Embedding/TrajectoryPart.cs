namespace Kalm.Kernels.Embedding;

/// <summary>The arrays a <see cref="TrajectoryWeight"/> is made of.</summary>
public enum TrajectoryPart
{
    /// <summary>The weights.</summary>
    Values,

    /// <summary>Their gradient.</summary>
    Gradient,

    /// <summary>Adam's mean of gradients.</summary>
    FirstMoment,

    /// <summary>Adam's mean of squared gradients.</summary>
    SecondMoment,
}

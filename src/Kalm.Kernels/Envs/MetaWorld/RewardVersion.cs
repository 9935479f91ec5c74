namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Which reward a Meta-World environment pays.</summary>
public enum RewardVersion
{
    /// <summary>Version 2: between 0 and 10 at every step.</summary>
    V2,

    /// <summary>Version 1. Success and info values stay those of version 2.</summary>
    V1,

    /// <summary>
    /// KALM's: version 2 minus that of the step before, 10 for the step that reaches the goal (MetaWrapper in
    /// meta_utils.py).
    /// </summary>
    Kalm,
}

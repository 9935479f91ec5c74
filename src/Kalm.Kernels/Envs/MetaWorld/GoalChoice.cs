namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Where the goals of new episodes come from.</summary>
public enum GoalChoice
{
    /// <summary>One of the goals of the seed, drawn for every episode.</summary>
    Drawn,

    /// <summary>The goals of the seed in turn: world w begins with goal w.</summary>
    InOrder,

    /// <summary>A random vector of its own for every episode (_freeze_rand_vec off).</summary>
    Fresh,
}

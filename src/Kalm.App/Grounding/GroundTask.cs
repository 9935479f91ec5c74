namespace Kalm.App.Grounding;

/// <summary>What a training sequence teaches.</summary>
public enum GroundTask
{
    /// <summary>Plain text of the pretraining corpus.</summary>
    Text,

    /// <summary>From a goal to its rollout: every action, every next state.</summary>
    Generation,

    /// <summary>From a state and an action to the next state.</summary>
    Dynamics,

    /// <summary>From a rollout to its goal.</summary>
    Explanation,

    /// <summary>From the first state and the goal to the last state.</summary>
    Consequence,
}

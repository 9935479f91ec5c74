namespace Kalm.App.Grounding;

/// <summary>
/// The fixed texts around goals and slots, in words of our own with the structure of KALM's prompts (arXiv 2404.09248,
/// appendix A.4). A sequence is text up to the first slot, slots, and for some tasks text after them.
/// </summary>
public static class Prompts
{
    /// <summary>Text before the slots when a goal is turned into a rollout.</summary>
    public static string Generation(string goal) => $"Turn the goal into a rollout. Goal: {goal}. Rollout:";

    /// <summary>Text between rollouts of one goal.</summary>
    public const string NextRollout = " Rollout:";

    /// <summary>Text before the slots when a rollout is turned into a goal.</summary>
    public const string Explanation = "Turn the rollout into a goal. Rollout:";

    /// <summary>Text between the slots of a rollout and its goal.</summary>
    public const string ExplanationGoal = " Goal:";

    /// <summary>
    /// The goal after <see cref="ExplanationGoal"/>, up to and with the last token that is predicted.
    /// </summary>
    public static string ExplanationAnswer(string goal) => $" {goal}.";

    /// <summary>Text before the state and action whose next state is asked for.</summary>
    public const string Dynamics = "Predict the next state. Now:";

    /// <summary>Text before the first state when the last state of a goal is asked for.</summary>
    public const string Consequence = "Predict the last state. First:";

    /// <summary>Text between the first state and the prediction of the last one.</summary>
    public static string ConsequenceGoal(string goal) => $" Goal: {goal}. Last:";

    /// <summary>Asks the model to say a goal in plain words, as the pretraining text does.</summary>
    public static string Meaning(string goal) => $"Goal: {goal}. Meaning:";
}
